using AutoGradMf.Objectives;
using Xunit;
using static AutoGradMf.LossMath;

namespace AutoGradMf.Gradients.Tests;

/// <summary>Functions of the score of one item that an index chooses of all: they are those of the chosen rows, and cost as much.</summary>
public static partial class ChosenScoreTests
{
    [Loss]
    internal static double Exponential([Factor] Matrix<double> U, [Factor] Matrix<double> V, IndexVector i, IndexVector j) =>
        Sum(OneHot<double>(j, V.Rows) % Exp(U[i] * V.T));

    [Loss]
    internal static double ExponentialOfRows([Factor] Matrix<double> U, [Factor] Matrix<double> V, IndexVector i, IndexVector j) => Sum(Exp(RowDots(U[i], V[j])));

    [Loss]
    internal static double SquaredError([Factor] Matrix<double> U, [Factor] Matrix<double> V, IndexVector i, IndexVector j) =>
        Sum(OneHot<double>(j, V.Rows) % Square(U[i] * V.T - 1));

    [Loss]
    internal static double SquaredErrorOfRows([Factor] Matrix<double> U, [Factor] Matrix<double> V, IndexVector i, IndexVector j) => Sum(Square(RowDots(U[i], V[j]) - 1));

    [Loss]
    internal static double WeightedSoftplus([Factor] Matrix<double> U, [Factor] Matrix<double> V, [Factor] ColumnVector<double> d, IndexVector i, IndexVector j, ColumnVector<double> w) =>
        Sum(w % RowSums(OneHot<double>(j, V.Rows) % Softplus(U[i] * V.T + d.T)));

    [Loss]
    internal static double WeightedSoftplusOfRows(
        [Factor] Matrix<double> U, [Factor] Matrix<double> V, [Factor] ColumnVector<double> d, IndexVector i, IndexVector j, ColumnVector<double> w) =>
        Sum(w % Softplus(RowDots(U[i], V[j]) + d[j]));

    private static readonly IndexVector Users = new([0, 2, 1, 2, 0]);
    private static readonly IndexVector Items = new([3, 1, 1, 0, 2]);

    [Fact]
    public static void An_exponential() => RequireSame(new ExponentialObjective<double>(Users, Items, 3, 4, 2), new ExponentialOfRowsObjective<double>(Users, Items, 3, 4, 2));

    [Fact]
    public static void A_squared_error() => RequireSame(new SquaredErrorObjective<double>(Users, Items, 3, 4, 2), new SquaredErrorOfRowsObjective<double>(Users, Items, 3, 4, 2));

    [Fact]
    public static void A_weighted_softplus_with_biases()
    {
        var weights = new ColumnVector<double>([1, -0.5, 2, 0.25, 3]);
        RequireSame(new WeightedSoftplusObjective<double>(Users, Items, weights, 3, 4, 2), new WeightedSoftplusOfRowsObjective<double>(Users, Items, weights, 3, 4, 4, 2));
    }

    private static void RequireSame(IObjective<double> chosen, IObjective<double> ofRows)
    {
        var point = Parameters<double>.Normal(chosen.Layout, 1, seed: 7);
        var (gradient, expected) = (new Parameters<double>(chosen.Layout), new Parameters<double>(chosen.Layout));
        Assert.Equal(ofRows.ValueAndGradient(point, expected, ofRows.CreateWorkspace()), chosen.ValueAndGradient(point, gradient, chosen.CreateWorkspace()), 1e-12);
        Assert.Equal(chosen.Reference(point), chosen.Value(point, chosen.CreateWorkspace()), 1e-12);
        for (var p = 0; p < chosen.Layout.Count; p++)
        {
            Assert.Equal(expected.Values[p], gradient.Values[p], 1e-12);
        }
    }
}
