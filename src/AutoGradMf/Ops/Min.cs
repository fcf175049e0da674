using System.Numerics;
using AutoGradMf.Kernels;

namespace AutoGradMf;

public static partial class LossMath
{
    /// <summary>The smaller of two numbers; NaN if either is. Of equal ones, the derivative goes to the second.</summary>
    [Partial("x", "IfLess(x, y, 1, 0)")]
    [Partial("y", "IfLess(x, y, 0, 1)")]
    [Sign("+", "x >= 0", "y >= 0")]
    public static double Min(double x, double y) => LaneMath.Min<ScalarLane<double>>(x, y).Value;

    /// <inheritdoc cref="Min(double, double)"/>
    public static TTensor Min<TTensor>(TTensor x, double y)
        where TTensor : ITensor<TTensor> => x.Map(element => Min(element, y));

    /// <inheritdoc cref="Min(double, double)"/>
    public static TTensor Min<TTensor>(double x, TTensor y)
        where TTensor : ITensor<TTensor> => y.Map(element => Min(x, element));

    /// <inheritdoc cref="Min(double, double)"/>
    /// <exception cref="ArgumentException">The operands are of different sizes.</exception>
    public static TTensor Min<TTensor>(TTensor x, TTensor y)
        where TTensor : ITensor<TTensor> => x.Map(y, Min);

    /// <summary><inheritdoc cref="Min(double, double)" path="/summary"/> A dense matrix; what is not stored counts as zero.</summary>
    public static Matrix<TElement> Min<TElement>(SparseMatrix<TElement> x, double y)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        ArgumentNullException.ThrowIfNull(x);
        return Min(x.ToDense(), y);
    }

    /// <summary><inheritdoc cref="Min(double, double)" path="/summary"/> A dense matrix; what is not stored counts as zero.</summary>
    public static Matrix<TElement> Min<TElement>(double x, SparseMatrix<TElement> y)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        ArgumentNullException.ThrowIfNull(y);
        return Min(x, y.ToDense());
    }

    /// <summary>
    /// <inheritdoc cref="Min(double, double)" path="/summary"/> A dense matrix: vectors repeat as for the operators, and what a sparse matrix
    /// does not store counts as zero.
    /// </summary>
    /// <exception cref="ArgumentException">The operands do not fit.</exception>
    public static Matrix<TElement> Min<TElement>(Matrix<TElement> x, TensorOperand<TElement> y)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => Elementwise<TElement>.Map(nameof(Min), x, y.Tensor, Min);

    /// <inheritdoc cref="Min{TElement}(Matrix{TElement}, TensorOperand{TElement})"/>
    public static Matrix<TElement> Min<TElement>(SparseMatrix<TElement> x, TensorOperand<TElement> y)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => Elementwise<TElement>.Map(nameof(Min), x, y.Tensor, Min);

    /// <inheritdoc cref="Min{TElement}(Matrix{TElement}, TensorOperand{TElement})"/>
    public static Matrix<TElement> Min<TElement>(ColumnVector<TElement> x, TensorOperand<TElement> y)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => Elementwise<TElement>.Map(nameof(Min), x, y.Tensor, Min);

    /// <inheritdoc cref="Min{TElement}(Matrix{TElement}, TensorOperand{TElement})"/>
    public static Matrix<TElement> Min<TElement>(RowVector<TElement> x, TensorOperand<TElement> y)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => Elementwise<TElement>.Map(nameof(Min), x, y.Tensor, Min);
}

public static partial class LaneMath
{
    /// <inheritdoc cref="LossMath.Min(double, double)"/>
    public static TLane Min<TLane>(TLane x, TLane y)
        where TLane : struct, ILane<TLane> =>
        TLane.IfLess(y, x, y, TLane.IfLessOrEqual(x, y, x, x + y));
}
