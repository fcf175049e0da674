using AutoGradMf.Kernels;

namespace AutoGradMf;

public static partial class LossMath
{
    /// <summary>weight · eˣ / (1 + weight · eˣ), the slope of <see cref="WeightedSoftplus"/>, without overflow and with all digits on both sides.</summary>
    [Partial("x", "WeightedSigmoid(x, weight) * WeightedSigmoid(-x, Reciprocal(weight))")]
    [Partial("weight", "WeightedSigmoid(-x, Reciprocal(weight)) / (weight + Exp(-x))")]
    [Sign("+", "weight >= 0")]
    public static double WeightedSigmoid(double x, double weight) => LaneMath.WeightedSigmoid<ScalarLane<double>>(x, weight).Value;
}

public static partial class LaneMath
{
    /// <inheritdoc cref="LossMath.WeightedSigmoid(double, double)"/>
    public static TLane WeightedSigmoid<TLane>(TLane x, TLane weight)
        where TLane : struct, ILane<TLane>
    {
        var exponential = WeightedExp(x, weight);
        return TLane.IfLess(TLane.Abs(exponential), FarBeyondOne, exponential / (1 + exponential), TLane.IfLessOrEqual(x, x, 1, x));
    }
}
