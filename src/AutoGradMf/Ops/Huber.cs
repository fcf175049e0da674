using AutoGradMf.Kernels;

namespace AutoGradMf;

public static partial class LossMath
{
    /// <summary>
    /// Huber's loss: x² / 2 up to |x| = delta, and delta · (|x| − delta / 2) beyond; delta is positive. Its derivative is x clamped to
    /// ±delta.
    /// </summary>
    [Partial("x", "Clamp(x, -delta, delta)")]
    [Partial("delta", "Relu(Abs(x) - delta)")]
    [Sign("+", "delta >= 0")]
    [Requires("delta >= 0")]
    public static double Huber(double x, double delta) => LaneMath.Huber<ScalarLane<double>>(x, delta).Value;

    /// <inheritdoc cref="Huber(double, double)"/>
    public static TTensor Huber<TTensor>(TTensor x, double delta)
        where TTensor : ITensor<TTensor> => x.Map(element => Huber(element, delta));
}

public static partial class LaneMath
{
    /// <inheritdoc cref="LossMath.Huber(double, double)"/>
    public static TLane Huber<TLane>(TLane x, TLane delta)
        where TLane : struct, ILane<TLane>
    {
        var force = Clamp(x, -delta, delta);
        return force * (x - (0.5 * force));
    }
}
