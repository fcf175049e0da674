using AutoGradMf.TestLosses;
using static System.Math;

namespace AutoGradMf.Corpus.Tests;

internal static partial class ClosedForms
{
    private static Dictionary<string, Func<CorpusCase, ValueAndGradient>> RobustErrors() => new()
    {
        ["B1"] = at => OfResidual(at, Abs, e => Sign(e)),
        ["B2"] = at => Huber(at, at.Number("delta")),
        ["B3"] = at => PseudoHuber(at, at.Number("delta")),
        ["B4"] = at => OfResidual(at, e => Abs(e) + LossMath.Log1p(Exp(-2 * Abs(e))) - Log(2), Tanh),
        ["B5"] = at => Pinball(at, at.Number("tau")),
        ["B7"] = at => Welsch(at, at.Number("delta")),
    };

    private static ValueAndGradient Huber(CorpusCase at, double delta) =>
        OfResidual(at, e => Abs(e) <= delta ? e * e / 2 : delta * (Abs(e) - delta / 2), e => Clamp(e, -delta, delta));

    private static ValueAndGradient PseudoHuber(CorpusCase at, double delta) => OfResidual(
        at, e => delta * delta * (Sqrt(1 + (e / delta) * (e / delta)) - 1), e => e / Sqrt(1 + (e / delta) * (e / delta)));

    private static ValueAndGradient Pinball(CorpusCase at, double tau) =>
        Elementwise(at, (x, r) => Max(tau * (r - x), (tau - 1) * (r - x)), (x, r) => r > x ? -tau : 1 - tau);

    private static ValueAndGradient Welsch(CorpusCase at, double delta) => OfResidual(
        at, e => -delta * delta / 2 * LossMath.Expm1(-(e / delta) * (e / delta)), e => e * Exp(-(e / delta) * (e / delta)));

    private static ValueAndGradient OfResidual(CorpusCase at, Func<double, double> loss, Func<double, double> slope) =>
        Elementwise(at, (x, r) => loss(x - r), (x, r) => slope(x - r));

    /// <summary>The master rule: Σ_Ω ℓ(x; r) has the gradients GV and GᵀU, where G is ℓ′(x; r) on Ω.</summary>
    private static ValueAndGradient Elementwise(CorpusCase at, Func<double, double, double> loss, Func<double, double, double> slope)
    {
        var (U, V, R) = (at.Matrix("U"), at.Matrix("V"), at.Sparse("R"));
        var X = U * V.T;
        var G = Entrywise(R, (i, j, r) => slope(X[i, j], r));
        return Result(Total(Entrywise(R, (i, j, r) => loss(X[i, j], r))), ("U", (G * V).View), ("V", (G.T * U).View));
    }
}
