using AutoGradMf.Kernels;

namespace AutoGradMf;

public static partial class LossMath
{
    /// <summary>eˣ − 1, exact to the last digits also for tiny x.</summary>
    /// <remarks>
    /// Below |x| = 1 the series Σ xᵏ / k!, whose 18 terms leave 10⁻¹⁷; from there on nothing is lost by subtracting.
    /// </remarks>
    [Partial("x", "Exp(x)")]
    [Sign("x")]
    [Increasing]
    public static double Expm1(double x) => LaneMath.Expm1<ScalarLane<double>>(x).Value;

    /// <inheritdoc cref="Expm1(double)"/>
    public static TTensor Expm1<TTensor>(TTensor x)
        where TTensor : ITensor<TTensor> => x.Map(Expm1);
}

public static partial class LaneMath
{
    /// <inheritdoc cref="LossMath.Expm1(double)"/>
    public static TLane Expm1<TLane>(TLane x)
        where TLane : struct, ILane<TLane> =>
        TLane.IfLess(TLane.Abs(x), 1, x + (x * x * ExponentialTail(x)), TLane.Exp(x) - 1);

    /// <summary>(eˣ − 1 − x) / x² for |x| below 1, by Horner's scheme.</summary>
    private static TLane ExponentialTail<TLane>(TLane x)
        where TLane : struct, ILane<TLane>
    {
        TLane sum = 1.0 / 6402373705728000;
        sum = (sum * x) + (1.0 / 355687428096000);
        sum = (sum * x) + (1.0 / 20922789888000);
        sum = (sum * x) + (1.0 / 1307674368000);
        sum = (sum * x) + (1.0 / 87178291200);
        sum = (sum * x) + (1.0 / 6227020800);
        sum = (sum * x) + (1.0 / 479001600);
        sum = (sum * x) + (1.0 / 39916800);
        sum = (sum * x) + (1.0 / 3628800);
        sum = (sum * x) + (1.0 / 362880);
        sum = (sum * x) + (1.0 / 40320);
        sum = (sum * x) + (1.0 / 5040);
        sum = (sum * x) + (1.0 / 720);
        sum = (sum * x) + (1.0 / 120);
        sum = (sum * x) + (1.0 / 24);
        sum = (sum * x) + (1.0 / 6);
        sum = (sum * x) + (1.0 / 2);
        return sum;
    }
}
