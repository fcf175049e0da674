using System.Numerics;
using AutoGradMf.Kernels;

namespace AutoGradMf;

public static partial class LossMath
{
    /// <summary>The power xʸ; NaN of a negative x unless y is an integer, and 1 of y = 0.</summary>
    /// <remarks>The derivative in y is 0 at x = 0, where xʸ · ln x would be 0 · −∞.</remarks>
    [Partial("x", "y * Pow(x, y - 1)")]
    [Partial("y", "Pow(x, y) * Log(IfLess(0, Abs(x), x, 1))")]
    [Sign("+", "x >= 0")]
    public static double Pow(double x, double y) => LaneMath.Pow<ScalarLane<double>>(x, y).Value;

    /// <inheritdoc cref="Pow(double, double)"/>
    public static TTensor Pow<TTensor>(TTensor x, double y)
        where TTensor : ITensor<TTensor> => x.Map(element => Pow(element, y));

    /// <inheritdoc cref="Pow(double, double)"/>
    public static TTensor Pow<TTensor>(double x, TTensor y)
        where TTensor : ITensor<TTensor> => y.Map(element => Pow(x, element));

    /// <inheritdoc cref="Pow(double, double)"/>
    /// <exception cref="ArgumentException">The operands are of different sizes.</exception>
    public static TTensor Pow<TTensor>(TTensor x, TTensor y)
        where TTensor : ITensor<TTensor> => x.Map(y, Pow);

    /// <summary><inheritdoc cref="Pow(double, double)" path="/summary"/> A dense matrix; what is not stored counts as zero.</summary>
    public static Matrix<TElement> Pow<TElement>(SparseMatrix<TElement> x, double y)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        ArgumentNullException.ThrowIfNull(x);
        return Pow(x.ToDense(), y);
    }

    /// <summary><inheritdoc cref="Pow(double, double)" path="/summary"/> A dense matrix; what is not stored counts as zero.</summary>
    public static Matrix<TElement> Pow<TElement>(double x, SparseMatrix<TElement> y)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        ArgumentNullException.ThrowIfNull(y);
        return Pow(x, y.ToDense());
    }

    /// <summary><inheritdoc cref="Pow(double, double)" path="/summary"/> A dense matrix, 1 where neither stores an entry.</summary>
    /// <exception cref="ArgumentException">The matrices are of different sizes.</exception>
    public static Matrix<TElement> Pow<TElement>(SparseMatrix<TElement> x, SparseMatrix<TElement> y)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        return Pow(x.ToDense(), y.ToDense());
    }

    /// <summary>
    /// <inheritdoc cref="Pow(double, double)" path="/summary"/> A dense matrix: vectors repeat as for the operators, and what a sparse matrix
    /// does not store counts as zero.
    /// </summary>
    /// <exception cref="ArgumentException">The operands do not fit.</exception>
    public static Matrix<TElement> Pow<TElement>(Matrix<TElement> x, TensorOperand<TElement> y)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => Elementwise<TElement>.Map(nameof(Pow), x, y.Tensor, Pow);

    /// <inheritdoc cref="Pow{TElement}(Matrix{TElement}, TensorOperand{TElement})"/>
    public static Matrix<TElement> Pow<TElement>(SparseMatrix<TElement> x, TensorOperand<TElement> y)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => Elementwise<TElement>.Map(nameof(Pow), x, y.Tensor, Pow);

    /// <inheritdoc cref="Pow{TElement}(Matrix{TElement}, TensorOperand{TElement})"/>
    public static Matrix<TElement> Pow<TElement>(ColumnVector<TElement> x, TensorOperand<TElement> y)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => Elementwise<TElement>.Map(nameof(Pow), x, y.Tensor, Pow);

    /// <inheritdoc cref="Pow{TElement}(Matrix{TElement}, TensorOperand{TElement})"/>
    public static Matrix<TElement> Pow<TElement>(RowVector<TElement> x, TensorOperand<TElement> y)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => Elementwise<TElement>.Map(nameof(Pow), x, y.Tensor, Pow);
}

public static partial class LaneMath
{
    /// <inheritdoc cref="LossMath.Pow(double, double)"/>
    public static TLane Pow<TLane>(TLane x, TLane y)
        where TLane : struct, ILane<TLane> => TLane.Map(x, y, Math.Pow);
}
