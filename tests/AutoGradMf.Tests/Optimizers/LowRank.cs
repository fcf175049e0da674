using AutoGradMf.Kernels;
using AutoGradMf.Objectives;

namespace AutoGradMf.Tests.Optimizers;

/// <summary>Σ (u_i·v_j − r_ij)² of positive r, for methods that update one factor after another, which says when it is evaluated.</summary>
internal sealed class LowRank : ISignSplit<double>, ICurvatureBound<double>
{
    private const int Rows = 5, Columns = 4, Rank = 2;

    /// <summary>Told how many evaluations there were, each before it is done.</summary>
    public Action<int>? Evaluating { get; init; }

    public int Evaluations { get; private set; }

    public ParameterLayout Layout { get; } = new(new FactorShape("U", FactorKind.Matrix, Rows, Rank), new FactorShape("V", FactorKind.Matrix, Columns, Rank));

    public IReadOnlyList<bool> HasCurvatureBound { get; } = [true, true];

    public Workspace CreateWorkspace(Workers? workers = null) => new Empty(workers ?? Workers.Shared);

    public double Value(Parameters<double> at, Workspace workspace)
    {
        Count();
        return Reference(at);
    }

    public double ValueAndGradient(Parameters<double> at, Parameters<double> gradient, Workspace workspace)
    {
        var negative = new Parameters<double>(Layout);
        SignSplit(at, gradient, negative, workspace);
        System.Numerics.Tensors.TensorPrimitives.Subtract<double>(gradient.Values, negative.Values, gradient.Values);
        return Reference(at);
    }

    public double Reference(Parameters<double> at)
    {
        var sum = 0.0;
        for (var i = 0; i < Rows; i++)
        {
            for (var j = 0; j < Columns; j++)
            {
                var error = Product(at, i, j) - Rating(i, j);
                sum += error * error;
            }
        }

        return sum;
    }

    public void SignSplit(Parameters<double> at, Parameters<double> positive, Parameters<double> negative, Workspace workspace)
    {
        Count();
        positive.Values.Clear();
        negative.Values.Clear();
        for (var i = 0; i < Rows; i++)
        {
            for (var j = 0; j < Columns; j++)
            {
                for (var k = 0; k < Rank; k++)
                {
                    var (u, v) = (at[0][i, k], at[1][j, k]);
                    positive[0][i, k] += 2 * Product(at, i, j) * v;
                    negative[0][i, k] += 2 * Rating(i, j) * v;
                    positive[1][j, k] += 2 * Product(at, i, j) * u;
                    negative[1][j, k] += 2 * Rating(i, j) * u;
                }
            }
        }
    }

    public string? FindNegative() => null;

    /// <summary>Twice the squared norm of the other factor, which is at least that of its Gram matrix.</summary>
    public void CurvatureBound(int factor, Parameters<double> at, MatrixView<double> bounds, Workspace workspace)
    {
        Count();
        var other = at[1 - factor].Span;
        for (var row = 0; row < bounds.Rows; row++)
        {
            bounds[row, 0] = 2 * System.Numerics.Tensors.TensorPrimitives.SumOfSquares<double>(other);
        }
    }

    private void Count()
    {
        Evaluations++;
        Evaluating?.Invoke(Evaluations);
    }

    private static double Product(Parameters<double> at, int i, int j) => (at[0][i, 0] * at[1][j, 0]) + (at[0][i, 1] * at[1][j, 1]);

    private static double Rating(int i, int j) => 1 + (((7 * i) + (3 * j) + (i * j)) % 5);

    private sealed class Empty(Workers workers) : Workspace(workers);
}
