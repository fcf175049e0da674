using AutoGradMf.Kernels;

namespace AutoGradMf;

public static partial class LossMath
{
    /// <summary>
    /// ln(1 − exp(−eˣ)), the logarithm of the distribution of Gumbel's least extremes and of an event of a Poisson process with the log-rate x, finite where the
    /// rate is 0: there it is x.
    /// </summary>
    [Partial("x", "Exp(x - Exp(x) - LogGumbel(x))")]
    [Sign("-")]
    [Bound("1", "x")]
    [Increasing]
    public static double LogGumbel(double x) => LaneMath.LogGumbel<ScalarLane<double>>(x).Value;
}

public static partial class LaneMath
{
    /// <inheritdoc cref="LossMath.LogGumbel(double)"/>
    public static TLane LogGumbel<TLane>(TLane x)
        where TLane : struct, ILane<TLane>
    {
        const double Far = -40; // below, 1 − exp(−eˣ) is eˣ in every element type
        var rate = TLane.Exp(x);
        return TLane.IfLess(x, Far, x, TLane.IfLess(x, 0, TLane.Log(-Expm1(-rate)), Log1p(-TLane.Exp(-rate))));
    }
}
