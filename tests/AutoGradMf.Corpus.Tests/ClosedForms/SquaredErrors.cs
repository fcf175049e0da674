using AutoGradMf.TestLosses;

namespace AutoGradMf.Corpus.Tests;

internal static partial class ClosedForms
{
    private static Dictionary<string, Func<CorpusCase, ValueAndGradient>> SquaredErrors() => new()
    {
        ["A1dense"] = at => AllPairs(at.Matrix("U"), at.Matrix("V"), at.Matrix("R")),
        ["A1sparse"] = at => AllPairs(at.Matrix("U"), at.Matrix("V"), at.Sparse("R").ToDense()),
        ["A2"] = at => WithRidge(at, AllPairs(at.Matrix("U"), at.Matrix("V"), at.Sparse("R").ToDense())),
        ["A2f"] = at => WithRidge(at, AllPairs(at.Matrix("U"), at.Matrix("V"), FilledByColumnMeans(at.Sparse("R")))),
        ["A3"] = at => WithRidge(at, HalfSquares(at)),
        ["A4"] = Biased,
        ["A5"] = CountWeighted,
        ["A6"] = at => Weighted(at, at.Sparse("W")),
        ["A7"] = Implicit,
        ["A9"] = SvdPlusPlus,
        ["A10"] = ThreeFactors,
        ["A11"] = Features,
        ["A13"] = GraphPenalty,
        ["A16"] = Orthonormal,
    };

    /// <summary>½‖X − R‖²: EV and EᵀU.</summary>
    private static ValueAndGradient AllPairs(Matrix<double> U, Matrix<double> V, Matrix<double> R)
    {
        var E = U * V.T - R;
        return Result(Squares(E) / 2, ("U", (E * V).View), ("V", (E.T * U).View));
    }

    /// <summary>½ Σ_Ω e².</summary>
    private static ValueAndGradient HalfSquares(CorpusCase at) => Elementwise(at, (x, r) => (x - r) * (x - r) / 2, (x, r) => x - r);

    /// <summary>+ λ/2 ‖F‖² of every factor F: + λF.</summary>
    private static ValueAndGradient WithRidge(CorpusCase at, ValueAndGradient loss)
    {
        var reg = at.Number("reg");
        var value = loss.Value + loss.Gradient.Keys.Sum(factor => reg / 2 * at[factor].Numbers.Sum(x => x * x));
        return new(value, loss.Gradient.ToDictionary(
            part => part.Key, part => part.Value.Zip(at[part.Key].Numbers, (g, x) => g + reg * x).ToArray()));
    }

    private static Matrix<double> FilledByColumnMeans(SparseMatrix<double> R)
    {
        var filled = R.ToDense();
        var overall = R.Count == 0 ? 0 : Total(R) / R.Count;
        for (var j = 0; j < R.Columns; j++)
        {
            var observed = Enumerable.Range(0, R.Rows).Where(i => R.Contains(i, j)).Select(i => R[i, j]).ToList();
            var mean = observed.Count == 0 ? overall : observed.Average();
            for (var i = 0; i < R.Rows; i++)
            {
                filled[i, j] = R.Contains(i, j) ? R[i, j] : mean;
            }
        }

        return filled;
    }

    private static ValueAndGradient Biased(CorpusCase at)
    {
        var (U, V, b, d, mu) = (at.Matrix("U"), at.Matrix("V"), at.Column("b"), at.Column("d"), at.Number("mu"));
        var X = U * V.T;
        var E = Entrywise(at.Sparse("R"), (i, j, r) => X[i, j] + b[i] + d[j] + mu - r);
        var errors = Result(
            Total(E % E) / 2,
            ("U", (E * V).View), ("V", (E.T * U).View), ("b", (E * Ones(V.Rows)).View), ("d", (E.T * Ones(U.Rows)).View));
        var ridged = WithRidge(at, errors).Gradient.Append(new("mu", [Total(E)]));
        return new(WithRidge(at, errors).Value, ridged.ToDictionary());
    }

    private static ValueAndGradient CountWeighted(CorpusCase at)
    {
        var (U, V, reg, O) = (at.Matrix("U"), at.Matrix("V"), at.Number("reg"), Entrywise(at.Sparse("R"), (_, _, _) => 1));
        var (n, c, errors) = (O * Ones(V.Rows), O.T * Ones(U.Rows), HalfSquares(at));
        var (weightedU, weightedV) = (n % U, c % V);
        return Result(
            errors.Value + reg / 2 * Products(weightedU, U) + reg / 2 * Products(weightedV, V),
            ("U", (Of(errors, "U", U) + reg * weightedU).View),
            ("V", (Of(errors, "V", V) + reg * weightedV).View));
    }

    private static ValueAndGradient Weighted(CorpusCase at, SparseMatrix<double> W)
    {
        var (U, V, R) = (at.Matrix("U"), at.Matrix("V"), at.Sparse("R"));
        var X = U * V.T;
        var G = Entrywise(W, (i, j, w) => w * (X[i, j] - R[i, j]));
        var value = Total(Entrywise(W, (i, j, w) => w * (X[i, j] - R[i, j]) * (X[i, j] - R[i, j]) / 2));
        return Result(value, ("U", (G * V).View), ("V", (G.T * U).View));
    }

    /// <summary>c = 1 + αr and p = 1 where something is stored, 1 and 0 elsewhere; there S = (C − 1)∘X − C∘P.</summary>
    private static ValueAndGradient Implicit(CorpusCase at)
    {
        var (U, V, R, alpha) = (at.Matrix("U"), at.Matrix("V"), at.Sparse("R"), at.Number("alpha"));
        var X = U * V.T;
        var S = Entrywise(R, (i, j, r) => alpha * r * X[i, j] - (1 + alpha * r));
        var corrections = Entrywise(R, (i, j, r) => (1 + alpha * r) * (1 - X[i, j]) * (1 - X[i, j]) - X[i, j] * X[i, j]);
        var value = (Squares(X) + Total(corrections)) / 2;
        return WithRidge(at, Result(value, ("U", (U * (V.T * V) + S * V).View), ("V", (V * (U.T * U) + S.T * U).View)));
    }

    private static ValueAndGradient SvdPlusPlus(CorpusCase at)
    {
        var (P, Y, Q, N) = (at.Matrix("P"), at.Matrix("Y"), at.Matrix("Q"), at.Sparse("N"));
        var (b, d, users) = (at.Column("b"), at.Column("d"), P + N * Y);
        var X = users * Q.T;
        var G = Entrywise(at.Sparse("R"), (i, j, r) => X[i, j] + b[i] + d[j] - r);
        var GQ = G * Q;
        return Result(
            Total(G % G) / 2,
            ("P", GQ.View), ("Y", (N.T * GQ).View), ("Q", (G.T * users).View),
            ("b", (G * Ones(Q.Rows)).View), ("d", (G.T * Ones(P.Rows)).View));
    }

    private static ValueAndGradient ThreeFactors(CorpusCase at)
    {
        var (U, S, V) = (at.Matrix("U"), at.Matrix("S"), at.Matrix("V"));
        var X = U * S * V.T;
        var G = Entrywise(at.Sparse("R"), (i, j, r) => X[i, j] - r);
        return Result(
            Total(G % G) / 2,
            ("U", (G * V * S.T).View), ("S", (U.T * (G * V)).View), ("V", (G.T * U * S).View));
    }

    private static ValueAndGradient Features(CorpusCase at)
    {
        var (P, Q, A, B) = (at.Matrix("P"), at.Matrix("Q"), at.Sparse("A"), at.Sparse("B"));
        var (U, V) = (A * P, B * Q);
        var X = U * V.T;
        var G = Entrywise(at.Sparse("R"), (i, j, r) => X[i, j] - r);
        return Result(Total(G % G) / 2, ("P", (A.T * (G * V)).View), ("Q", (B.T * (G.T * U)).View));
    }

    private static ValueAndGradient GraphPenalty(CorpusCase at)
    {
        var (U, V, L, reg, errors) = (at.Matrix("U"), at.Matrix("V"), at.Sparse("L"), at.Number("reg"), HalfSquares(at));
        return Result(
            errors.Value + reg / 2 * Products(U, L * U),
            ("U", (Of(errors, "U", U) + reg / 2 * (L * U + L.T * U)).View),
            ("V", Of(errors, "V", V).View));
    }

    private static ValueAndGradient Orthonormal(CorpusCase at)
    {
        var (U, reg) = (at.Matrix("U"), at.Number("reg"));
        var E = U.T * U - Identity(U.Columns);
        return Result(reg / 4 * Squares(E), ("U", (reg * (U * E)).View));
    }

    private static ColumnVector<double> Ones(int length) => new([.. Enumerable.Repeat(1.0, length)]);

    private static double Products(Matrix<double> x, Matrix<double> y)
    {
        var sum = 0.0;
        for (var p = 0; p < x.Span.Length; p++)
        {
            sum += x.Span[p] * y.Span[p];
        }

        return sum;
    }

    private static Matrix<double> Of(ValueAndGradient loss, string factor, Matrix<double> like) =>
        new(like.Rows, like.Columns, loss.Gradient[factor]);
}
