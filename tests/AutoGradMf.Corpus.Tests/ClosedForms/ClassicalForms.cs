using AutoGradMf.TestLosses;
using static AutoGradMf.LossMath;

namespace AutoGradMf.Corpus.Tests;

internal static partial class ClosedForms
{
    private static Dictionary<string, Func<CorpusCase, ValueAndGradient>> ClassicalForms() => new()
    {
        ["G1"] = at => Linear(at, (z, y) => Softplus(-y * z), (z, y) => -y * Sigmoid(-y * z)),
        ["G2"] = at => Linear(at, (z, y) => (z - y) * (z - y), (z, y) => 2 * (z - y)),
        ["G3"] = QuadraticForm,
        ["G5"] = InverseDeterminant,
        ["G6"] = at => Linear(at, (z, y) => Math.Abs(z - y), (z, y) => Math.Sign(z - y)),
    };

    /// <summary>Σ ℓ(z; y), z = Aw: Aᵀ ℓ′(z; y).</summary>
    private static ValueAndGradient Linear(CorpusCase at, Func<double, double, double> loss, Func<double, double, double> slope)
    {
        var (A, w, y) = (at.Matrix("A"), at.Column("w"), at["y"].Numbers);
        var z = (A * w).Span.ToArray();
        var g = new ColumnVector<double>([.. z.Zip(y, slope)]);
        return Result(z.Zip(y, loss).Sum(), ("w", (A.T * g).View));
    }

    private static ValueAndGradient QuadraticForm(CorpusCase at)
    {
        var (A, w) = (at.Matrix("A"), at.Column("w"));
        return Result(w.T * (A * w) / 2, ("w", (0.5 * ((A + A.T) * w)).View));
    }

    /// <summary>ln det Z⁻¹ = −ln det Z, and −Z⁻ᵀ.</summary>
    private static ValueAndGradient InverseDeterminant(CorpusCase at)
    {
        var Z = Dense(at.Matrix("Z"));
        return new(-Math.Log(Z.Determinant()), new Dictionary<string, double[]> { ["Z"] = (-Z.Inverse().Transpose()).ToRowMajorArray() });
    }
}
