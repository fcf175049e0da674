using AutoGradMf.Kernels;

namespace AutoGradMf;

public static partial class LossMath
{
    /// <summary>x itself, taken for a constant by every derivative.</summary>
    [Partial("x", "0")]
    [Sign("x")]
    [Increasing]
    public static double StopGradient(double x) => LaneMath.StopGradient<ScalarLane<double>>(x).Value;

    /// <inheritdoc cref="StopGradient(double)"/>
    public static TTensor StopGradient<TTensor>(TTensor x)
        where TTensor : ITensor<TTensor> => x;
}

public static partial class LaneMath
{
    /// <inheritdoc cref="LossMath.StopGradient(double)"/>
    public static TLane StopGradient<TLane>(TLane x)
        where TLane : struct, ILane<TLane> => x;
}
