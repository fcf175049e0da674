using System.Globalization;
using System.Numerics.Tensors;

namespace AutoGradMf.Objectives;

public static partial class GradientCheck
{
    private const double LowestRate = 1.9;
    private const double HighestRate = 2.1;

    /// <summary>
    /// 2⁻⁴¹, some 2000 roundings: a remainder above this share of the numbers that it is a difference of stands clear of their errors,
    /// so that its rate is right within a few hundredths.
    /// </summary>
    private const double Clearance = 1.0 / (1L << 41);

    /// <summary>
    /// The Taylor test along one random direction d of length 1 through all factors: the remainder |f(x + h·d) − f(x) − h·∇f(x)·d| must
    /// fall with h². It passes if the last rate that stands clear of rounding errors lies in [1.9, 2.1], or if no remainder does (a
    /// loss that is linear along d). Costs <paramref name="levels"/> + 1 evaluations of <see cref="IObjective{TElement}.Reference"/>.
    /// </summary>
    /// <remarks>
    /// The last rate counts, because terms of third order spoil the first ones of a right gradient, and a small error in the gradient
    /// shows only in the last ones.
    /// </remarks>
    /// <param name="objective">What to check.</param>
    /// <param name="at">Where.</param>
    /// <param name="seed">Of the direction.</param>
    /// <param name="step">The first h, relative to the length of <paramref name="at"/> where that is above 1.</param>
    /// <param name="levels">How many steps, each half of the one before; at least 2.</param>
    /// <exception cref="ArgumentException">The parameters were made for another objective.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The step is not a finite number above 0, or there are fewer than 2 levels.</exception>
    public static TaylorCheck Taylor(
        IObjective<double> objective, Parameters<double> at, int seed = 0, double step = 1e-2, int levels = 14)
    {
        RequireStep(step);
        ArgumentOutOfRangeException.ThrowIfLessThan(levels, 2);
        var (_, gradient) = Evaluate(objective, at);
        var direction = RandomDirection(at.Layout, .., new Random(seed));
        var slope = TensorPrimitives.Dot<double>(gradient.Values, direction.Values);
        var origin = objective.Reference(at);
        var (steps, remainders, limits) = (new double[levels], new double[levels], new double[levels]);
        var length = step * Math.Max(1, TensorPrimitives.Norm<double>(at.Values));
        for (var level = 0; level < levels; level++)
        {
            steps[level] = Math.ScaleB(length, -level);
            var value = Along(objective, at, direction, steps[level]);
            var linear = steps[level] * slope;
            remainders[level] = Math.Abs(value - origin - linear);
            limits[level] = Clearance * (Math.Abs(value) + Math.Abs(origin) + Math.Abs(linear));
        }

        var rates = remainders.Zip(remainders.Skip(1), (wide, narrow) => Math.Log2(wide / narrow)).ToArray();
        var (passed, explanation) = Judge(remainders, limits, rates);
        return new(steps, remainders, rates, passed, explanation);
    }

    private static (bool Passed, string Explanation) Judge(double[] remainders, double[] limits, double[] rates)
    {
        if (!remainders.All(double.IsFinite))
        {
            return (false, "A remainder is not finite: the loss or its gradient is NaN or infinite near this point.");
        }

        var last = remainders.Length - 1;
        while (last >= 0 && remainders[last] <= limits[last])
        {
            last--;
        }

        if (last < 0)
        {
            return (true, "Every remainder is below rounding: the loss is linear along this direction, and its gradient is right.");
        }

        if (last == 0)
        {
            return (false, "No two remainders stand clear of rounding, so there is no rate: give a larger step.");
        }

        var rate = rates[last - 1];
        return rate switch
        {
            < LowestRate => (false, Explain("the gradient is wrong, or the loss has a kink here")),
            > HighestRate => (false, Explain("terms beyond the second order prevail: give a smaller step, or another point")),
            _ => (true, Explain("the gradient is right")),
        };

        string Explain(string verdict) => string.Create(
            CultureInfo.InvariantCulture,
            $"The remainder falls with rate {rate:F3} at the smallest step clear of rounding, where {LowestRate} to {HighestRate} is right: {verdict}.");
    }
}
