using AutoGradMf.Kernels;

namespace AutoGradMf;

public static partial class LossMath
{
    /// <summary>ln(1 + x), exact to the last digits also for tiny x; −∞ at −1 and NaN below.</summary>
    /// <remarks>
    /// Kahan: with u = 1 + x as rounded, ln(u) · x / (u − 1) cancels the rounding, since ln(u) / (u − 1) hardly varies near u = 1
    /// (Goldberg, "What every computer scientist should know about floating-point arithmetic", 1991, theorem 4).
    /// </remarks>
    [Partial("x", "1 / (1 + x)")]
    [Sign("x")]
    [Increasing]
    [LeastArgument(-1)]
    public static double Log1p(double x) => LaneMath.Log1p<ScalarLane<double>>(x).Value;

    /// <inheritdoc cref="Log1p(double)"/>
    public static TTensor Log1p<TTensor>(TTensor x)
        where TTensor : ITensor<TTensor> => x.Map(Log1p);
}

public static partial class LaneMath
{
    /// <inheritdoc cref="LossMath.Log1p(double)"/>
    public static TLane Log1p<TLane>(TLane x)
        where TLane : struct, ILane<TLane>
    {
        var u = 1 + x;
        var rounded = u - 1;
        var quotient = TLane.IfLess(x, UnitIsLost, TLane.Log(u) * (x / rounded), TLane.Log(u));
        return TLane.IfLess(0, TLane.Abs(rounded), quotient, x);
    }
}
