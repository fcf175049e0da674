using System.Numerics;

namespace AutoGradMf;

public static partial class LossMath
{
    /// <summary>
    /// f of each element, computed in double and rounded once. Of a sparse matrix, the stored entries alone: what is not stored stays so.
    /// </summary>
    /// <param name="x">A matrix, sparse or not, or a vector.</param>
    /// <param name="f">A lambda of one element, or an elementwise function.</param>
    public static TTensor Map<TTensor>(TTensor x, Func<double, double> f)
        where TTensor : ITensor<TTensor> => x.Map(f);

    /// <summary>
    /// f of two tensors' elements, computed in double and rounded once; vectors repeat as for the operators. A dense matrix.
    /// </summary>
    /// <exception cref="ArgumentException">The tensors do not fit.</exception>
    public static Matrix<TElement> Map<TElement>(Matrix<TElement> x, TensorOperand<TElement> y, Func<double, double, double> f)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => Elementwise<TElement>.Map([x, y.Tensor], v => f(v[0], v[1]));

    /// <inheritdoc cref="Map{TElement}(Matrix{TElement}, TensorOperand{TElement}, Func{double, double, double})"/>
    public static Matrix<TElement> Map<TElement>(ColumnVector<TElement> x, TensorOperand<TElement> y, Func<double, double, double> f)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => Elementwise<TElement>.Map([x, y.Tensor], v => f(v[0], v[1]));

    /// <inheritdoc cref="Map{TElement}(Matrix{TElement}, TensorOperand{TElement}, Func{double, double, double})"/>
    public static Matrix<TElement> Map<TElement>(RowVector<TElement> x, TensorOperand<TElement> y, Func<double, double, double> f)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => Elementwise<TElement>.Map([x, y.Tensor], v => f(v[0], v[1]));

    /// <summary>
    /// f of two tensors' elements at the entries that the first stores, and nowhere else; computed in double and rounded once.
    /// </summary>
    /// <exception cref="ArgumentException">The tensors do not fit.</exception>
    public static SparseMatrix<TElement> Map<TElement>(
        SparseMatrix<TElement> x, TensorOperand<TElement> y, Func<double, double, double> f)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> =>
        Elementwise<TElement>.MapStored(x, [y.Tensor], v => f(v[0], v[1]));

    /// <summary>f of two vectors' elements, computed in double and rounded once.</summary>
    /// <exception cref="ArgumentException">The vectors are of different lengths.</exception>
    public static ColumnVector<TElement> Map<TElement>(ColumnVector<TElement> x, ColumnVector<TElement> y, Func<double, double, double> f)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> =>
        Elementwise<TElement>.Map([x, y], v => f(v[0], v[1])).View.ToColumnVector();

    /// <summary>f of two vectors' elements, computed in double and rounded once.</summary>
    /// <exception cref="ArgumentException">The vectors are of different lengths.</exception>
    public static RowVector<TElement> Map<TElement>(RowVector<TElement> x, RowVector<TElement> y, Func<double, double, double> f)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> =>
        Elementwise<TElement>.Map([x, y], v => f(v[0], v[1])).View.ToRowVector();

    /// <summary>
    /// f of three tensors' elements, computed in double and rounded once; vectors repeat as for the operators. A dense matrix.
    /// </summary>
    /// <exception cref="ArgumentException">The tensors do not fit.</exception>
    public static Matrix<TElement> Map<TElement>(
        Matrix<TElement> x, TensorOperand<TElement> y, TensorOperand<TElement> z, Func<double, double, double, double> f)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> =>
        Elementwise<TElement>.Map([x, y.Tensor, z.Tensor], v => f(v[0], v[1], v[2]));

    /// <inheritdoc cref="Map{TElement}(Matrix{TElement}, TensorOperand{TElement}, TensorOperand{TElement}, Func{double, double, double, double})"/>
    public static Matrix<TElement> Map<TElement>(
        ColumnVector<TElement> x, TensorOperand<TElement> y, TensorOperand<TElement> z, Func<double, double, double, double> f)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> =>
        Elementwise<TElement>.Map([x, y.Tensor, z.Tensor], v => f(v[0], v[1], v[2]));

    /// <inheritdoc cref="Map{TElement}(Matrix{TElement}, TensorOperand{TElement}, TensorOperand{TElement}, Func{double, double, double, double})"/>
    public static Matrix<TElement> Map<TElement>(
        RowVector<TElement> x, TensorOperand<TElement> y, TensorOperand<TElement> z, Func<double, double, double, double> f)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> =>
        Elementwise<TElement>.Map([x, y.Tensor, z.Tensor], v => f(v[0], v[1], v[2]));

    /// <summary>
    /// f of three tensors' elements at the entries that the first stores, and nowhere else; computed in double and rounded once.
    /// </summary>
    /// <exception cref="ArgumentException">The tensors do not fit.</exception>
    public static SparseMatrix<TElement> Map<TElement>(
        SparseMatrix<TElement> x, TensorOperand<TElement> y, TensorOperand<TElement> z, Func<double, double, double, double> f)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> =>
        Elementwise<TElement>.MapStored(x, [y.Tensor, z.Tensor], v => f(v[0], v[1], v[2]));

    /// <summary>f of three vectors' elements, computed in double and rounded once.</summary>
    /// <exception cref="ArgumentException">The vectors are of different lengths.</exception>
    public static ColumnVector<TElement> Map<TElement>(
        ColumnVector<TElement> x, ColumnVector<TElement> y, ColumnVector<TElement> z, Func<double, double, double, double> f)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> =>
        Elementwise<TElement>.Map([x, y, z], v => f(v[0], v[1], v[2])).View.ToColumnVector();

    /// <summary>f of three vectors' elements, computed in double and rounded once.</summary>
    /// <exception cref="ArgumentException">The vectors are of different lengths.</exception>
    public static RowVector<TElement> Map<TElement>(
        RowVector<TElement> x, RowVector<TElement> y, RowVector<TElement> z, Func<double, double, double, double> f)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> =>
        Elementwise<TElement>.Map([x, y, z], v => f(v[0], v[1], v[2])).View.ToRowVector();
}
