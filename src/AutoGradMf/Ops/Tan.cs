using AutoGradMf.Kernels;

namespace AutoGradMf;

public static partial class LossMath
{
    /// <summary>The tangent of x radians.</summary>
    [Partial("x", "1 + Square(Tan(x))")]
    public static double Tan(double x) => LaneMath.Tan<ScalarLane<double>>(x).Value;

    /// <inheritdoc cref="Tan(double)"/>
    public static TTensor Tan<TTensor>(TTensor x)
        where TTensor : ITensor<TTensor> => x.Map(Tan);
}

public static partial class LaneMath
{
    /// <inheritdoc cref="LossMath.Tan(double)"/>
    public static TLane Tan<TLane>(TLane x)
        where TLane : struct, ILane<TLane> => TLane.Map(x, Math.Tan);
}
