using System.Numerics;
using AutoGradMf.Kernels;

namespace AutoGradMf;

public static partial class LossMath
{
    /// <summary>
    /// x, but not below <paramref name="low"/> nor above <paramref name="high"/>; low ≤ high. Its derivative in x is 1 strictly inside,
    /// and 0 at the ends and beyond.
    /// </summary>
    [Partial("x", "IfLess(low, x, IfLess(x, high, 1, 0), 0)")]
    [Partial("low", "IfLess(low, x, 0, 1)")]
    [Partial("high", "IfLess(low, x, IfLess(x, high, 0, 1), 0)")]
    [Sign("x", "low <= 0", "high >= 0")]
    [Sign("+", "low >= 0")]
    [Requires("low <= high")]
    public static double Clamp(double x, double low, double high) => LaneMath.Clamp<ScalarLane<double>>(x, low, high).Value;

    /// <inheritdoc cref="Clamp(double, double, double)"/>
    public static TTensor Clamp<TTensor>(TTensor x, double low, double high)
        where TTensor : ITensor<TTensor> => x.Map(element => Clamp(element, low, high));

    /// <summary>
    /// <inheritdoc cref="Clamp(double, double, double)" path="/summary"/> A dense matrix; what is not stored counts as zero.
    /// </summary>
    public static Matrix<TElement> Clamp<TElement>(SparseMatrix<TElement> x, double low, double high)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        ArgumentNullException.ThrowIfNull(x);
        return Clamp(x.ToDense(), low, high);
    }
}

public static partial class LaneMath
{
    /// <inheritdoc cref="LossMath.Clamp(double, double, double)"/>
    public static TLane Clamp<TLane>(TLane x, TLane low, TLane high)
        where TLane : struct, ILane<TLane> => TLane.IfLess(x, low, low, TLane.IfLess(high, x, high, x));
}
