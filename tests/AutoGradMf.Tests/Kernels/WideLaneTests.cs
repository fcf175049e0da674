using System.Numerics;
using AutoGradMf.Kernels;
using Xunit;

namespace AutoGradMf.Tests.Kernels;

[EveryRegisterWidth]
public sealed class WideLaneTests
{
    private static readonly double[] Arguments = [-700, -87, -3.5, -1, -1e-3, 0, 1e-9, 0.1, 0.5, 1, 2, 3.5, 20, 80, 1e30];

    [Fact]
    public void Every_operation_is_that_of_a_single_number_in_each_lane()
    {
        foreach (var x in Arguments)
        {
            foreach (var y in Arguments)
            {
                Check<double>(x, y, 1e-15);
                Check<float>(x, y, 5e-7);
            }
        }
    }

    private static void Check<TElement>(double x, double y, double tolerance)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var (expected, found) = (Exact<ScalarLane<TElement>>(x, y), Exact<WideLane<TElement>>(x, y));
        for (var o = 0; o < expected.Length; o++)
        {
            for (var i = 0; i < WideLane<TElement>.Width; i++)
            {
                Assert.Equal(expected[o].Value, found[o].Value[i]);
            }
        }

        var (near, close) = (Rounded<ScalarLane<TElement>>(x), Rounded<WideLane<TElement>>(x));
        for (var o = 0; o < near.Length; o++)
        {
            for (var i = 0; i < WideLane<TElement>.Width; i++)
            {
                var (one, other) = (double.CreateChecked(near[o].Value), double.CreateChecked(close[o].Value[i]));
                Claim.True(one.Equals(other) || Math.Abs(one - other) <= tolerance * Math.Abs(one), $"Operation {o} of {x:R} is {other:R}, and should be {one:R}.");
            }
        }
    }

    private static TLane[] Exact<TLane>(TLane x, TLane y)
        where TLane : struct, ILane<TLane> =>
        [x + y, x - y, x * y, x / y, -x, TLane.Sqrt(x), TLane.Abs(x), TLane.IfLess(x, y, x, y), TLane.IfLessOrEqual(x, y, y, x), 0.1,
            TLane.Map(x, Math.Cbrt), TLane.Map(x, y, Math.Atan2), TLane.Map(x, y, 0.5, Math.FusedMultiplyAdd)];

    private static TLane[] Rounded<TLane>(TLane x)
        where TLane : struct, ILane<TLane> => [TLane.Exp(x), TLane.Log(TLane.Abs(x))];
}
