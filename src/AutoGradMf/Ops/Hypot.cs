using System.Numerics;
using AutoGradMf.Kernels;

namespace AutoGradMf;

public static partial class LossMath
{
    /// <summary>The length √(x² + y²), without overflow; its derivatives at (0, 0) are taken as 0.</summary>
    [Partial("x", "OverHypot(x, y)")]
    [Partial("y", "OverHypot(y, x)")]
    [Sign("+")]
    public static double Hypot(double x, double y) => LaneMath.Hypot<ScalarLane<double>>(x, y).Value;

    /// <inheritdoc cref="Hypot(double, double)"/>
    public static TTensor Hypot<TTensor>(TTensor x, double y)
        where TTensor : ITensor<TTensor> => x.Map(element => Hypot(element, y));

    /// <inheritdoc cref="Hypot(double, double)"/>
    public static TTensor Hypot<TTensor>(double x, TTensor y)
        where TTensor : ITensor<TTensor> => y.Map(element => Hypot(x, element));

    /// <inheritdoc cref="Hypot(double, double)"/>
    /// <exception cref="ArgumentException">The operands are of different sizes.</exception>
    public static TTensor Hypot<TTensor>(TTensor x, TTensor y)
        where TTensor : ITensor<TTensor> => x.Map(y, Hypot);

    /// <summary><inheritdoc cref="Hypot(double, double)" path="/summary"/> A dense matrix; what is not stored counts as zero.</summary>
    public static Matrix<TElement> Hypot<TElement>(SparseMatrix<TElement> x, double y)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        ArgumentNullException.ThrowIfNull(x);
        return Hypot(x.ToDense(), y);
    }

    /// <summary><inheritdoc cref="Hypot(double, double)" path="/summary"/> A dense matrix; what is not stored counts as zero.</summary>
    public static Matrix<TElement> Hypot<TElement>(double x, SparseMatrix<TElement> y)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        ArgumentNullException.ThrowIfNull(y);
        return Hypot(x, y.ToDense());
    }

    /// <summary>
    /// <inheritdoc cref="Hypot(double, double)" path="/summary"/> A dense matrix: vectors repeat as for the operators, and what a sparse matrix
    /// does not store counts as zero.
    /// </summary>
    /// <exception cref="ArgumentException">The operands do not fit.</exception>
    public static Matrix<TElement> Hypot<TElement>(Matrix<TElement> x, TensorOperand<TElement> y)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => Elementwise<TElement>.Map(nameof(Hypot), x, y.Tensor, Hypot);

    /// <inheritdoc cref="Hypot{TElement}(Matrix{TElement}, TensorOperand{TElement})"/>
    public static Matrix<TElement> Hypot<TElement>(SparseMatrix<TElement> x, TensorOperand<TElement> y)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => Elementwise<TElement>.Map(nameof(Hypot), x, y.Tensor, Hypot);

    /// <inheritdoc cref="Hypot{TElement}(Matrix{TElement}, TensorOperand{TElement})"/>
    public static Matrix<TElement> Hypot<TElement>(ColumnVector<TElement> x, TensorOperand<TElement> y)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => Elementwise<TElement>.Map(nameof(Hypot), x, y.Tensor, Hypot);

    /// <inheritdoc cref="Hypot{TElement}(Matrix{TElement}, TensorOperand{TElement})"/>
    public static Matrix<TElement> Hypot<TElement>(RowVector<TElement> x, TensorOperand<TElement> y)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => Elementwise<TElement>.Map(nameof(Hypot), x, y.Tensor, Hypot);
}

public static partial class LaneMath
{
    /// <inheritdoc cref="LossMath.Hypot(double, double)"/>
    public static TLane Hypot<TLane>(TLane x, TLane y)
        where TLane : struct, ILane<TLane>
    {
        var (small, large) = (Min(TLane.Abs(x), TLane.Abs(y)), Max(TLane.Abs(x), TLane.Abs(y)));
        var ratio = TLane.IfLess(small, large, small / large, 1); // equal ones may be 0 or infinite
        return large * TLane.Sqrt(1 + (ratio * ratio));
    }
}
