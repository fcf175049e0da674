using AutoGradMf.Objectives;
using Xunit;
using static AutoGradMf.LossMath;

namespace AutoGradMf.Gradients.Tests;

/// <summary>Powers and products of constants that leave the range of numbers, where what they are multiplied with brings them back.</summary>
public static partial class FoldedConstantTests
{
#pragma warning disable AGMF0022 // The factors are double.
    [Loss]
    internal static double SquareOfTiny([Factor] Matrix<double> U) => Sum(Square(1e-160 * U));

    [Loss]
    internal static double SquareOfHuge([Factor] Matrix<double> U) => Sum(Square(1e200 * U));

    [Loss]
    internal static double CubeOfSubnormal([Factor] Matrix<double> U) => Sum(Pow(1e-105 * U, 3));

    [Loss]
    internal static double ReciprocalSquare([Factor] Matrix<double> U) => Sum(1 / Square(1e160 * U));

    [Loss]
    internal static double ScaledTwice([Factor] Matrix<double> U) => Sum(1e-200 * (U % (1e-200 * U)));

    [Loss]
    internal static double ScaledByBoth([Factor] Matrix<double> U) => 1e200 * Sum(Square(1e-200 * U));
#pragma warning restore AGMF0022

    [Theory]
    [InlineData(1e300, 1e280, 2e-20)]
    [InlineData(1e160, 1, 2e-160)]
    public static void A_square_that_vanishes(double at, double value, double derivative) =>
        Check(new SquareOfTinyObjective<double>(1, 1), at, value, derivative);

    [Theory]
    [InlineData(1e-160, 1e80, 2e240)]
    [InlineData(-1e-220, 1e-40, -2e180)]
    public static void A_square_that_overflows(double at, double value, double derivative) =>
        Check(new SquareOfHugeObjective<double>(1, 1), at, value, derivative);

    [Theory]
    [InlineData(1e130, 1e75, 3e-55)]
    public static void A_cube_below_the_normal_numbers(double at, double value, double derivative) =>
        Check(new CubeOfSubnormalObjective<double>(1, 1), at, value, derivative);

    [Theory]
    [InlineData(1e-150, 1e-20, -2e130)]
    public static void A_reciprocal(double at, double value, double derivative) =>
        Check(new ReciprocalSquareObjective<double>(1, 1), at, value, derivative);

    [Theory]
    [InlineData(1e150, 1e-100, 2e-250)]
    public static void A_number_times_a_multiple(double at, double value, double derivative) =>
        Check(new ScaledTwiceObjective<double>(1, 1), at, value, derivative);

    [Theory]
    [InlineData(1e200, 1e200, 2)]
    [InlineData(3e150, 9e100, 6e-50)]
    public static void A_number_times_a_sum(double at, double value, double derivative) =>
        Check(new ScaledByBothObjective<double>(1, 1), at, value, derivative);

    [Fact]
    public static void A_product_of_the_Hessian()
    {
        var objective = new SquareOfHugeObjective<double>(1, 1);
        var (point, direction) = (new Parameters<double>(objective.Layout), new Parameters<double>(objective.Layout));
        var product = new Parameters<double>(objective.Layout);
        (point.Values[0], direction.Values[0]) = (1e-200, 1e-250);
        objective.HessianVectorProduct(point, direction, product, objective.CreateWorkspace());
        Assert.Equal(2e150, product.Values[0], 1e138);
    }

    private static void Check(IObjective<double> objective, double at, double value, double derivative)
    {
        var (point, gradient) = (new Parameters<double>(objective.Layout), new Parameters<double>(objective.Layout));
        point.Values[0] = at;
        Assert.Equal(value, objective.ValueAndGradient(point, gradient, objective.CreateWorkspace()), 1e-12 * value);
        Assert.Equal(derivative, gradient.Values[0], 1e-12 * Math.Abs(derivative));
    }
}
