using System.Text.RegularExpressions;
using AutoGradMf.RandomPrograms.Tests.Checking;
using Xunit;

namespace AutoGradMf.RandomPrograms.Tests;

/// <summary>
/// What is claimed of losses of recommenders that are no entries of the corpus. Values, gradients and each claim are held against the loss's
/// own evaluation; here is which claims are made, and that none of the losses beside sparse data needs all pairs.
/// </summary>
public partial class CapabilityClaimTests
{
    /// <summary>Each with the factors that have Newton steps, those with bounded curvature, and what else is claimed.</summary>
    private static readonly (string Loss, string Claims)[] BesideSparseData =
    [
        // Fills and weights.
        ("0.5 * Sum(Square(U * V.T - FillMissing(R, ObservedMean(R)))) + reg * (Sum(Square(U)) + Sum(Square(V)))", ""),
        ("Sum(Square(U * V.T - FillMissing(R, RowMeans(R) + ColumnMeans(R) - ObservedMean(R))))", ""),
        ("Sum(Square(U * V.T - FillMissing(R, b + d.T)))", ""),
        ("Sum(Square(U * V.T - FillMissing(R, T * G.T)))", ""),
        ("Sum((w * v) % Square(U * V.T - R))", ""),
        ("Sum((w * v + RowSums(Square(T)) * RowSums(Square(G)).T) % Square(U * V.T - R))", ""),
        ("Sum((Square(w) + Square(v)) % Square(U * V.T - FillMissing(R, mu)))", ""),
        ("Sum((T * G.T) % Square(U * V.T - R))", ""),
        ("Sum(Observed(R) % Square(U * V.T - R)) + alpha * Sum((v - Observed(R) % v) % Square(U * V.T))", ""),
        ("Sum((1.0 + alpha * R) % Square(Observed(R) - U * V.T - b - d.T)) + reg * (Sum(Square(U)) + Sum(Square(V)))", ""),
        ("Sum((1.0 + alpha * Log1p(Square(R))) % Square(Observed(R) - U * V.T))", ""),

        // Several sparse matrices, side information, neighbours.
        ("Sum(Observed(R) % Square(U * V.T - R)) + alpha * Sum(Observed(Z) % Square(U * V.T - Z))", ""),
        ("Sum(Square(U * V.T - R)) + Sum(Square(U * W.T - F)) + Sum(Square(V * V.T - N))", ""),
        ("Sum(Square(U * V.T - R)) + Sum(Square(U * W.T - F)) + Sum(Observed(A) % Square(U * P.T - A))", ""),
        ("Sum(Observed(R) % Square((U + F * W) * V.T + b + d.T - R)) + reg * Sum(Square(W))", ""),
        ("Sum(Square(F * W * V.T - R))", ""),
        ("Sum(Square(F * W * (N * V).T - R))", ""),
        ("Sum(Observed(R) % Square((U + Observed(R) * V + F * W) * V.T - R))", ""),
        ("Sum(Observed(R) % Square((U + R * G) * V.T - R)) + reg * Trace(V.T * N * V)", ""),

        // Time, three factors, symmetric ones.
        ("Sum(Exp(-alpha * Z) % Observed(Z) % Square(U * V.T - R))", ""),
        ("Sum(Observed(R) % Square(U * V.T + mu * Z + b - R))", ""),
        ("Sum(Observed(R) % Square(U * C * V.T - R)) + reg * Sum(Square(C))", ""),
        ("Sum(Square(U * C * V.T - R)) + reg * (Sum(Square(U)) + Sum(Square(C)) + Sum(Square(V)))", ""),
        ("Sum(Observed(A) % Square(U * U.T - A))", ""),
        ("Sum(Square(U * P.T - A)) + Sum(Square(U - P))", ""),
        ("Sum(Observed(A) % Square(U * C * U.T - A))", ""),

        // Divergences, counts, robust and binary errors.
        ("Sum(Exp(U) * Exp(V).T) - Sum(R % Log(Exp(U) * Exp(V).T)) + reg * Sum(Square(U))", ""),
        ("Sum(Square(U) * Square(V).T) - Sum(Square(R) % Log(0.1 + Square(U) * Square(V).T))", ""),
        ("Sum(Observed(R) % (Square(R) / (1.0 + Square(U * V.T)) + Log(1.0 + Square(U * V.T))))", ""),
        ("Sum(Observed(R) % (Exp(0.5 * U * V.T) / 0.5 + Square(R) % Exp(-0.5 * U * V.T) / 0.5))", ""),
        ("Sum(Observed(R) % (Exp(U * V.T + b + d.T) - R % (U * V.T + b + d.T))) + reg * (Sum(Square(U)) + Sum(Square(V)))", ""),
        ("Sum(Observed(R) % (Softplus(U * V.T + d.T) - R % (U * V.T + d.T))) + reg * (Sum(Square(U)) + Sum(Square(V)))", ""),
        ("Sum(Observed(R) % PseudoHuber(U * V.T - R, 0.5)) + Sum(Observed(Z) % LogCosh(U * V.T - Z))", ""),
        ("Sum(Observed(R) % Sqrt(0.01 + Square(U * V.T - R)))", ""),
        ("Sum(Observed(R) % Pow(U * V.T - R, 4))", ""),

        // Triples, products of three, distances.
        ("Sum(Softplus(RowDots(U[i], V[j]) - RowDots(U[l], V[j]))) + reg * (Sum(Square(U)) + Sum(Square(V)))", ""),
        ("Sum(Square(RowSums(U[i] % V[j] % P[l]) - w[i])) + reg * (Sum(Square(U)) + Sum(Square(V)) + Sum(Square(P)))", ""),
        ("Sum(Square(RowSums(U[i] % V[j]) + b[i] + d[j] + mu))", ""),
        ("Sum(Observed(R) % Square(RowSums(Square(U)) + RowSums(Square(V)).T - 2.0 * U * V.T - R))", ""),
    ];

    /// <summary>Which need all pairs, and are streamed.</summary>
    private static readonly (string Loss, string Claims)[] Streamed =
    [
        ("Sum(Softplus(U * V.T)) - Sum(R % (U * V.T))", ""),
        ("Sum((1.0 + alpha * Square(R)) % Softplus(U * V.T + b + d.T) - R % (U * V.T)) + reg * (Sum(Square(U)) + Sum(Square(V)))", ""),
        ("Sum(Softplus(U * V.T - R)) + Sum(Square(U))", ""),
        ("Sum(w % LogCosh(U * V.T - R)) + reg * Sum(Square(V))", ""),
        ("Sum(Exp(U * V.T)) - Sum(R % (U * V.T))", ""),
        ("Sum(RowLogSumExp(U * V.T)) - Sum(R % (U * V.T))", ""),
    ];

    [Fact]
    public void Claims_beside_sparse_data_hold_and_are_these() => RequireClaims(BesideSparseData, isStreamed: false);

    [Fact]
    public void Claims_of_losses_over_all_pairs_hold_and_are_these() => RequireClaims(Streamed, isStreamed: true);

    private static void RequireClaims((string Loss, string Claims)[] losses, bool isStreamed)
    {
        var found = FoundProgramTests.Check([.. losses.Select(l => l.Loss)], withCapabilities: true);
        Assert.Empty(found.Where(f => f.Verdict.Failure is not null).Select(f => (f.Source, f.Verdict.Failure)));
        var other = losses.Zip(found, (l, f) => (l.Loss, Said: l.Claims, Claims: Claims(f.Generated))).Where(l => l.Said != l.Claims);
        Assert.True(!other.Any(), string.Join("\n", other.Select(l => $"{l.Loss} claims \"{l.Claims}\"")));
        if (!isStreamed)
        {
            FoundProgramTests.RequireNoPairs(found);
        }
    }

    private static string Claims(string generated)
    {
        var factors = Factor().Matches(generated).Select(m => m.Groups["factor"].Value).ToList();
        var steps = Block().Matches(generated).Zip(factors).Where(b => b.First.Groups["systems"].Value != "None")
            .Select(b => b.Second + (b.First.Groups["quadratic"].Value == "true" ? "²" : ""));
        var bounds = Bound().Matches(generated).Select(m => m.Groups["factor"].Value);
        var rest = new[] { "IProductInvariant", "ISignSplit", "ISampled" }.Where(name => generated.Contains(name + "<TElement>", StringComparison.Ordinal));
        return $"steps {string.Join(" ", steps)}; bounds {string.Join(" ", bounds)}; {string.Join(" ", rest)}";
    }

    [GeneratedRegex(@"^//   in (?<factor>\S+) ", RegexOptions.Multiline)]
    private static partial Regex Factor();

    [GeneratedRegex(@"new\(IsQuadratic: (?<quadratic>\w+), BlockSystems\.(?<systems>\w+)\)")]
    private static partial Regex Block();

    [GeneratedRegex(@"^//   curvature bound in (?<factor>\w+):", RegexOptions.Multiline)]
    private static partial Regex Bound();
}
