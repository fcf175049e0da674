using AutoGradMf.Kernels;

namespace AutoGradMf;

public static partial class LossMath
{
    /// <summary>The arc tangent in radians, within ±π / 2.</summary>
    [Partial("x", "1 / (1 + Square(x))")]
    [Sign("x")]
    [Bound("1.5707963267948966")]
    [Bound("1", "x")]
    [Increasing]
    public static double Atan(double x) => LaneMath.Atan<ScalarLane<double>>(x).Value;

    /// <inheritdoc cref="Atan(double)"/>
    public static TTensor Atan<TTensor>(TTensor x)
        where TTensor : ITensor<TTensor> => x.Map(Atan);
}

public static partial class LaneMath
{
    /// <inheritdoc cref="LossMath.Atan(double)"/>
    public static TLane Atan<TLane>(TLane x)
        where TLane : struct, ILane<TLane> => TLane.Map(x, Math.Atan);
}
