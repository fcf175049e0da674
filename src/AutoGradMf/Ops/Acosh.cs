using System.Numerics;
using AutoGradMf.Kernels;

namespace AutoGradMf;

public static partial class LossMath
{
    /// <summary>The inverse of the hyperbolic cosine; NaN below 1.</summary>
    [Partial("x", "1 / (Sqrt(x - 1) * Sqrt(x + 1))")]
    [Sign("+")]
    [Increasing]
    [LeastArgument(1)]
    public static double Acosh(double x) => LaneMath.Acosh<ScalarLane<double>>(x).Value;

    /// <inheritdoc cref="Acosh(double)"/>
    public static TTensor Acosh<TTensor>(TTensor x)
        where TTensor : ITensor<TTensor> => x.Map(Acosh);

    /// <summary><inheritdoc cref="Acosh(double)" path="/summary"/> A dense matrix, NaN where nothing is stored.</summary>
    public static Matrix<TElement> Acosh<TElement>(SparseMatrix<TElement> x)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        ArgumentNullException.ThrowIfNull(x);
        return Acosh(x.ToDense());
    }
}

public static partial class LaneMath
{
    /// <inheritdoc cref="LossMath.Acosh(double)"/>
    public static TLane Acosh<TLane>(TLane x)
        where TLane : struct, ILane<TLane> => TLane.Map(x, Math.Acosh);
}
