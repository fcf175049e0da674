using System.Numerics;
using AutoGradMf.Kernels;
using Xunit;

namespace AutoGradMf.Tests.Kernels;

public sealed class VectorLaneTests
{
    private static readonly double[] Arguments =
    [
        -700, -100, -87, -20, -3.5, -1, -1e-3, -1e-9, 0, 1e-9, 1e-3, 0.1, 0.5, 1, 1.0000001, 2, 3.5, 10, 20, 80, 700, 1e30,
    ];

    [Fact]
    public void Every_operation_is_that_of_a_single_number()
    {
        CheckOperations<double>();
        CheckOperations<float>();
    }

    [Fact]
    public void Exponentials_and_logarithms_are_accurate_to_a_few_units_in_the_last_place()
    {
        foreach (var x in Arguments)
        {
            AssertUlps(Math.Exp(x), Lane<double>(VectorLane<double>.Exp(x)), 2.3e-16);
            AssertUlps(Math.Log(x), Lane<double>(VectorLane<double>.Log(x)), 2.3e-16);
            AssertUlps((float)Math.Exp((float)x), Lane<float>(VectorLane<float>.Exp(x)), 1.2e-7);
            AssertUlps((float)Math.Log((float)x), Lane<float>(VectorLane<float>.Log(x)), 1.2e-7);
        }
    }

    /// <summary>1 - eˣ is a loss that is zero at a perfect fit, and no less.</summary>
    [Fact]
    public void The_exponential_of_zero_is_one()
    {
        Assert.Equal(1, Lane<double>(VectorLane<double>.Exp(0)));
        Assert.Equal(1, Lane<float>(VectorLane<float>.Exp(0)));
        Assert.Equal(1, Lane<float>(VectorLane<float>.Exp(-0.0)));
        Assert.Equal(0, Lane<double>(VectorLane<double>.Log(1)));
        Assert.Equal(0, Lane<float>(VectorLane<float>.Log(1)));
    }

    [Fact]
    public void Exponentials_of_floats_are_the_nearest_float_or_one_beside_it()
    {
        // Every 997th float, with those at which results become infinite, subnormal and zero.
        var (bits, edges) = (Enumerable.Range(0, (int)(uint.MaxValue / 997)).Select(i => BitConverter.UInt32BitsToSingle((uint)i * 997)), new[] { 88.72283f, -87.33654f, -103.97208f });
        foreach (var x in bits.Concat(edges.SelectMany(e => new[] { MathF.BitDecrement(e), e, MathF.BitIncrement(e) })))
        {
            var (found, exact) = (VectorLane<float>.Exp(x).Value[0], Math.Exp(x));
            var near = (float)exact;
            Claim.True(found.Equals(near) || (found >= MathF.BitDecrement(near) && found <= MathF.BitIncrement(near) && near is > 0 and <= float.MaxValue), $"e^{x:R} = {found:R}, not {near:R}");
        }
    }

    [Fact]
    public void Each_lane_is_mapped_by_itself()
    {
        var values = new double[VectorLane<double>.Width];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = i - 1.5;
        }

        var lane = new VectorLane<double>(new Vector<double>(values));
        for (var i = 0; i < values.Length; i++)
        {
            Assert.Equal(Math.Cbrt(values[i]), VectorLane<double>.Map(lane, Math.Cbrt).Value[i]);
            Assert.Equal(values[i] - 2, VectorLane<double>.Map(lane, 2, static (x, y) => x - y).Value[i]);
            Assert.Equal(values[i] > 0 ? 1 : 2, VectorLane<double>.IfLessOrEqual(lane, 0, 2, 1).Value[i]);
        }
    }

    [Fact]
    public void Sines_and_cosines_are_accurate_to_a_few_units_in_the_last_place()
    {
        foreach (var x in Arguments)
        {
            AssertUlps(Math.Sin(x), Lane<double>(LaneMath.Sin<VectorLane<double>>(x)), 2.3e-16);
            AssertUlps(Math.Cos(x), Lane<double>(LaneMath.Cos<VectorLane<double>>(x)), 2.3e-16);
            AssertUlps((float)Math.Sin((float)x), Lane<float>(LaneMath.Sin<VectorLane<float>>(x)), 1.2e-7);
            AssertUlps((float)Math.Cos((float)x), Lane<float>(LaneMath.Cos<VectorLane<float>>(x)), 1.2e-7);
        }
    }

    [Fact]
    public void Limits_of_exponentials_and_logarithms_are_kept()
    {
        Assert.Equal(double.PositiveInfinity, Lane<double>(VectorLane<double>.Exp(1e4)));
        Assert.Equal(0, Lane<double>(VectorLane<double>.Exp(-1e4)));
        Assert.Equal(double.NegativeInfinity, Lane<double>(VectorLane<double>.Log(0)));
        Assert.True(double.IsNaN(Lane<double>(VectorLane<double>.Log(-1))));
        Assert.True(float.IsNaN(Lane<float>(VectorLane<float>.Exp(double.NaN))));
    }

    private static void CheckOperations<TElement>()
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        foreach (var x in Arguments)
        {
            foreach (var y in Arguments)
            {
                var expected = Compute<ScalarLane<TElement>>(x, y).Select(lane => lane.Value);
                Assert.Equal(expected, Compute<VectorLane<TElement>>(x, y).Select(Lane));
            }
        }
    }

    private static TLane[] Compute<TLane>(TLane x, TLane y)
        where TLane : struct, ILane<TLane> =>
        [x + y, x - y, x * y, x / y, -x, TLane.Sqrt(x), TLane.Abs(x), TLane.IfLess(x, y, x, y), 0.1,
            TLane.IfLessOrEqual(x, y, y, x), TLane.Map(x, Math.Cbrt), TLane.Map(x, y, Math.Atan2), TLane.Map(x, y, 0.5, Math.FusedMultiplyAdd)];

    private static TElement Lane<TElement>(VectorLane<TElement> lane)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        for (var i = 1; i < VectorLane<TElement>.Width; i++)
        {
            Assert.Equal(lane.Value[0], lane.Value[i]);
        }

        return lane.Value[0];
    }

    private static void AssertUlps(double expected, double found, double epsilon)
    {
        if (double.IsFinite(expected) && expected != 0)
        {
            Claim.True(Math.Abs(expected - found) <= 4 * epsilon * Math.Abs(expected), $"Got {found:R}, not {expected:R}.");
        }
    }
}
