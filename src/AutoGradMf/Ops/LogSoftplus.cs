using AutoGradMf.Kernels;

namespace AutoGradMf;

public static partial class LossMath
{
    /// <summary>ln ln(1 + eˣ), the logarithm of <see cref="Softplus(double)"/>, finite where that is 0: there it is x.</summary>
    [Partial("x", "Exp(LogSigmoid(x) - LogSoftplus(x))")]
    [Bound("1", "x")]
    [Increasing]
    public static double LogSoftplus(double x) => LaneMath.LogSoftplus<ScalarLane<double>>(x).Value;
}

public static partial class LaneMath
{
    /// <inheritdoc cref="LossMath.LogSoftplus(double)"/>
    public static TLane LogSoftplus<TLane>(TLane x)
        where TLane : struct, ILane<TLane>
    {
        const double Far = -40; // below, ln(1 + eˣ) is eˣ in every element type
        return TLane.IfLess(x, Far, x, TLane.Log(Softplus(x)));
    }
}
