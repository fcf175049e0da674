using AutoGradMf.TestLosses;
using static AutoGradMf.LossMath;

namespace AutoGradMf.Corpus.Tests;

internal static partial class ClosedForms
{
    private static Dictionary<string, Func<CorpusCase, ValueAndGradient>> CategoricalErrors() => new()
    {
        ["C1"] = at => Elementwise(at, (x, r) => Softplus(x) - r * x, (x, r) => Sigmoid(x) - r),
        ["C2"] = WeightedLogistic,
        ["C3"] = at => Elementwise(at, (x, r) => Softplus(-r * x), (x, r) => -r * Sigmoid(-r * x)),
        ["C4"] = at => Elementwise(at, (x, r) => Math.Max(0, 1 - r * x), (x, r) => r * x < 1 ? -r : 0),
        ["C8"] = Softmax,
    };

    private static ValueAndGradient WeightedLogistic(CorpusCase at)
    {
        var (U, V, R, alpha) = (at.Matrix("U"), at.Matrix("V"), at.Sparse("R"), at.Number("alpha"));
        var X = U * V.T;
        var G = new Matrix<double>(X.Rows, X.Columns);
        var value = 0.0;
        for (var i = 0; i < X.Rows; i++)
        {
            for (var j = 0; j < X.Columns; j++)
            {
                var (x, r) = (X[i, j], R[i, j]);
                value += (1 + alpha * r) * Softplus(x) - alpha * r * x;
                G[i, j] = (1 + alpha * r) * Sigmoid(x) - alpha * r;
            }
        }

        return Result(value, ("U", (G * V).View), ("V", (G.T * U).View));
    }

    /// <summary>Shifted by each row's largest score, which changes nothing but the size of the exponentials.</summary>
    private static ValueAndGradient Softmax(CorpusCase at)
    {
        var (U, V, T) = (at.Matrix("U"), at.Matrix("V"), at.Sparse("T"));
        var X = U * V.T;
        var G = new Matrix<double>(X.Rows, X.Columns);
        var value = 0.0;
        for (var i = 0; i < X.Rows; i++)
        {
            var scores = Enumerable.Range(0, X.Columns).Select(j => X[i, j]).ToArray();
            var exponentials = scores.Select(x => Math.Exp(x - scores.Max())).ToArray();
            value += scores.Max() + Math.Log(exponentials.Sum());
            for (var j = 0; j < X.Columns; j++)
            {
                value -= T[i, j] * X[i, j];
                G[i, j] = exponentials[j] / exponentials.Sum() - T[i, j];
            }
        }

        return Result(value, ("U", (G * V).View), ("V", (G.T * U).View));
    }
}
