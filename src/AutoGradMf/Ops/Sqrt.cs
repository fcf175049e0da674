using AutoGradMf.Kernels;

namespace AutoGradMf;

public static partial class LossMath
{
    /// <summary>The square root, √x; NaN below 0.</summary>
    [Partial("x", "0.5 / Sqrt(x)")]
    [Sign("+")]
    [Increasing]
    [LeastArgument(0)]
    public static double Sqrt(double x) => LaneMath.Sqrt<ScalarLane<double>>(x).Value;

    /// <inheritdoc cref="Sqrt(double)"/>
    public static TTensor Sqrt<TTensor>(TTensor x)
        where TTensor : ITensor<TTensor> => x.Map(Sqrt);
}

public static partial class LaneMath
{
    /// <inheritdoc cref="LossMath.Sqrt(double)"/>
    public static TLane Sqrt<TLane>(TLane x)
        where TLane : struct, ILane<TLane> => TLane.Sqrt(x);
}
