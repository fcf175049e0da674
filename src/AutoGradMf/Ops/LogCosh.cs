using AutoGradMf.Kernels;

namespace AutoGradMf;

public static partial class LossMath
{
    /// <summary>ln(cosh x), about x² / 2 near 0 and |x| − ln 2 far off, without overflow and with all digits on both sides.</summary>
    /// <remarks>
    /// Below 1, ln(1 + (cosh x − 1)) with the series of cosh x − 1, which cancels nowhere; from 1 on
    /// (|x| − ln 2) + ln(1 + e^−2|x|).
    /// </remarks>
    [Partial("x", "Tanh(x)")]
    [Sign("+")]
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
        var (size, square) = (TLane.Abs(x), x * x);
        var overOne = TLane.IfLess(size, 1, square * HyperbolicTail(square), TLane.Exp(-2 * size));
        return TLane.IfLess(size, 1, 0, size - LogOfTwo) + Log1p(overOne);
    }

    /// <summary>(cosh x − 1) / x² of x² below 1, Σ x²ᵏ / (2k + 2)! by Horner's scheme.</summary>
    private static TLane HyperbolicTail<TLane>(TLane square)
        where TLane : struct, ILane<TLane>
    {
        TLane sum = 1.0 / 6402373705728000;
        sum = (sum * square) + (1.0 / 20922789888000);
        sum = (sum * square) + (1.0 / 87178291200);
        sum = (sum * square) + (1.0 / 479001600);
        sum = (sum * square) + (1.0 / 3628800);
        sum = (sum * square) + (1.0 / 40320);
        sum = (sum * square) + (1.0 / 720);
        sum = (sum * square) + (1.0 / 24);
        sum = (sum * square) + (1.0 / 2);
        return sum;
    }
}
