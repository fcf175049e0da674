using System.Numerics;
using AutoGradMf.Kernels;

namespace AutoGradMf;

public static partial class LossMath
{
    /// <summary>1 / x.</summary>
    [Partial("x", "-Square(Reciprocal(x))")]
    [Sign("+", "x >= 0")]
    public static double Reciprocal(double x) => LaneMath.Reciprocal<ScalarLane<double>>(x).Value;

    /// <inheritdoc cref="Reciprocal(double)"/>
    public static TTensor Reciprocal<TTensor>(TTensor x)
        where TTensor : ITensor<TTensor> => x.Map(Reciprocal);

    /// <summary><inheritdoc cref="Reciprocal(double)" path="/summary"/> A dense matrix, +∞ where nothing is stored.</summary>
    public static Matrix<TElement> Reciprocal<TElement>(SparseMatrix<TElement> x)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        ArgumentNullException.ThrowIfNull(x);
        return Reciprocal(x.ToDense());
    }
}

public static partial class LaneMath
{
    /// <inheritdoc cref="LossMath.Reciprocal(double)"/>
    public static TLane Reciprocal<TLane>(TLane x)
        where TLane : struct, ILane<TLane> => 1 / x;
}
