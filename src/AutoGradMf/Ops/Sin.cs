using AutoGradMf.Kernels;

namespace AutoGradMf;

public static partial class LossMath
{
    /// <summary>The sine of x radians; NaN of an infinity.</summary>
    [Partial("x", "Cos(x)")]
    [Bound("1")]
    public static double Sin(double x) => LaneMath.Sin<ScalarLane<double>>(x).Value;

    /// <inheritdoc cref="Sin(double)"/>
    public static TTensor Sin<TTensor>(TTensor x)
        where TTensor : ITensor<TTensor> => x.Map(Sin);
}

public static partial class LaneMath
{
    /// <inheritdoc cref="LossMath.Sin(double)"/>
    public static TLane Sin<TLane>(TLane x)
        where TLane : struct, ILane<TLane> => TLane.Map(x, Math.Sin);
}
