using System.Numerics;
using System.Reflection;
using System.Runtime.Intrinsics;
using AutoGradMf.Kernels;
using Xunit;

namespace AutoGradMf.Tests.Ops;

/// <summary>Every function of lanes, found by reflection: a SIMD register gives what a single number gives.</summary>
public class LaneConformanceTests
{
    private static readonly double[] Special =
    [
        0, 1e-8, -1e-8, 0.3, -0.3, 1, -1, 2.5, -7.25, 40, -40, 709, -709, 745, -745, 1e4, -1e4, 1e-30, 1e30,
        double.PositiveInfinity, double.NegativeInfinity, double.NaN,
    ];

    public static TheoryData<string> Functions => [.. typeof(LaneMath).GetMethods(BindingFlags.Public | BindingFlags.Static).Select(m => m.Name)];

    [Theory]
    [MemberData(nameof(Functions))]
    public void A_register_of_doubles_gives_what_a_double_gives(string function) => Check<double>(function);

    [Theory]
    [MemberData(nameof(Functions))]
    public void A_register_of_floats_gives_what_a_float_gives(string function) => Check<float>(function);

    /// <summary>Against the function in double: in float nothing cancels or overflows on the way either.</summary>
    [Theory]
    [MemberData(nameof(Functions))]
    public void A_float_keeps_the_digits_of_floats(string function)
    {
        var method = typeof(LaneMath).GetMethod(function)!;
        var scalar = method.MakeGenericMethod(typeof(ScalarLane<float>));
        foreach (var point in Points(method.GetParameters().Length))
        {
            var arguments = Array.ConvertAll(point, value => (float)value);
            var exact = RuleText.Call(function, Array.ConvertAll(arguments, value => (double)value));
            if (IsOutside(function, point) || Math.Abs(exact) is > float.MaxValue or (< 1e-37 and > 0))
            {
                continue;
            }

            var found = (ScalarLane<float>)scalar.Invoke(null, [.. arguments.Select(a => (object)new ScalarLane<float>(a))])!;
            Claim.True(
                AreNear((float)exact, found.Value, function == nameof(LaneMath.WeightedSoftplus) ? 4 : Units(function)),
                $"{function}({string.Join(", ", arguments)}) is {found.Value} in float, and {exact} in double.");
        }
    }

    /// <summary>Else a result would depend on how loops are cut, and on how wide registers are before code is optimized.</summary>
    [Theory]
    [MemberData(nameof(Functions))]
    public void No_lane_depends_on_its_neighbours(string function)
    {
        CheckNeighbours(function, VectorLane<double>.Width, (double[] x) => new VectorLane<double>(new(x)), (lane, i) => lane.Value[i]);
        CheckNeighbours(function, VectorLane<float>.Width, (float[] x) => new VectorLane<float>(new(x)), (lane, i) => lane.Value[i]);
        CheckNeighbours(function, WideLane<double>.Width, (double[] x) => new WideLane<double>(Vector512.Create(x)), (lane, i) => lane.Value[i]);
        CheckNeighbours(function, WideLane<float>.Width, (float[] x) => new WideLane<float>(Vector512.Create(x)), (lane, i) => lane.Value[i]);
    }

    private static void CheckNeighbours<TElement, TLane>(string function, int width, Func<TElement[], TLane> create, Func<TLane, int, TElement> read)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
        where TLane : struct, ILane<TLane>
    {
        var method = typeof(LaneMath).GetMethod(function)!;
        var compiled = method.MakeGenericMethod(typeof(TLane));
        var count = method.GetParameters().Length;
        TLane Call(IEnumerable<TElement[]> arguments) => (TLane)compiled.Invoke(null, [.. arguments.Select(a => (object)create(a))])!;
        foreach (var points in Points(count).Take(150 * width).Chunk(width))
        {
            var together = Call(Enumerable.Range(0, count).Select(a => Array.ConvertAll(points, p => TElement.CreateTruncating(p[a]))));
            for (var i = 0; i < width; i++)
            {
                var alone = Call(points[i].Select(x => Enumerable.Repeat(TElement.CreateTruncating(x), width).ToArray()));
                Claim.True(
                    read(alone, i).Equals(read(together, i)),
                    $"{function}({string.Join(", ", points[i])}) is {read(alone, i):R} alone, and {read(together, i):R} in lane {i} beside others.");
            }
        }
    }

    private static void Check<TElement>(string function)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var method = typeof(LaneMath).GetMethod(function)!;
        var (scalar, vector) = (method.MakeGenericMethod(typeof(ScalarLane<TElement>)), method.MakeGenericMethod(typeof(VectorLane<TElement>)));
        foreach (var point in Points(method.GetParameters().Length).Where(point => !IsOutside(function, point)))
        {
            var arguments = Array.ConvertAll(point, TElement.CreateTruncating);
            var expected = (ScalarLane<TElement>)scalar.Invoke(null, [.. arguments.Select(a => (object)new ScalarLane<TElement>(a))])!;
            var found = (VectorLane<TElement>)vector.Invoke(null, [.. arguments.Select(a => (object)new VectorLane<TElement>(new(a)))])!;
            for (var i = 0; i < VectorLane<TElement>.Width; i++)
            {
                Claim.True(
                    AreNear(expected.Value, found.Value[i], Units(function)),
                    $"{function}({string.Join(", ", arguments)}) is {found.Value[i]} in lane {i}, and {expected.Value} as a single number.");
            }
        }
    }

    /// <summary>Whether a point is not meant, or near a pole, a zero or the end of an exponential of an exponential, where rounding inside is multiplied.</summary>
    private static bool IsOutside(string function, double[] point) => function switch
    {
        nameof(LaneMath.PseudoHuber) => !(point[1] > 0),
        nameof(LaneMath.SmoothAbs) or nameof(LaneMath.SmoothSign) or nameof(LaneMath.GemanMcClure) or nameof(LaneMath.OverOnePlusSquare) => point[1] < 0,
        nameof(LaneMath.WeightedSmoothAbs) or nameof(LaneMath.WeightedSmoothSign) => point[1] < 0 || point[2] < 0 || Math.Abs(point[0]) * Math.Sqrt(point[1]) > float.MaxValue,
        nameof(LaneMath.Log1pSquare) => point[1] < 0 || Math.Abs(point[0]) * Math.Sqrt(point[1]) > float.MaxValue,
        nameof(LaneMath.WeightedSoftplus) or nameof(LaneMath.WeightedSigmoid) => point[1] < 0,
        nameof(LaneMath.LogSoftplus) => Math.Abs(point[0] - 0.54) < 0.5,
        nameof(LaneMath.LogGumbel) => point[0] > 0.5,
        _ => false,
    };

    private static IEnumerable<double[]> Points(int count)
    {
        var random = new Random(7);
        for (var number = 0; number < 3000; number++)
        {
            yield return [.. Enumerable.Range(0, count).Select(_ => number % 2 == 0
                ? Special[random.Next(Special.Length)]
                : ((2 * random.NextDouble()) - 1) * Math.Pow(10, random.Next(-4, 4)))];
        }
    }

    /// <summary>How many units in the last place apart numbers may be: of a logarithm of what has an exponential or a logarithm inside, both round.</summary>
    private static int Units(string function) => function switch
    {
        nameof(LaneMath.LogSoftplus) or nameof(LaneMath.LogGumbel) => 8,
        nameof(LaneMath.WeightedSoftplus) => 6,
        _ => 4,
    };

    /// <summary>The same bits, or at most some units in the last place apart.</summary>
    private static bool AreNear<TElement>(TElement expected, TElement found, int units = 4)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        if (expected.Equals(found))
        {
            return true;
        }

        var size = TElement.Abs(expected);
        var unit = TElement.BitIncrement(size) - size;
        return TElement.Abs(expected - found) <= TElement.CreateTruncating(units) * unit;
    }
}
