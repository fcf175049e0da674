using System.Numerics;
using AutoGradMf.Initialization;
using AutoGradMf.Kernels;
using AutoGradMf.Models;
using AutoGradMf.Objectives;
using AutoGradMf.Optimizers;
using AutoGradMf.Training;
using Xunit;
using static AutoGradMf.LossMath;

namespace AutoGradMf.Corpus.Tests;

/// <summary>Alternating Newton where elements are almost at bounds that Newton steps of their rows would take them across.</summary>
public class NearBoundsTests
{
    /// <summary>What is left of the norm of the projected gradient, as the contract of deterministic methods has it.</summary>
    private const double Share = 1e-5;

    /// <summary>Values that are the least but for rounding leave factors by √ε from it: 1.5e-8 in double and 3.5e-4 in float.</summary>
    private const double FactorRounding = 2;

    private static readonly Matrix<double> Correlated = new(new[,] { { 1, 0 }, { 0.9, Math.Sqrt(1 - 0.81) } });

    /// <summary>How far the first element is from its bound.</summary>
    public static TheoryData<double> Distances => [0, 1e-300, 1e-100, 1e-30, 1e-20, 1e-16, 1e-14, 1e-12, 1e-9, 1e-6, 1e-4, 1e-3, 0.1];

    /// <summary>Without bounds the minimum is (−5, 4.7), to which a Newton step leads; within, it is (0, 0.2).</summary>
    [Theory]
    [MemberData(nameof(Distances))]
    public void One_row_comes_to_its_minimum(double distance)
    {
        RequireMinimum(new NearBounds.RowsTrainer<double>(Correlated, Target()), distance, [0, 0.2]);
        RequireMinimum(new NearBounds.RowsTrainer<float>(Correlated.Cast<float>(), Target().Cast<float>()), distance, [0, 0.2]);
    }

    /// <summary>The slope of the absolute values is 0.05 as long as they are not negative.</summary>
    [Theory]
    [MemberData(nameof(Distances))]
    public void So_does_one_with_absolute_values(double distance) =>
        RequireMinimum(new NearBounds.LassoTrainer<double>(Correlated, Target()), distance, [0, 0.15], new AlternatingNewton<double>());

    /// <summary>The same below an upper bound, of factors and data of the other sign.</summary>
    [Theory]
    [MemberData(nameof(Distances))]
    public void So_does_one_below_an_upper_bound(double distance) =>
        RequireMinimum(new NearBounds.BelowTrainer<double>(Correlated, -1 * Target()), -distance, [0, -0.2]);

    /// <summary>Of bounds that are not zero, the nearest number is 1e-16 away.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1e-16)]
    [InlineData(1e-15)]
    [InlineData(1e-12)]
    [InlineData(1e-6)]
    public void So_does_one_in_a_box(double distance)
    {
        var shift = new Matrix<double>(new[,] { { -0.5, 0.0 } });
        RequireMinimum(new NearBounds.BoxTrainer<double>(Correlated, Target() + shift * Correlated), distance - 0.5, [-0.5, 0.2]);
    }

    /// <summary>All columns have one system, and all values one length.</summary>
    [Theory]
    [MemberData(nameof(Distances))]
    public void So_do_columns_of_one_system(double distance)
    {
        var curvature = new Matrix<double>(new[,] { { 1, 0.9 }, { 0.9, 1 } });
        var target = curvature * new Matrix<double>(new[,] { { -5.0 }, { 4.7 } });
        RequireMinimum(new NearBounds.ColumnsTrainer<double>(curvature, target), distance, [0, 0.2], new AlternatingNewton<double>());
    }

    /// <summary>Multiplicative updates bring elements as near to zero as they like, and never there.</summary>
    [Theory]
    [InlineData(20)]
    [InlineData(100)]
    [InlineData(400)]
    public void Rows_go_on_where_multiplicative_updates_ended(int updates)
    {
        Require(new NearBounds.SymmetricObjective<double>(Similarities(), 0.01, rank: 3));
        Require(new Bounded.NonNegativeObjective<double>(SmallRatings.Create(), 0.1, rank: 3));

        void Require(IObjective<double> objective)
        {
            var random = Parameters<double>.Uniform(objective.Layout, 0.01, 1, seed: 3);
            var start = new MultiplicativeUpdates<double>().Minimize(objective, random, Tight(updates)).Parameters;
            var result = new AlternatingNewton<double>().Minimize(objective, start, Tight(5000));
            var first = new AlternatingNewton<double>().Begin(objective, random, Workers.Shared).GradientNorm;
            Assert.InRange(result.GradientNorm, 0, Share * first);
        }
    }

    private static StoppingCriteria Tight(int iterations) =>
        new() { MaxIterations = iterations, RelativeObjectiveTolerance = 0, GradientTolerance = 0 };

    private static Matrix<double> Target() => new Matrix<double>(new[,] { { -5, 4.7 } }) * Correlated;

    /// <summary>Of 40 items, with features of which most are zero.</summary>
    private static SparseMatrix<double> Similarities()
    {
        var random = new Random(1);
        double[] Features() => [.. Enumerable.Range(0, 3).Select(_ => Math.Max(0, random.NextDouble() - 0.6))];
        var features = Enumerable.Range(0, 40).Select(_ => Features()).ToArray();
        return SparseMatrix<double>.FromCoordinates(40, 40, (
            from i in Enumerable.Range(0, 40)
            from j in Enumerable.Range(0, 40)
            where random.Next(3) == 0
            select (i, j, features[i].Zip(features[j], (x, y) => x * y).Sum() + (0.1 * random.NextDouble()))).ToArray());
    }

    private static void RequireMinimum<TElement, TModel>(
        Trainer<TElement, TModel> trainer, double first, double[] expected, IOptimizer<TElement>? optimizer = null)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
        where TModel : Model<TElement>
    {
        var start = new Parameters<TElement>(trainer.Objective.Layout);
        start.Values[0] = TElement.CreateChecked(first);
        start.Values[1] = TElement.CreateChecked(Math.Sign(expected[1]));

        var result = trainer.Fit(new() { Optimizer = optimizer, Initialization = new WarmStart<TElement>(start) });

        var tolerance = FactorRounding * Math.Sqrt(double.CreateChecked(TElement.BitIncrement(TElement.One) - TElement.One));
        Assert.Equal(new AlternatingNewton<TElement>().Name, result.Optimizer);
        Assert.All(result.Model.Parameters.Values.ToArray(), (x, p) => Assert.Equal(expected[p], double.CreateChecked(x), tolerance));
        Assert.Equal(expected[0], double.CreateChecked(result.Model.Parameters.Values[0]));
    }
}

/// <summary>Least squares within bounds; internal, and so in no other table.</summary>
internal static partial class NearBounds
{
    [Loss]
    internal static double Rows(
        [Factor(Min = 0)] Matrix<double> U, [Shape("k", "n")] Matrix<double> A, [Shape("m", "n")] Matrix<double> Y) =>
        0.5 * Sum(Square(U * A - Y));

    [Loss]
    internal static double Lasso(
        [Factor(Min = 0)] Matrix<double> U, [Shape("k", "n")] Matrix<double> A, [Shape("m", "n")] Matrix<double> Y) =>
        0.5 * Sum(Square(U * A - Y)) + 0.05 * Norm1(U);

    [Loss]
    internal static double Below(
        [Factor(Max = 0)] Matrix<double> U, [Shape("k", "n")] Matrix<double> A, [Shape("m", "n")] Matrix<double> Y) =>
        0.5 * Sum(Square(U * A - Y));

    [Loss]
    internal static double Box(
        [Factor(Min = -0.5, Max = 3)] Matrix<double> U, [Shape("k", "n")] Matrix<double> A, [Shape("m", "n")] Matrix<double> Y) =>
        0.5 * Sum(Square(U * A - Y));

    /// <summary>Every column of U has the system Q.</summary>
    [Loss]
    internal static double Columns(
        [Factor(Min = 0)] Matrix<double> U, [Shape("m", "m")] Matrix<double> Q, [Shape("m", "k")] Matrix<double> Y) =>
        0.5 * Dot(U, Q * U) - Dot(U, Y);

    [Loss]
    internal static double Symmetric([Factor(Min = 0)] Matrix<double> U, [Shape("m", "m")] SparseMatrix<double> S, double reg) =>
        Sum(Square(U * U.T - S)) + reg * Sum(Square(U));
}
