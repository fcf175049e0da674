using AutoGradMf.Kernels;

namespace AutoGradMf;

public static partial class LossMath
{
    /// <summary>
    /// The smooth Huber loss, delta² · (√(1 + (x / delta)²) − 1), without overflow and with all digits near 0; delta is positive.
    /// </summary>
    /// <remarks>With h = √(x² + delta²) it is |x| · delta · |x| / (h + delta): the last quotient, the share, is at most 1.</remarks>
    [Partial("x", "delta * OverHypot(x, delta)")]
    [Partial("delta", "PseudoHuber(x, delta) / delta * (PseudoHuber(x, delta) / delta / Hypot(x, delta))")]
    [Sign("+", "delta >= 0")]
    [Requires("delta >= 0")]
    public static double PseudoHuber(double x, double delta) => LaneMath.PseudoHuber<ScalarLane<double>>(x, delta).Value;

    /// <inheritdoc cref="PseudoHuber(double, double)"/>
    public static TTensor PseudoHuber<TTensor>(TTensor x, double delta)
        where TTensor : ITensor<TTensor> => x.Map(element => PseudoHuber(element, delta));
}

public static partial class LaneMath
{
    /// <inheritdoc cref="LossMath.PseudoHuber(double, double)"/>
    public static TLane PseudoHuber<TLane>(TLane x, TLane delta)
        where TLane : struct, ILane<TLane>
    {
        var size = TLane.Abs(x);
        var ratio = TLane.IfLess(size, delta, size / delta, delta / size);
        var root = TLane.Sqrt(1 + (ratio * ratio));
        var share = TLane.IfLess(size, delta, ratio / (root + 1), 1 / (root + ratio));
        return size * (delta * share);
    }
}
