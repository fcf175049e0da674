using AutoGradMf.Kernels;

namespace AutoGradMf;

public static partial class LossMath
{
    /// <summary>ln(1 + weight · eˣ) without overflow and with all digits on both sides; NaN where 1 + weight · eˣ is negative.</summary>
    /// <remarks>Where the 1 is nothing beside the exponential it is x + ln weight.</remarks>
    [Partial("x", "WeightedSigmoid(x, weight)")]
    [Partial("weight", "1 / (weight + Exp(-x))")]
    [Sign("+", "weight >= 0")]
    public static double WeightedSoftplus(double x, double weight) => LaneMath.WeightedSoftplus<ScalarLane<double>>(x, weight).Value;
}

public static partial class LaneMath
{
    /// <summary>From here on 1 is nothing beside a number, and in float its square is finite.</summary>
    private const double FarBeyondOne = 1e17;

    /// <inheritdoc cref="LossMath.WeightedSoftplus(double, double)"/>
    public static TLane WeightedSoftplus<TLane>(TLane x, TLane weight)
        where TLane : struct, ILane<TLane>
    {
        var exponential = WeightedExp(x, weight);
        return TLane.IfLess(exponential, FarBeyondOne, Log1p(exponential), x + TLane.Log(weight));
    }

    /// <summary>weight · eˣ, which overflows only where it is large itself.</summary>
    private static TLane WeightedExp<TLane>(TLane x, TLane weight)
        where TLane : struct, ILane<TLane>
    {
        const double Far = 80; // up to here the exponential is finite in float
        var exponential = TLane.Exp(TLane.IfLess(x, Far, x, 0.5 * x));
        var product = weight * exponential * TLane.IfLess(x, Far, 1, exponential);
        return TLane.IfLess(0, TLane.Abs(weight), product, weight);
    }
}
