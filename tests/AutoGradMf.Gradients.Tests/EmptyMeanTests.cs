using AutoGradMf.Objectives;
using Xunit;
using static AutoGradMf.LossMath;

namespace AutoGradMf.Gradients.Tests;

/// <summary>The mean of nothing is 0, in generated code as in the method itself: what a loss adds to it is still to be trained.</summary>
public class EmptyMeanTests
{
    private static readonly IndexVector Nothing = new([]);
    private static readonly Matrix<double> U = Factor(2), V = Factor(3), None = new(0, 2, []);

    [Fact]
    public void Of_triples_of_which_there_are_none() => RequireValue(
        new EmptyMeanLosses.PreferencesObjective<double>(Nothing, Nothing, Nothing, rowsOfU: 2, rowsOfV: 3, rank: 2),
        EmptyMeanLosses.Preferences(U, V, Nothing, Nothing, Nothing));

    [Fact]
    public void Of_ratings_without_users() => RequireValue(
        new EmptyMeanLosses.RatingsObjective<double>(SparseMatrix<double>.FromCoordinates(0, 3, []), rank: 2),
        EmptyMeanLosses.Ratings(None, V, SparseMatrix<double>.FromCoordinates(0, 3, [])));

    [Fact]
    public void Of_columns_and_rows_without_elements() => RequireValue(
        new EmptyMeanLosses.CentresObjective<double>(new(0, 3, []), rank: 2),
        EmptyMeanLosses.Centres(None, V, new(0, 3, [])));

    /// <summary>Numbers that all have no share in the mean of nothing.</summary>
    [Fact]
    public void Of_what_is_the_same_everywhere() => RequireValue(
        new EmptyMeanLosses.ShiftedObjective<double>(Nothing, rowsOfU: 2, rank: 2), EmptyMeanLosses.Shifted(U, 0.5, Nothing));

    [Fact]
    public void Training_goes_on_with_the_rest()
    {
        var trainer = new EmptyMeanLosses.PreferencesTrainer<double>(Nothing, Nothing, Nothing, rowsOfU: 2, rowsOfV: 3, rank: 2);
        Assert.InRange(trainer.Fit().Objective, 0, 1e-6);
        Assert.InRange(trainer.Fit(new() { Optimizer = new Optimizers.StochasticGradient<double>() }).Objective, 0, 1e-6);
    }

    private static Matrix<double> Factor(int rows) => new(rows, 2, Numbers(rows));

    private static double[] Numbers(int rows) => [.. Enumerable.Range(0, 2 * rows).Select(i => 0.3 + (0.1 * i))];

    private static void RequireValue(IObjective<double> objective, double expected)
    {
        var (at, gradient) = (new Parameters<double>(objective.Layout), new Parameters<double>(objective.Layout));
        foreach (var (factor, shape) in objective.Layout.Factors.Index())
        {
            double[] values = shape.Name == "mu" ? [0.5] : Numbers(shape.Rows);
            values.CopyTo(at[factor].Span);
        }

        Assert.True(double.IsFinite(expected));
        Assert.Equal(expected, objective.Value(at, objective.CreateWorkspace()), 1e-15);
        Assert.Equal(expected, objective.ValueAndGradient(at, gradient, objective.CreateWorkspace()), 1e-15);
        Assert.All(GradientCheck.Directions(objective, at), check => Assert.InRange(check.LargestRelativeError, 0, 1e-7));
        Assert.Contains(gradient.Values.ToArray(), number => number != 0);
    }
}

internal static partial class EmptyMeanLosses
{
    [Loss]
    internal static double Preferences([Factor] Matrix<double> U, [Factor] Matrix<double> V, IndexVector i, IndexVector j, IndexVector l) =>
        -Mean(LogSigmoid(RowDots(U[i], V[j] - V[l]))) + 0.1 * (Sum(Square(U)) + Sum(Square(V)));

    [Loss]
    internal static double Ratings([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R) =>
        Mean(Observed(R) % Square(U * V.T - R)) + 0.1 * (Sum(Square(U)) + Sum(Square(V)));

    [Loss]
    internal static double Centres([Factor] Matrix<double> U, [Factor] Matrix<double> V, Matrix<double> X) =>
        Sum(Square(ColumnMeans(U) - 1)) + Mean(Square(U * V.T - X)) + Sum(Square(RowMeans(V * U.T))) + 0.1 * Sum(Square(V));

    [Loss]
    internal static double Shifted([Factor] Matrix<double> U, [Factor] double mu, IndexVector i) =>
        Mean(RowSums(U[i]) + mu) + Sum(Square(U)) + mu * mu;
}
