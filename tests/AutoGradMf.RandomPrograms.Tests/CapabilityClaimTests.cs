using System.Text.RegularExpressions;
using AutoGradMf.RandomPrograms.Tests.Checking;
using Xunit;

namespace AutoGradMf.RandomPrograms.Tests;

/// <summary>
/// What is claimed of losses of recommenders that are no entries of the corpus. Values, gradients and each claim are held against the loss's
/// own evaluation; here is which claims are made. ² marks factors in which the loss is quadratic.
/// </summary>
public partial class CapabilityClaimTests
{
    /// <summary>So many losses are compiled together, each group on a thread.</summary>
    private const int AtOnce = 5;

    /// <summary>Each with the factors that have Newton steps, those with bounded curvature, and what else is claimed.</summary>
    private static readonly (string Loss, string Claims)[] BesideSparseData =
    [
        // Fills and weights.
        ("0.5 * Sum(Square(U * V.T - FillMissing(R, ObservedMean(R)))) + reg * (Sum(Square(U)) + Sum(Square(V)))", "steps U² V²; bounds U V; IProductInvariant ISignSplit"),
        ("Sum(Square(U * V.T - FillMissing(R, RowMeans(R) + ColumnMeans(R) - ObservedMean(R))))", "steps U² V²; bounds U V; IProductInvariant ISignSplit"),
        ("Sum(Square(U * V.T - FillMissing(R, b + d.T)))", "steps U² V² b² d²; bounds U V b d; IProductInvariant ISignSplit"),
        ("Sum(Square(U * V.T - FillMissing(R, T * G.T)))", "steps U² V²; bounds U V; IProductInvariant ISignSplit"),
        ("Sum((w * v) % Square(U * V.T - R))", "steps U² V²; bounds U V; IProductInvariant ISignSplit"),
        ("Sum((w * v + RowSums(Square(T)) * RowSums(Square(G)).T) % Square(U * V.T - R))", "steps U² V²; bounds U V; IProductInvariant ISignSplit"),
        ("Sum((Square(w) + Square(v)) % Square(U * V.T - FillMissing(R, mu)))", "steps U² V² mu²; bounds U V mu; IProductInvariant ISignSplit"),
        ("Sum((T * G.T) % Square(U * V.T - R))", "steps U² V²; bounds U V; IProductInvariant ISignSplit"),
        ("Sum(Observed(R) % Square(U * V.T - R)) + alpha * Sum((v - Observed(R) % v) % Square(U * V.T))", "steps U² V²; bounds U V; IProductInvariant ISignSplit"),
        ("Sum((1.0 + alpha * R) % Square(Observed(R) - U * V.T - b - d.T)) + reg * (Sum(Square(U)) + Sum(Square(V)))", "steps U² V² b² d²; bounds U V b d; IProductInvariant ISignSplit"),
        ("Sum((1.0 + alpha * Log1p(Square(R))) % Square(Observed(R) - U * V.T))", "steps U² V²; bounds U V; IProductInvariant ISignSplit"),

        // Several sparse matrices, side information, neighbours.
        ("Sum(Observed(R) % Square(U * V.T - R)) + alpha * Sum(Observed(Z) % Square(U * V.T - Z))", "steps U² V²; bounds U V; IProductInvariant ISignSplit ISampled"),
        ("Sum(Square(U * V.T - R)) + Sum(Square(U * W.T - F)) + Sum(Square(V * V.T - N))", "steps U² W²; bounds U W; ISignSplit"),
        ("Sum(Square(U * V.T - R)) + Sum(Square(U * W.T - F)) + Sum(Observed(A) % Square(U * P.T - A))", "steps U² V² P² W²; bounds U V P W; ISignSplit"),
        ("Sum(Observed(R) % Square((U + F * W) * V.T + b + d.T - R)) + reg * Sum(Square(W))", "steps U² V² b² d²; bounds U V b d W; ISignSplit"),
        ("Sum(Square(F * W * V.T - R))", "steps V²; bounds V W; IProductInvariant ISignSplit"),
        ("Sum(Square(F * W * (N * V).T - R))", "steps ; bounds V W; IProductInvariant ISignSplit"),
        ("Sum(Observed(R) % Square((U + Observed(R) * V + F * W) * V.T - R))", "steps U²; bounds U W; ISignSplit"),
        ("Sum(Observed(R) % Square((U + R * G) * V.T - R)) + reg * Trace(V.T * N * V)", "steps U²; bounds U V; ISignSplit"),

        // Ridges that differ, outer products of vectors.
        ("Sum(Observed(R) % Square(U * V.T - R)) + reg * Sum(Square(U)) + alpha * Sum(Square(V))", "steps U² V²; bounds U V; IProductInvariant ISignSplit ISampled"),
        ("Sum(Square(U * V.T - R)) + reg * (2.0 * Mean(Square(U)) + Mean(Square(V)))", "steps U² V²; bounds U V; IProductInvariant ISignSplit"),
        ("Sum(Square(U * V.T - R)) + Sum(Square(U)) - Sum(Square(V))", "steps U² V²; bounds U V; ISignSplit"),
        ("Sum(Square(U * V.T - R)) + Sum(R) * Sum(Square(U)) + reg * Sum(Square(V))", "steps U² V²; bounds U V; ISignSplit"),
        ("Sum(Square(alpha * (b * d.T) - R)) + reg * Sum(Square(b)) + Mean(Square(d))", "steps b² d²; bounds b d; IProductInvariant ISignSplit"),
        ("Sum(Square(R - b * e)) + alpha * Sum(Square(b * e)) + reg * (Sum(Square(b)) + 2.0 * Sum(Square(e)))", "steps b² e²; bounds b e; IProductInvariant ISignSplit"),
        ("Sum(Observed(R) % Softplus(b * d.T - R)) + Sum(Square(b)) + Sum(Abs(d))", "steps b d; bounds b; ISignSplit ISampled"),
        ("Sum(Observed(R) % Square(b * d.T + b - R))", "steps b² d²; bounds b d; ISignSplit ISampled"),

        // Time, three factors, symmetric ones.
        ("Sum(Exp(-alpha * Z) % Observed(Z) % Square(U * V.T - R))", "steps U² V²; bounds U V; IProductInvariant ISignSplit ISampled"),
        ("Sum(Observed(R) % Square(U * V.T + mu * Z + b - R))", "steps U² V² b² mu²; bounds U V b mu; IProductInvariant ISignSplit ISampled"),
        ("Sum(Observed(R) % Square(U * C * V.T - R)) + reg * Sum(Square(C))", "steps U² V²; bounds U V C; IProductInvariant IAxisInvariant ISignSplit ISampled"),
        ("Sum(Square(U * C * V.T - R)) + reg * (Sum(Square(U)) + Sum(Square(C)) + Sum(Square(V)))", "steps U² V²; bounds U V C; IProductInvariant IAxisInvariant ISignSplit"),
        ("Sum(Observed(A) % Square(U * U.T - A))", "steps ; bounds ; ISignSplit ISampled"),
        ("Sum(Square(U * P.T - A)) + Sum(Square(U - P))", "steps U² P²; bounds U P; ISignSplit"),
        ("Sum(Observed(A) % Square(U * C * U.T - A))", "steps ; bounds C; ISignSplit ISampled"),

        // Divergences, counts, robust and binary errors.
        ("Sum(Exp(U) * Exp(V).T) - Sum(R % Log(Exp(U) * Exp(V).T)) + reg * Sum(Square(U))", "steps ; bounds ; ISignSplit"),
        ("Sum(Square(U) * Square(V).T) - Sum(Square(R) % Log(0.1 + Square(U) * Square(V).T))", "steps ; bounds ; IAxisInvariant ISignSplit"),
        ("Sum(Observed(R) % (Square(R) / (1.0 + Square(U * V.T)) + Log(1.0 + Square(U * V.T))))", "steps U V; bounds U V; IProductInvariant ISignSplit ISampled"),
        ("Sum(Observed(R) % (Exp(0.5 * U * V.T) / 0.5 + Square(R) % Exp(-0.5 * U * V.T) / 0.5))", "steps U V; bounds ; IProductInvariant ISignSplit ISampled"),
        ("Sum(Observed(R) % (Exp(U * V.T + b + d.T) - R % (U * V.T + b + d.T))) + reg * (Sum(Square(U)) + Sum(Square(V)))", "steps U V b d; bounds ; IProductInvariant ISignSplit ISampled"),
        ("Sum(Observed(R) % (Softplus(U * V.T + d.T) - R % (U * V.T + d.T))) + reg * (Sum(Square(U)) + Sum(Square(V)))", "steps U V d; bounds U V d; IProductInvariant ISignSplit ISampled"),
        ("Sum(Observed(R) % PseudoHuber(U * V.T - R, 0.5)) + Sum(Observed(Z) % LogCosh(U * V.T - Z))", "steps U V; bounds U V; IProductInvariant ISignSplit ISampled"),
        ("Sum(Observed(R) % Sqrt(0.01 + Square(U * V.T - R)))", "steps U V; bounds U V; IProductInvariant ISignSplit ISampled"),
        ("Sum(Observed(R) % Pow(U * V.T - R, 4))", "steps U V; bounds ; IProductInvariant ISignSplit ISampled"),

        // Sums over the features, of which each row's system has the same number everywhere.
        ("0.5 * Sum(Observed(R) % Square(U * V.T - R)) + 3.0 * Sum(Square(RowSums(U) - 1.0))", "steps U² V²; bounds U V; ISignSplit"),
        ("Sum(Square(U * V.T - R)) + 2.0 * Sum(U.T * U)", "steps U² V²; bounds U V; ISignSplit"),
        ("Sum(Observed(R) % Square(U * V.T - R)) + 5.0 * Sum((U * g) % RowSums(U)) + 9.0 * Sum(Square(U))", "steps U² V²; bounds U V; ISignSplit"),

        // Triples, products of three, distances.
        ("Sum(Softplus(RowDots(U[l], V[j]) - RowDots(P[i], V[j]) + d[j] - b[i]))", "steps U V P b d; bounds U V P b d; ISignSplit ISampled"),
        ("Sum(Softplus(RowDots(U[i], V[j]) - RowDots(U[l], V[j]))) + reg * (Sum(Square(U)) + Sum(Square(V)))", "steps V; bounds U V; IProductInvariant ISignSplit ISampled"),
        ("Sum(Square(RowSums(U[i] % V[j] % P[l]) - w[i])) + reg * (Sum(Square(U)) + Sum(Square(V)) + Sum(Square(P)))", "steps U² V² P²; bounds U V P; IAxisInvariant ISignSplit ISampled"),
        ("Sum(Observed(R) % Square(U * Diag(c) * V.T + b - R)) + reg * Sum(Square(c))", "steps U² V² b²; bounds U V b; IAxisInvariant ISignSplit ISampled"),
        ("Sum(Softplus(RowSums(U[i] % V[j] % (U[i] - c.T))))", "steps V c; bounds V c; ISignSplit ISampled"),
        ("Sum(Square(RowSums(U[i] % V[j]) + b[i] + d[j] + mu))", "steps U² V² b² d² mu²; bounds U V b d mu; IProductInvariant ISignSplit ISampled"),
        ("Sum(Observed(R) % Square(RowSums(Square(U)) + RowSums(Square(V)).T - 2.0 * U * V.T - R))", "steps ; bounds ; ISignSplit ISampled"),

        // Several structures in one loss.
        ("Sum(Square(U * V.T + P * G.T + b + d.T - FillMissing(R, RowMeans(R))))", "steps U² V² P² b² d²; bounds U V P b d; IProductInvariant ISignSplit"),
        ("Sum(Observed(R) % (Exp(mu) % Square(U * V.T - R) - mu))", "steps U² V² mu; bounds U V; IProductInvariant ISignSplit ISampled"),
        ("Sum(Z % (Exp(U * V.T + b) - R % (U * V.T + b)))", "steps U V b; bounds ; IProductInvariant ISignSplit ISampled"),
        ("Sum(Observed(R) % Square(U * V.T - R)) + alpha * Sum(Square(U - F * W)) + reg * Sum(Square(W))", "steps U² V²; bounds U V W; ISignSplit"),
        ("Sum(Square(R * V - U * C)) + Sum(Observed(R) % Square(U * V.T - R))", "steps U²; bounds U V C; ISignSplit"),
        ("Sum(Square(U * C * V.T + b - R)) + Sum(Square(U * W.T - F))", "steps U² V² b² W²; bounds U V C b W; IProductInvariant ISignSplit"),
        ("Sum(Square((U + F * W) * (V + N * V).T - R))", "steps U²; bounds U V W; ISignSplit"),
        ("Sum(Observed(R) % Square(b % (U * V.T) % d.T - R)) + reg * Sum(Square(b))", "steps U² V² b² d²; bounds U V b d; IProductInvariant IAxisInvariant ISignSplit ISampled"),
        ("Sum(Square(Diag(w) * U * Diag(c) * V.T * Diag(v.T) - R))", "steps U² V² c²; bounds U V c; IAxisInvariant ISignSplit"),
        ("Sum(Observed(R) % Square((U % T) * V.T - R))", "steps V²; bounds U V; IAxisInvariant ISignSplit ISampled"),
        ("Sum(Observed(R) % Square(T * C * G.T + U * V.T - R))", "steps U² V²; bounds U V C; IProductInvariant ISignSplit ISampled"),
        ("Sum(Softplus(RowSums(U[i] % (V[j] % c.T))))", "steps U V c; bounds U V c; IAxisInvariant ISignSplit ISampled"),

        // Samples that read each other's rows.
        ("Sum(Square(RowDots(U[i], V[j]) - Mean(RowDots(U[i], V[j]))))", "steps ; bounds ; IProductInvariant ISignSplit"),
        ("Sum(Exp(RowDots(U[i], V[j]) - Mean(RowDots(U[i], V[j]))))", "steps ; bounds ; IProductInvariant ISignSplit"),
        ("Sum(Square(b[i] - Mean(b[i])))", "steps ; bounds b; ISignSplit"),
        ("Sum(Square(Exp(b[i]) - Mean(Exp(b[i]))))", "steps ; bounds ; ISignSplit"),
    ];

    /// <summary>Which need all pairs, and are streamed.</summary>
    private static readonly (string Loss, string Claims)[] Streamed =
    [
        ("Sum(Softplus(U * V.T)) - Sum(R % (U * V.T))", "steps U V; bounds U V; IProductInvariant ISignSplit"),
        ("Sum((1.0 + alpha * Square(R)) % Softplus(U * V.T + b + d.T) - R % (U * V.T)) + reg * (Sum(Square(U)) + Sum(Square(V)))", "steps U V b d; bounds U V b d; IProductInvariant ISignSplit"),
        ("Sum(Softplus(U * V.T - R)) + Sum(Square(U))", "steps U V; bounds U V; IProductInvariant ISignSplit"),
        ("Sum(w % LogCosh(U * V.T - R)) + reg * Sum(Square(V))", "steps U V; bounds U V; IProductInvariant ISignSplit"),
        ("Sum(Exp(U * V.T)) - Sum(R % (U * V.T))", "steps U V; bounds ; IProductInvariant ISignSplit"),
        ("Sum(RowLogSumExp(U * V.T)) - Sum(R % (U * V.T))", "steps U; bounds ; ISignSplit"),
        ("Sum(RowLogSumExp(U[i] * V[j].T)) - Trace(U[i] * V[j].T)", "steps ; bounds ; ISignSplit"),
        ("Sum(RowLogSumExp(U[i] * U[i].T))", "steps ; bounds ; ISignSplit"),
        ("Sum(Square(RowSums(Exp((U[i] - V[j]) * V[j].T))))", "steps ; bounds ; ISignSplit"),
    ];

    private static readonly string[] Interfaces = ["IProductInvariant", "IAxisInvariant", "ISignSplit", "ISampled"];

    /// <summary>Weights of more than one feature cannot be taken apart: they are evaluated for each pair.</summary>
    private const string WeightedByFeatures = "Sum((T * G.T) % Square(U * V.T - R))";

    [Fact]
    public void Claims_beside_sparse_data_hold_and_are_these_and_need_no_pairs() =>
        FoundProgramTests.RequireNoPairs(RequireClaims(BesideSparseData).Where(loss => !loss.Source.Contains(WeightedByFeatures, StringComparison.Ordinal)));

    [Fact]
    public void Claims_of_losses_over_all_pairs_hold_and_are_these_and_keep_none() =>
        Assert.All(RequireClaims(Streamed), loss => Assert.DoesNotMatch(KeptPairs(), loss.Generated));

    private static List<(string Source, Verdict Verdict, string Generated)> RequireClaims((string Loss, string Claims)[] losses)
    {
        var found = losses.Chunk(AtOnce).AsParallel().AsOrdered().SelectMany(some => FoundProgramTests.Check([.. some.Select(l => l.Loss)], withCapabilities: true)).ToList();
        Assert.Empty(found.Where(f => f.Verdict.Failure is not null).Select(f => (f.Source, f.Verdict.Failure)));
        var other = losses.Zip(found, (l, f) => (l.Loss, Said: l.Claims, Claims: Claims(f.Generated))).Where(l => l.Said != l.Claims);
        Assert.True(!other.Any(), string.Join("\n", other.Select(l => $"{l.Loss} claims \"{l.Claims}\"")));
        return found;
    }

    private static string Claims(string generated)
    {
        var factors = Factor().Matches(generated).Select(m => m.Groups["factor"].Value).ToList();
        var steps = Block().Matches(generated).Zip(factors).Where(b => b.First.Groups["systems"].Value != "None")
            .Select(b => b.Second + (b.First.Groups["quadratic"].Value == "true" ? "²" : ""));
        var bounds = Bound().Matches(generated).Select(m => m.Groups["factor"].Value);
        var rest = Interfaces.Where(name => generated.Contains(name + "<TElement>", StringComparison.Ordinal));
        return $"steps {string.Join(" ", steps)}; bounds {string.Join(" ", bounds)}; {string.Join(" ", rest)}";
    }

    [GeneratedRegex(@"^//   in (?<factor>\S+) ", RegexOptions.Multiline)]
    private static partial Regex Factor();

    [GeneratedRegex(@"new\(IsQuadratic: (?<quadratic>\w+), BlockSystems\.(?<systems>\w+)\)")]
    private static partial Regex Block();

    [GeneratedRegex(@"^//   memory .*\bm n\b", RegexOptions.Multiline)]
    private static partial Regex KeptPairs();

    [GeneratedRegex(@"^//   curvature bound in (?<factor>\w+):", RegexOptions.Multiline)]
    private static partial Regex Bound();
}
