using AutoGradMf.Kernels;

namespace AutoGradMf;

public static partial class LossMath
{
    /// <summary>The inverse of the hyperbolic sine.</summary>
    [Partial("x", "1 / Hypot(1, x)")]
    [Sign("x")]
    [Bound("1", "x")]
    [Increasing]
    public static double Asinh(double x) => LaneMath.Asinh<ScalarLane<double>>(x).Value;

    /// <inheritdoc cref="Asinh(double)"/>
    public static TTensor Asinh<TTensor>(TTensor x)
        where TTensor : ITensor<TTensor> => x.Map(Asinh);
}

public static partial class LaneMath
{
    /// <inheritdoc cref="LossMath.Asinh(double)"/>
    public static TLane Asinh<TLane>(TLane x)
        where TLane : struct, ILane<TLane> => TLane.Map(x, Math.Asinh);
}
