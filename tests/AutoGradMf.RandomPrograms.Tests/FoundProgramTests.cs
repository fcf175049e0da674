using System.Text.RegularExpressions;
using AutoGradMf.RandomPrograms.Tests.Checking;
using AutoGradMf.RandomPrograms.Tests.Compiling;
using AutoGradMf.RandomPrograms.Tests.Programs;
using Xunit;

namespace AutoGradMf.RandomPrograms.Tests;

/// <summary>Losses that random programs were shrunk to, each of which was once refused, did not compile or was wrong.</summary>
public partial class FoundProgramTests
{
    [Fact]
    public void Losses_that_once_failed_are_right()
    {
        string[] losses =
        [
            "((Sum(U)))",
            "Sum(Map(R, x => x < 0.3 ? 0.25 : Math.Tanh(x)) + mu)",
            "LogDet(C.T * C + Identity(C.Columns))",
            "Sum(RowMax(U * V.T - R))",
            "Sum(RowMax(Exp(U) * V.T)) + Sum(RowMin(U * Exp(V).T))",
            "Sum(RowLogSumExp((U * C).T * (U + b)))",
            "Sum(RowLogSumExp((R * V).T * (U + b)))",
            "Dot(Tanh(U * C), T)",
            "Dot(Tanh(U * C.T), T) + Sum(Square(U * Diag(c) * C))",
            "Sum(b) + Mean(A / (1.0 + Square(Identity(b.Length))))",
            "Sum(Observed(A.T) % Square(Identity(b.Length) - b))",
            "Trace(Square(A.T) + (Identity(U.Rows) + b))",
            "Trace(Map(A, x => Math.Sin(x)) + (Identity(U.Rows) % b))",
            "Dot(b, Diag(Observed(A).T + b))",
            "LogDet(U.T * U + Identity(U.Columns)) * LogDet(Identity(U.Columns) + Identity(U.Columns))",
            "ColumnMeans(Identity(U.Rows)) * b + ColumnMeans(X * (1.0 * U.Columns)) * d",
            "mu * Trace(FillMissing(A, mu))",
            "Trace(b.T - (b + w.T))",
            "Sum(Identity(V.Rows) % (e.T + e))",
            "Dot(Ones(U.Columns), RowMeans(V.T - V.T))",
            "Norm1(Observed(A) % (mu / (Observed(A) + Square(A))))",
            "Sum(RowMax(b * Ones(U.Columns).T)) + Sum(RowMin(Square(b) * Ones(U.Columns).T))",
            "Sum(Map(b, Ramp)) + Sum(U) * Sum(ColumnMeans(Map(R, Z, (x, y) => x * x / (1 + y * y))))",
            "Sum(U * V.T + RowMeans(Map(R, x => x * (Settings.Slope / 6))))",
            "Dot(A.T, A / (Observed(A) + Square(A))) + Sum(U)",
            "Dot(Diag(Observed(A) % Pow(Observed(A) + Square(A), -0.5)), b)",
            "Sum(Observed(R) % Square(U * V.T - Z / (Observed(Z) + Square(Z))))",
            "Sum(A.T % (A / (Observed(A) + Square(A))) % Square(U * P.T))",
            "Sum(Diag(Observed(A) % Log(Square(A))) % Square(b))",
            "Sum(A / A) + Sum(U)",
            "Sum(A.T % (A / A) % Log(Square(A)) ) + Sum(U)",
            "Dot(Diag(Observed(A) / (Observed(A) + Square(A) % Square(U * P.T))), b)",
            "Dot(A.T, A / (Observed(A) + Square(A) % Square(U * P.T)))",
            "Sum(Square(A.T % (U * P.T) + A % Pow(Observed(A) + Square(A), -0.5)))",
            "Sum((Observed(A) + Square(A)) / (Observed(A) + Square(A))) + Sum(U)",
            "Sum(Observed(A) % (w / (Observed(A) + Square(A))) % A.T % (U * P.T))",
            "Sum(Square(A * X - U * V.T)) + Sum(X % (U * V.T)) + Dot(A, U * U.T)",
            "Sum(Sigmoid(A * X - U * V.T)) + Sum(X % (U * V.T))",
            "Sum(Observed(R.T) % Square(V * U.T - X.T * A)) + Sum(X % (U * V.T)) + Dot(A, U * U.T)",
            "Sum(R.T % (V * U.T + (A * X).T) % Sin(V * U.T)) + Sum(X % (U * V.T)) + Dot(A, U * U.T)",
            "Sum(Square(R * X.T * T - U))",
            "Sum(Square((X * R.T) * U - P))",
            "Sum(Observed(A) % Square(U * P.T - X * X.T))",
            "Sum(Sigmoid(X * X.T - U * P.T))",
            "Sum(R % (T * K * V.T))",
            "Sum(RowDots(Z * X.T, U * P.T))",
            "Sum(RowLogSumExp(X.T - Z.T)) + Sum(U)",
            "Sum(RowLogSumExp(Sigmoid(R) % (U * V.T) + Z))",
            "Sum(RowLogSumExp(X.T - R.T + V * U.T))",
            "Sum(RowMax(A - A.T + U * P.T))",
            "Sum(RowMax(Abs(A) + U * P.T))",
            "((e % v) * RowMax(Exp(Tanh(R.T))))",
            "Dot(RowMin(FillMissing(R, b) - U * V.T), b)",
            "Sum(RowLogSumExp(FillMissing(A, A.T / (Observed(A) + Square(A)).T + b)))",
            "Sum(RowMax(b * d.T))",
            "Sum(RowMax(C + K))",
            "Trace(K * Inverse(U.T * U + alpha * alpha * Identity(U.Columns) + Identity(U.Columns)))",
            "LogDet(T.T * T + U.T * U + Identity(U.Columns))",
            "LogDet(C.T * C + Identity(U.Columns)) + Trace(Inverse(C.T * C + Identity(U.Columns)) * K)",
            "Sum(Softplus(RowSums(U[i] % V[j] % P[l])))",
            "Trace((C * Atanh(0.5 * Tanh(Identity(U.Columns)))))",
            "(e * RowDots(V, (V * Min(C, Identity(U.Columns)))))",
            "Sum(Pow(1.0 + Square(Identity(U.Columns)), Tanh(C.T)))",
            "Sum(((P.T * A) * (Log1p(Square(Z)) * Abs(Identity(V.Rows)))).Bent())",
            "Sum(Map(U, x => x switch { var y when y < 0 => -2 * y, > 1.0 => 1, _ => x }))",
            "Sum(Map(U, x => x switch { > 0.4 => Math.Exp(x), var y => y * y }))",
            "Sum(Map(U, x => x is double y && y > 0.1 ? y * y : 3 * x))",
            "Sum(Map(U, P, (x, t) => (x, t) switch { (> 0, > 0) => x * t, (< 0, _) => x * x, _ => t }))",
            "Sum(Map(U, P, (x, t) => (x, t) is (> 0.1, var z) && z < 0.5 ? x * z : x * x))",
            "Sum(Map(U, P, (x, t) => (x, t) switch { var (p, q) when p > q => p * p - q, (_, 0) => x, (< 0.3, not < 0) or (> 1, _) => Math.Sin(x), _ => 2 * x }))",
            "Sum(Square(Map((b.T * Z), (Observed(Z) % Log10((Observed(Z) + Square(Z)))), Atan2Half)))",
            "Sum(Map(U * V.T, Log10(1.0 + Square(X)), (x, y) => Math.Atan2(x, 1.0 + y * y)))",
            "Sum(Map(U, T, (x, y) => Math.Log(1.0 + x * x / LossMath.Hypot(y, 1.0))))",
        ];
        Assert.Empty(Check(losses).Where(c => c.Verdict.Failure is not null).Select(c => (c.Source, c.Verdict.Failure)));
    }

    [Fact]
    public void Smooth_losses_that_once_were_refused_have_a_gradient_and_a_curvature()
    {
        string[] losses =
        [
            "Sum(Square((U % c.T) * V.T))",
            "Sum(Square(U * Diag(c) * G.T))",
            "Sum(Square(U % c.T * V.T - X))",
            "Sum(Exp((U % c.T) * V.T))",
            "Sum(Square(U * Diag(c) * Diag(h.T) * V.T - X))",
            "Sum(Square(U * V.T * X.T))",
            "Sum(Square((X - U * V.T) * X.T))",
            "Sum(Square(Sigmoid(U * V.T) * X.T * U))",
            "Sum(Square((Sigmoid(U * V.T) - X) * X.T * U))",
            "Trace(U * V.T * X.T * U * U.T)",
            "Sum(Square(X - U * Inverse(U.T * U) * U.T * X))",
            "Sum(Square(X * X.T * U * V.T - X))",
            "Trace(Inverse(Identity(U.Rows) + U * U.T))",
            "LogDet(Identity(U.Rows) + U * U.T)",
            "LogDet(U * U.T + Exp(mu) * Identity(U.Rows))",
            "Dot(w, Inverse(U * U.T + Exp(mu) * Identity(U.Rows)) * w)",
            "Dot(b, Inverse(U * U.T + Identity(U.Rows)) * b) + LogDet(U * U.T + Identity(U.Rows))",
            "Sum(Square(Tanh(X.T * U) * P.T - X.T))",
            "Mean(Square(R * H.T)) + Sum(Square(U))",
            "Sum(Square(F * H - U * V.T))",
            "Sum(Softplus(A * (F * H) * N - U * V.T))",
            "Sum(Square(U[i] * Diag(c) * V.T - X[i]))",
            "Sum(Square(U[i] * V.T - X[i] * X.T * X))",
            "Sum(Square(RowMeans(X * X.T + Identity(X.Rows)) - b))",
            "Sum(Square(U * V.T - RowMeans(R) - ColumnMeans(R)))",
            "Sum(Square(A * (F * W) * V.T - X))",
            "Sum(Square(U * Y - 1.0)) + Sum(Square(U))",
        ];
        RequireSmooth(Check(losses));
    }

    [Fact]
    public void Chains_of_factors_beside_sparse_data_are_right_and_need_no_dense_pairs()
    {
        var losses = Check(CheapBesideSparseData);
        RequireSmooth(losses);
        RequireNoPairs(losses);
    }

    /// <summary>Data of as many rows and columns as the prediction, of which a loop reads a row at a time, or the observed entries.</summary>
    [Fact]
    public void Products_of_sparse_and_dense_data_are_right_and_never_kept()
    {
        string[] losses =
        [
            "Sum(Observed(R) % Square(F * H - U * V.T - R))",
            "Sum(Observed(R).T % Square(H.T * Observed(F).T - V * U.T))",
            "Sum(Observed(R) % Softplus(U * V.T + b + (F * H) % R))",
            "Sum(Square(F * H - U * V.T))",
            "Sum(Softplus(F * H - U * V.T)) - Sum(R % (U * V.T))",
            "Sum(Softplus(H.T * F.T - V * U.T))",
            "Sum(Sigmoid((F * H) % (U * V.T))) + Sum(Observed(Z) % Square(U * V.T - Z))",
            "Sum(RowLogSumExp(F * H - U * V.T))",
            "Sum(Softplus(A * (F * H) * N - U * V.T)) + Sum(R % (U * V.T))",
        ];
        var checks = Check(losses, withCapabilities: true);
        RequireSmooth(checks);
        Assert.All(checks, loss => Assert.DoesNotMatch(@"\bm n\b|\bn m\b", MemoryCost().Match(loss.Generated).Value));
        Assert.All(checks, loss => Assert.Matches(MemoryCost(), loss.Generated));
    }

    /// <summary>Each with sparse data, and none with a term that needs all pairs.</summary>
    private static string[] CheapBesideSparseData =>
    [
        "Sum(Square(U * Diag(c) * V.T - R))",
        "Sum(Square((U % c.T) * V.T - R))",
        "Sum(Square(U * Diag(c) * Diag(h.T) * V.T - R))",
        "Sum(Square(U * Diag(g) * V.T - R))",
        "Sum(Square(U * Diag(c) * C * V.T - R))",
        "Sum(Observed(R) % Square(U * Diag(c) * V.T - R))",
        "Sum(Square(R - U * U.T * R))",
        "Sum(Square(R - R * V * V.T))",
        "Sum(Square(R - R * V * Inverse(V.T * V + Identity(V.Columns)) * V.T))",
        "Sum(Square(R - A * U * V.T * N))",
        "Sum(R % (A * (U * V.T) * N))",
        "Sum(Square(R - R * (V * V.T - Diag(RowSums(Square(V))))))",
    ];

    /// <summary>The inner dimension is an entity, so a matrix of pairs is kept: as large as the dense data, and as no sparse data.</summary>
    [Fact]
    public void Functions_of_pairs_multiplied_with_matrices_of_pairs_have_a_gradient_and_a_curvature()
    {
        string[] losses =
        [
            "Sum(Square(Sigmoid(U * V.T) * X.T))",
            "Sum(Square(Sigmoid(U * V.T) * X.T - A))",
            "Sum(Square(Sigmoid(U * V.T) * X.T - P * U.T))",
            "Sum(Square(R * Exp(V * P.T)))",
            "Sum(Square(X * Exp(V * P.T) - U * P.T))",
            "Sum(X % (A * Sin(U * V.T)))",
            "Sum(Square(Softplus(U * V.T) * G))",
            "Sum(Square(Softplus(U * V.T) * (G % Exp(V))))",
            "Sum(Square(Inverse(Identity(U.Rows) + U * U.T) * X))",
            "Sum(Observed(R) % Square(Sigmoid(U * P.T) * X - R))",
            "Sum(Square(Sigmoid(U * P.T) * Tanh(P * V.T)))",
            "Sum(Square(Sigmoid(U * P.T) * Sigmoid(P * U.T)))",
            "Sum(Sigmoid(Sigmoid(U * P.T) * X))",
            "Sum(Square(Tanh(Sigmoid(U * P.T) * X) * X.T - A))",
            "Sum(RowLogSumExp(Sigmoid(U * P.T) * X))",
            "Sum(Square((U * P.T) % (U * P.T) * X))",
            "Sum(Square(Square(U * P.T) * X - X))",
            "Sum(Square((Sigmoid(U * V.T) % X) * X.T))",
            "Sum(Square(X[i] * Sigmoid(V * U.T)))",
            "Sum(Square(Diag(b) * Sigmoid(U * V.T) * Diag(d) * X.T))",
            "Mean(Square(U * V.T - Sigmoid(P * U.T) * X))",
            "Sum(Square(X - X * Relu(V * V.T)))",
        ];
        RequireSmooth(Check(losses));
    }

    [Fact]
    public void Products_of_sparse_matrices_are_right_and_need_no_dense_pairs()
    {
        string[] losses =
        [
            "Sum(R % (A * Sin(U * V.T)))",
            "Sum(Square(R * N * V - U))",
            "Sum(Square(A * R - U * V.T))",
            "Sum(Square(A * A.T * A * U - P))",
            "Sum(Observed(R) % Square(A * R - U * V.T))",
            "Sum(Observed(A * R) % Square(A * R - U * V.T))",
            "Sum(Observed(A * R) % Square(U * V.T))",
            "Sum(Exp(A * R) % Square(U * V.T))",
            "Sum(Square((A * R).T * U - V))",
            "Sum(Square(U.T * (A * R) - V.T))",
            "Sum(Softplus(U * V.T) % (A * R))",
            "Sum(Square(A * R % Z - U * V.T))",
            "Sum(Square((A * R - Z) * V - U))",
            "Dot(b, R * R.T * b)",
            "Sum(Softplus(-(A * A % (U * P.T))))",
        ];
        var checks = Check(losses);
        RequireSmooth(checks);
        RequireNoPairs(checks);
    }

    /// <summary>Each loss as it is declared, what was found about it, and what is generated from it.</summary>
    internal static IReadOnlyList<(string Source, Verdict Verdict, string Generated)> Check(IReadOnlyList<string> losses, bool withCapabilities = false)
    {
        var programs = losses.Select((text, number) => new LossProgram(number, Read(text))).ToArray();
        var compiled = ProgramProject.Compile(programs);
        return [.. programs.Select(p => (p.Source, ProgramCheck.Of(p, compiled, withCapabilities), compiled.Generated.GetValueOrDefault(p.Name, "")))];
    }

    /// <summary>Losses with a gradient and a Hessian-vector product, both right and compared.</summary>
    internal static void RequireSmooth(IEnumerable<(string Source, Verdict Verdict, string Generated)> losses) => Assert.Empty(losses
        .Where(c => c.Verdict is not { Failure: null, IsOutOfRange: false, HasHessian: true, Directions: > 0 })
        .Select(c => (c.Source, c.Verdict)));

    /// <summary>Losses of which no loop visits all pairs, and no array has an element for each.</summary>
    internal static void RequireNoPairs(IEnumerable<(string Source, Verdict Verdict, string Generated)> losses) => Assert.All(losses, loss =>
    {
        Assert.Matches(Costs(), loss.Generated);
        Assert.DoesNotMatch(Pairs(), Costs().Match(loss.Generated).Value);
    });

    /// <summary>What the head of a generated file says of flops and of memory.</summary>
    [GeneratedRegex(@"^//   flops .*\n(//           .*\n)*//   memory .*$", RegexOptions.Multiline)]
    private static partial Regex Costs();

    [GeneratedRegex(@"^//   memory .*$", RegexOptions.Multiline)]
    private static partial Regex MemoryCost();

    /// <summary>Two sizes of entities in one product.</summary>
    [GeneratedRegex(@"\b[mnpqst](²| [mnpqst]\b)")]
    private static partial Regex Pairs();

    /// <summary>A loss of moderate numbers, whose magnitude is its value.</summary>
    private static Term Read(string text)
    {
        var parameters = Vocabulary.Parameters.Where(p => Regex.IsMatch(text, $@"\b{p.Name}\b")).ToArray();
        var template = parameters.Select((p, place) => (p.Name, place))
            .Aggregate(text, (written, p) => Regex.Replace(written, $@"\b{p.Name}\b", $"{{{p.place}}}"));
        return new(TermType.Scalar, template, $"(10.0 + Abs({template}))", [.. parameters.Select(Term.Of)]);
    }
}
