using AutoGradMf.Kernels;

namespace AutoGradMf;

public static partial class LossMath
{
    /// <summary>ln(cosh x), about x² / 2 near 0 and |x| − ln 2 far off, without overflow and with all digits on both sides.</summary>
    /// <remarks>
    /// Below 1, ln(1 + (cosh x − 1)) with cosh x − 1 = t² / (2 (1 + t)), t = e^−|x| − 1, which cancels nowhere; from 1 on
    /// (|x| − ln 2) + ln(1 + e^−2|x|).
    /// </remarks>
    [Partial("x", "Tanh(x)")]
    public static double LogCosh(double x) => LaneMath.LogCosh<ScalarLane<double>>(x).Value;

    /// <inheritdoc cref="LogCosh(double)"/>
    public static TTensor LogCosh<TTensor>(TTensor x)
        where TTensor : ITensor<TTensor> => x.Map(LogCosh);
}

public static partial class LaneMath
{
    private const double LogOfTwo = 0.69314718055994531;

    /// <inheritdoc cref="LossMath.LogCosh(double)"/>
    public static TLane LogCosh<TLane>(TLane x)
        where TLane : struct, ILane<TLane>
    {
        var size = TLane.Abs(x);
        var t = Expm1(-size);
        var e = 1 + t;
        var overOne = TLane.IfLess(size, 1, t * t / (2 * e), e * e);
        return TLane.IfLess(size, 1, 0, size - LogOfTwo) + Log1p(overOne);
    }
}
