using System.Numerics;
using AutoGradMf.Kernels;

namespace AutoGradMf;

public static partial class LossMath
{
    /// <summary>The larger of two numbers; NaN if either is. Of equal ones, the derivative goes to the second.</summary>
    [Partial("x", "IfLess(y, x, 1, 0)")]
    [Partial("y", "IfLess(y, x, 0, 1)")]
    [Sign("+", "x >= 0")]
    [Sign("+", "y >= 0")]
    public static double Max(double x, double y) => LaneMath.Max<ScalarLane<double>>(x, y).Value;

    /// <inheritdoc cref="Max(double, double)"/>
    public static TTensor Max<TTensor>(TTensor x, double y)
        where TTensor : ITensor<TTensor> => x.Map(element => Max(element, y));

    /// <inheritdoc cref="Max(double, double)"/>
    public static TTensor Max<TTensor>(double x, TTensor y)
        where TTensor : ITensor<TTensor> => y.Map(element => Max(x, element));

    /// <inheritdoc cref="Max(double, double)"/>
    /// <exception cref="ArgumentException">The operands are of different sizes.</exception>
    public static TTensor Max<TTensor>(TTensor x, TTensor y)
        where TTensor : ITensor<TTensor> => x.Map(y, Max);

    /// <summary><inheritdoc cref="Max(double, double)" path="/summary"/> A dense matrix; what is not stored counts as zero.</summary>
    public static Matrix<TElement> Max<TElement>(SparseMatrix<TElement> x, double y)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        ArgumentNullException.ThrowIfNull(x);
        return Max(x.ToDense(), y);
    }

    /// <summary><inheritdoc cref="Max(double, double)" path="/summary"/> A dense matrix; what is not stored counts as zero.</summary>
    public static Matrix<TElement> Max<TElement>(double x, SparseMatrix<TElement> y)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        ArgumentNullException.ThrowIfNull(y);
        return Max(x, y.ToDense());
    }

    /// <summary>
    /// <inheritdoc cref="Max(double, double)" path="/summary"/> A dense matrix: vectors repeat as for the operators, and what a sparse matrix
    /// does not store counts as zero.
    /// </summary>
    /// <exception cref="ArgumentException">The operands do not fit.</exception>
    public static Matrix<TElement> Max<TElement>(Matrix<TElement> x, TensorOperand<TElement> y)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => Elementwise<TElement>.Map(nameof(Max), x, y.Tensor, Max);

    /// <inheritdoc cref="Max{TElement}(Matrix{TElement}, TensorOperand{TElement})"/>
    public static Matrix<TElement> Max<TElement>(SparseMatrix<TElement> x, TensorOperand<TElement> y)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => Elementwise<TElement>.Map(nameof(Max), x, y.Tensor, Max);

    /// <inheritdoc cref="Max{TElement}(Matrix{TElement}, TensorOperand{TElement})"/>
    public static Matrix<TElement> Max<TElement>(ColumnVector<TElement> x, TensorOperand<TElement> y)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => Elementwise<TElement>.Map(nameof(Max), x, y.Tensor, Max);

    /// <inheritdoc cref="Max{TElement}(Matrix{TElement}, TensorOperand{TElement})"/>
    public static Matrix<TElement> Max<TElement>(RowVector<TElement> x, TensorOperand<TElement> y)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => Elementwise<TElement>.Map(nameof(Max), x, y.Tensor, Max);
}

public static partial class LaneMath
{
    /// <inheritdoc cref="LossMath.Max(double, double)"/>
    public static TLane Max<TLane>(TLane x, TLane y)
        where TLane : struct, ILane<TLane> =>
        TLane.IfLess(x, y, y, TLane.IfLessOrEqual(y, x, x, x + y));
}
