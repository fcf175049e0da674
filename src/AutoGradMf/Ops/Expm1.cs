using AutoGradMf.Kernels;

namespace AutoGradMf;

public static partial class LossMath
{
    /// <summary>eˣ − 1, exact to the last digits also for tiny x.</summary>
    /// <remarks>
    /// Kahan, as in <see cref="Log1p(double)"/>: with u = eˣ as rounded, (u − 1) · x / ln(u) cancels the rounding. From |x| = 1 on
    /// nothing is lost by subtracting.
    /// </remarks>
    [Partial("x", "Exp(x)")]
    public static double Expm1(double x) => LaneMath.Expm1<ScalarLane<double>>(x).Value;

    /// <inheritdoc cref="Expm1(double)"/>
    public static TTensor Expm1<TTensor>(TTensor x)
        where TTensor : ITensor<TTensor> => x.Map(Expm1);
}

public static partial class LaneMath
{
    /// <inheritdoc cref="LossMath.Expm1(double)"/>
    public static TLane Expm1<TLane>(TLane x)
        where TLane : struct, ILane<TLane>
    {
        var u = TLane.Exp(x);
        var rounded = u - 1;
        var small = TLane.IfLess(0, TLane.Abs(rounded), rounded * (x / TLane.Log(u)), x);
        return TLane.IfLess(TLane.Abs(x), 1, small, rounded);
    }
}
