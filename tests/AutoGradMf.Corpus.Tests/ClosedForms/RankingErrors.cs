using AutoGradMf.TestLosses;
using static AutoGradMf.LossMath;

namespace AutoGradMf.Corpus.Tests;

internal static partial class ClosedForms
{
    private static Dictionary<string, Func<CorpusCase, ValueAndGradient>> RankingErrors() => new()
    {
        ["E1"] = at => Triples(at, t => Softplus(-t), t => -Sigmoid(-t)),
        ["E2"] = at => Triples(at, t => Math.Max(0, 1 - t), t => t < 1 ? -1 : 0),
    };

    /// <summary>Σ φ(t), t = u_i·(v_j − v_l): each triple adds to three rows, also where others have been added to them.</summary>
    private static ValueAndGradient Triples(CorpusCase at, Func<double, double> loss, Func<double, double> slope)
    {
        var (U, V) = (at.Matrix("U"), at.Matrix("V"));
        var (dU, dV) = (new Matrix<double>(U.Rows, U.Columns), new Matrix<double>(V.Rows, V.Columns));
        var value = 0.0;
        foreach (var ((i, j), l) in at["i"].Indices.Zip(at["j"].Indices).Zip(at["l"].Indices))
        {
            var t = Enumerable.Range(0, U.Columns).Sum(f => U[i, f] * (V[j, f] - V[l, f]));
            value += loss(t);
            for (var f = 0; f < U.Columns; f++)
            {
                dU[i, f] += slope(t) * (V[j, f] - V[l, f]);
                dV[j, f] += slope(t) * U[i, f];
                dV[l, f] -= slope(t) * U[i, f];
            }
        }

        return Result(value, ("U", dU.View), ("V", dV.View));
    }
}
