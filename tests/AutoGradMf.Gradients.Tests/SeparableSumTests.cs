using System.Numerics;
using AutoGradMf.Objectives;
using Xunit;
using static AutoGradMf.LossMath;

namespace AutoGradMf.Gradients.Tests;

/// <summary>Exponentials of a row part and a column part, of which each may be out of range where the sum is not.</summary>
public static partial class SeparableSumTests
{
    [Loss]
    internal static double Independent([Factor] ColumnVector<double> b, [Factor] ColumnVector<double> d) => Sum(Exp(b + d.T));

    [Loss]
    internal static double IndependentReciprocals([Factor] ColumnVector<double> b, [Factor] ColumnVector<double> d) => Sum(1 / Exp(b + d.T));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(800, -800)]
    [InlineData(-800, 800)]
    [InlineData(1e5, -1e5)]
    [InlineData(-40, 60)]
    public static void Sums_are_finite_where_the_loss_is(double b, double d)
    {
        Check<double>(new IndependentObjective<double>(3, 4), b, d, 1, 1e-10);
        Check<double>(new IndependentReciprocalsObjective<double>(3, 4), -b, -d, -1, 1e-10);
        Check<float>(new IndependentObjective<float>(3, 4), b / 10, d / 10, 1, 2e-3);
        Check<float>(new IndependentReciprocalsObjective<float>(3, 4), -b / 10, -d / 10, -1, 2e-3);
    }

    /// <summary>What is far below the largest has its digits.</summary>
    [Fact]
    public static void Parts_may_be_far_from_each_other() =>
        Compare(new IndependentObjective<double>(3, 4), [-795, -801, -800, 800, 100.5, 799, 650], 1, 1e-10);

    private static void Check<TElement>(IObjective<TElement> objective, double b, double d, double sign, double tolerance)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> =>
        Compare(objective, [.. new[] { b + 0.5, b - 1, b + (0.25 * sign), d, d + 1, d - 0.5, d - (30 * sign) }.Select(TElement.CreateChecked)], sign, tolerance);

    private static void Compare<TElement>(IObjective<TElement> objective, TElement[] point, double sign, double tolerance)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var (at, gradient) = (new Parameters<TElement>(objective.Layout), new Parameters<TElement>(objective.Layout));
        point.AsSpan(0, 3).CopyTo(at[0].Span);
        point.AsSpan(3).CopyTo(at[1].Span);
        var x = Array.ConvertAll(point, double.CreateChecked);
        double Term(int i, int j) => Math.Exp(sign * (x[i] + x[3 + j]));
        var value = objective.ValueAndGradient(at, gradient, objective.CreateWorkspace());
        var expected = Enumerable.Range(0, 3).Sum(i => Enumerable.Range(0, 4).Sum(j => Term(i, j)));
        Assert.True(double.IsFinite(expected) && expected > 0);
        Assert.Equal(expected, value, expected * tolerance);
        for (var p = 0; p < point.Length; p++)
        {
            var slope = sign * (p < 3 ? Enumerable.Range(0, 4).Sum(j => Term(p, j)) : Enumerable.Range(0, 3).Sum(i => Term(i, p - 3)));
            Assert.Equal(slope, double.CreateChecked(p < 3 ? gradient[0].Span[p] : gradient[1].Span[p - 3]), Math.Abs(slope) * tolerance);
        }
    }
}
