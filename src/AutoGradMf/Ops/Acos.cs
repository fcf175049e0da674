using System.Numerics;
using AutoGradMf.Kernels;

namespace AutoGradMf;

public static partial class LossMath
{
    /// <summary>The arc cosine in radians; NaN outside of [−1, 1].</summary>
    [Partial("x", "-1 / Sqrt((1 - x) * (1 + x))")]
    [Sign("+")]
    [LeastArgument(-1)]
    [GreatestArgument(1)]
    public static double Acos(double x) => LaneMath.Acos<ScalarLane<double>>(x).Value;

    /// <inheritdoc cref="Acos(double)"/>
    public static TTensor Acos<TTensor>(TTensor x)
        where TTensor : ITensor<TTensor> => x.Map(Acos);

    /// <summary><inheritdoc cref="Acos(double)" path="/summary"/> A dense matrix, π / 2 where nothing is stored.</summary>
    public static Matrix<TElement> Acos<TElement>(SparseMatrix<TElement> x)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        ArgumentNullException.ThrowIfNull(x);
        return Acos(x.ToDense());
    }
}

public static partial class LaneMath
{
    /// <inheritdoc cref="LossMath.Acos(double)"/>
    public static TLane Acos<TLane>(TLane x)
        where TLane : struct, ILane<TLane> => TLane.Map(x, Math.Acos);
}
