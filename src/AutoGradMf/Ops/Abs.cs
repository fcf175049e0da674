using AutoGradMf.Kernels;

namespace AutoGradMf;

public static partial class LossMath
{
    /// <summary>The absolute value, |x|; its derivative at the kink is taken as 0.</summary>
    [Partial("x", "Sign(x)")]
    [Sign("+")]
    public static double Abs(double x) => LaneMath.Abs<ScalarLane<double>>(x).Value;

    /// <inheritdoc cref="Abs(double)"/>
    public static TTensor Abs<TTensor>(TTensor x)
        where TTensor : ITensor<TTensor> => x.Map(Abs);
}

public static partial class LaneMath
{
    /// <inheritdoc cref="LossMath.Abs(double)"/>
    public static TLane Abs<TLane>(TLane x)
        where TLane : struct, ILane<TLane> => TLane.Abs(x);
}
