using AutoGradMf.Kernels;

namespace AutoGradMf;

public static partial class LossMath
{
    /// <summary>The hyperbolic sine.</summary>
    [Partial("x", "Cosh(x)")]
    [Sign("x")]
    [Increasing]
    public static double Sinh(double x) => LaneMath.Sinh<ScalarLane<double>>(x).Value;

    /// <inheritdoc cref="Sinh(double)"/>
    public static TTensor Sinh<TTensor>(TTensor x)
        where TTensor : ITensor<TTensor> => x.Map(Sinh);
}

public static partial class LaneMath
{
    /// <inheritdoc cref="LossMath.Sinh(double)"/>
    public static TLane Sinh<TLane>(TLane x)
        where TLane : struct, ILane<TLane> => TLane.Map(x, Math.Sinh);
}
