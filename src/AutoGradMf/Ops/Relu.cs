using AutoGradMf.Kernels;

namespace AutoGradMf;

public static partial class LossMath
{
    /// <summary>The positive part, x above 0 and else 0; its derivative at the kink is taken as 0.</summary>
    [Partial("x", "IfLess(0, x, 1, 0)")]
    [Sign("+")]
    [Increasing]
    public static double Relu(double x) => LaneMath.Relu<ScalarLane<double>>(x).Value;

    /// <inheritdoc cref="Relu(double)"/>
    public static TTensor Relu<TTensor>(TTensor x)
        where TTensor : ITensor<TTensor> => x.Map(Relu);
}

public static partial class LaneMath
{
    /// <inheritdoc cref="LossMath.Relu(double)"/>
    public static TLane Relu<TLane>(TLane x)
        where TLane : struct, ILane<TLane> => TLane.IfLess(x, 0, 0, x);
}
