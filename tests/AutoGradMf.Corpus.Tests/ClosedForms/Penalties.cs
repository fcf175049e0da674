using AutoGradMf.TestLosses;
using MathNet.Numerics.LinearAlgebra.Double;
using static System.Math;

namespace AutoGradMf.Corpus.Tests;

internal static partial class ClosedForms
{
    private static Dictionary<string, Func<CorpusCase, ValueAndGradient>> Penalties() => new()
    {
        ["F1"] = at => Penalised(at, F => ElasticNet(F, at.Number("alpha"), at.Number("rho"))),
        ["F2"] = at => Penalised(at, F => GroupLasso(F, at.Number("reg"))),
        ["F3"] = at => Penalised(at, F => Norm(F, at.Number("reg"))),
        ["F4"] = at => Penalised(at, F => (-at.Number("reg") * F.Span.ToArray().Sum(Log), F.Map(x => -at.Number("reg") / x))),
        ["F5"] = at => Penalised(at, F => Differences(F, at.Sparse("D"), at.Number("reg")), onBoth: false),
        ["F6"] = at => Penalised(at, F => LogDeterminant(F, at.Number("reg"), at.Number("epsilon")), onBoth: false),
    };

    /// <summary>½ Σ_Ω e² and a penalty of U, and the same of V if <paramref name="onBoth"/>.</summary>
    private static ValueAndGradient Penalised(
        CorpusCase at, Func<Matrix<double>, (double Value, Matrix<double> Gradient)> penalty, bool onBoth = true)
    {
        var (U, V, errors) = (at.Matrix("U"), at.Matrix("V"), HalfSquares(at));
        var (ofU, ofV) = (penalty(U), onBoth ? penalty(V) : (0, new Matrix<double>(V.Rows, V.Columns)));
        return Result(
            errors.Value + ofU.Value + ofV.Item1,
            ("U", (Of(errors, "U", U) + ofU.Gradient).View),
            ("V", (Of(errors, "V", V) + ofV.Item2).View));
    }

    private static (double Value, Matrix<double> Gradient) ElasticNet(Matrix<double> F, double alpha, double rho) => (
        alpha * rho * F.Span.ToArray().Sum(Abs) + alpha * (1 - rho) / 2 * Squares(F),
        F.Map(x => alpha * rho * Sign(x) + alpha * (1 - rho) * x));

    private static (double Value, Matrix<double> Gradient) GroupLasso(Matrix<double> F, double reg)
    {
        var (value, gradient) = (0.0, new Matrix<double>(F.Rows, F.Columns));
        for (var i = 0; i < F.Rows; i++)
        {
            var norm = Sqrt(Enumerable.Range(0, F.Columns).Sum(f => F[i, f] * F[i, f]));
            value += reg * norm;
            for (var f = 0; f < F.Columns; f++)
            {
                gradient[i, f] = norm == 0 ? 0 : reg * F[i, f] / norm;
            }
        }

        return (value, gradient);
    }

    private static (double Value, Matrix<double> Gradient) Norm(Matrix<double> F, double reg)
    {
        var norm = Sqrt(Squares(F));
        return (reg * norm, F.Map(x => norm == 0 ? 0 : reg * x / norm));
    }

    private static (double Value, Matrix<double> Gradient) Differences(Matrix<double> F, SparseMatrix<double> D, double reg) =>
        (reg / 2 * Squares(D * F), reg * (D.T * (D * F)));

    /// <summary>λ ln det A and 2λ F A⁻¹, A = FᵀF + εI.</summary>
    private static (double Value, Matrix<double> Gradient) LogDeterminant(Matrix<double> F, double reg, double epsilon)
    {
        var A = Dense(F.T * F + epsilon * Identity(F.Columns));
        var inverse = new Matrix<double>(F.Columns, F.Columns, A.Inverse().ToRowMajorArray());
        return (reg * Log(A.Determinant()), 2 * reg * (F * inverse));
    }

    private static DenseMatrix Dense(Matrix<double> x) => DenseMatrix.Create(x.Rows, x.Columns, (i, j) => x[i, j]);
}
