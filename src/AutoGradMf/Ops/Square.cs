using AutoGradMf.Kernels;

namespace AutoGradMf;

public static partial class LossMath
{
    /// <summary>The square, x².</summary>
    [Partial("x", "2 * x")]
    [Sign("+")]
    public static double Square(double x) => LaneMath.Square<ScalarLane<double>>(x).Value;

    /// <inheritdoc cref="Square(double)"/>
    public static TTensor Square<TTensor>(TTensor x)
        where TTensor : ITensor<TTensor> => x.Map(Square);
}

public static partial class LaneMath
{
    /// <inheritdoc cref="LossMath.Square(double)"/>
    public static TLane Square<TLane>(TLane x)
        where TLane : struct, ILane<TLane> => x * x;
}
