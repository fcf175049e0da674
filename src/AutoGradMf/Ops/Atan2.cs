using System.Numerics;
using AutoGradMf.Kernels;

namespace AutoGradMf;

public static partial class LossMath
{
    /// <summary>The angle of the point (x, y) against the positive x axis, in radians, within ±π; 0 at the origin.</summary>
    [Partial("y", "OverHypot(x, y) * ReciprocalOrZero(Hypot(x, y))")]
    [Partial("x", "-OverHypot(y, x) * ReciprocalOrZero(Hypot(x, y))")]
    public static double Atan2(double y, double x) => LaneMath.Atan2<ScalarLane<double>>(y, x).Value;

    /// <inheritdoc cref="Atan2(double, double)"/>
    public static TTensor Atan2<TTensor>(TTensor y, double x)
        where TTensor : ITensor<TTensor> => y.Map(element => Atan2(element, x));

    /// <inheritdoc cref="Atan2(double, double)"/>
    public static TTensor Atan2<TTensor>(double y, TTensor x)
        where TTensor : ITensor<TTensor> => x.Map(element => Atan2(y, element));

    /// <inheritdoc cref="Atan2(double, double)"/>
    /// <exception cref="ArgumentException">The operands are of different sizes.</exception>
    public static TTensor Atan2<TTensor>(TTensor y, TTensor x)
        where TTensor : ITensor<TTensor> => y.Map(x, Atan2);

    /// <summary><inheritdoc cref="Atan2(double, double)" path="/summary"/> A dense matrix; what is not stored counts as zero.</summary>
    public static Matrix<TElement> Atan2<TElement>(SparseMatrix<TElement> y, double x)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        ArgumentNullException.ThrowIfNull(y);
        return Atan2(y.ToDense(), x);
    }

    /// <summary><inheritdoc cref="Atan2(double, double)" path="/summary"/> A dense matrix; what is not stored counts as zero.</summary>
    public static Matrix<TElement> Atan2<TElement>(double y, SparseMatrix<TElement> x)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        ArgumentNullException.ThrowIfNull(x);
        return Atan2(y, x.ToDense());
    }

    /// <summary>
    /// <inheritdoc cref="Atan2(double, double)" path="/summary"/> A dense matrix: vectors repeat as for the operators, and what a sparse matrix
    /// does not store counts as zero.
    /// </summary>
    /// <exception cref="ArgumentException">The operands do not fit.</exception>
    public static Matrix<TElement> Atan2<TElement>(Matrix<TElement> y, TensorOperand<TElement> x)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => Elementwise<TElement>.Map(nameof(Atan2), y, x.Tensor, Atan2);

    /// <inheritdoc cref="Atan2{TElement}(Matrix{TElement}, TensorOperand{TElement})"/>
    public static Matrix<TElement> Atan2<TElement>(SparseMatrix<TElement> y, TensorOperand<TElement> x)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => Elementwise<TElement>.Map(nameof(Atan2), y, x.Tensor, Atan2);

    /// <inheritdoc cref="Atan2{TElement}(Matrix{TElement}, TensorOperand{TElement})"/>
    public static Matrix<TElement> Atan2<TElement>(ColumnVector<TElement> y, TensorOperand<TElement> x)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => Elementwise<TElement>.Map(nameof(Atan2), y, x.Tensor, Atan2);

    /// <inheritdoc cref="Atan2{TElement}(Matrix{TElement}, TensorOperand{TElement})"/>
    public static Matrix<TElement> Atan2<TElement>(RowVector<TElement> y, TensorOperand<TElement> x)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => Elementwise<TElement>.Map(nameof(Atan2), y, x.Tensor, Atan2);
}

public static partial class LaneMath
{
    /// <inheritdoc cref="LossMath.Atan2(double, double)"/>
    public static TLane Atan2<TLane>(TLane y, TLane x)
        where TLane : struct, ILane<TLane> => TLane.Map(y, x, Math.Atan2);
}
