namespace AutoGradMf;

/// <remarks>
/// A column stands for a matrix of equal columns, a row for one of equal rows, a number for one of equal elements. Operands that do
/// not fit throw an <see cref="ArgumentException"/> that names the operation and both shapes. Hyperparameters are double and are
/// rounded to <typeparamref name="TElement"/> once.
/// </remarks>
public sealed partial class Matrix<TElement>
{
    /// <summary>The negative of each element.</summary>
    public static Matrix<TElement> operator -(Matrix<TElement> x) => x.Map(static v => -v);

    /// <summary><c>left[i, j] + right[i, j]</c>.</summary>
    public static Matrix<TElement> operator +(Matrix<TElement> left, Matrix<TElement> right) => Elementwise<TElement>.Add(left, right);

    /// <summary><c>left[i, j] + right[i]</c>.</summary>
    public static Matrix<TElement> operator +(Matrix<TElement> left, ColumnVector<TElement> right) =>
        Elementwise<TElement>.Add(left, right);

    /// <summary><c>left[i] + right[i, j]</c>.</summary>
    public static Matrix<TElement> operator +(ColumnVector<TElement> left, Matrix<TElement> right) =>
        Elementwise<TElement>.Add(left, right);

    /// <summary><c>left[i, j] + right[j]</c>.</summary>
    public static Matrix<TElement> operator +(Matrix<TElement> left, RowVector<TElement> right) => Elementwise<TElement>.Add(left, right);

    /// <summary><c>left[j] + right[i, j]</c>.</summary>
    public static Matrix<TElement> operator +(RowVector<TElement> left, Matrix<TElement> right) => Elementwise<TElement>.Add(left, right);

    /// <summary><c>left[i, j] + right</c>.</summary>
    public static Matrix<TElement> operator +(Matrix<TElement> left, double right) => Elementwise<TElement>.Add(left, right);

    /// <summary><c>left + right[i, j]</c>.</summary>
    public static Matrix<TElement> operator +(double left, Matrix<TElement> right) => Elementwise<TElement>.Add(left, right);

    /// <summary><c>left[i, j] - right[i, j]</c>.</summary>
    public static Matrix<TElement> operator -(Matrix<TElement> left, Matrix<TElement> right) => Elementwise<TElement>.Subtract(left, right);

    /// <summary><c>left[i, j] - right[i]</c>.</summary>
    public static Matrix<TElement> operator -(Matrix<TElement> left, ColumnVector<TElement> right) =>
        Elementwise<TElement>.Subtract(left, right);

    /// <summary><c>left[i] - right[i, j]</c>.</summary>
    public static Matrix<TElement> operator -(ColumnVector<TElement> left, Matrix<TElement> right) =>
        Elementwise<TElement>.Subtract(left, right);

    /// <summary><c>left[i, j] - right[j]</c>.</summary>
    public static Matrix<TElement> operator -(Matrix<TElement> left, RowVector<TElement> right) =>
        Elementwise<TElement>.Subtract(left, right);

    /// <summary><c>left[j] - right[i, j]</c>.</summary>
    public static Matrix<TElement> operator -(RowVector<TElement> left, Matrix<TElement> right) =>
        Elementwise<TElement>.Subtract(left, right);

    /// <summary><c>left[i, j] - right</c>.</summary>
    public static Matrix<TElement> operator -(Matrix<TElement> left, double right) => Elementwise<TElement>.Subtract(left, right);

    /// <summary><c>left - right[i, j]</c>.</summary>
    public static Matrix<TElement> operator -(double left, Matrix<TElement> right) => Elementwise<TElement>.Subtract(left, right);

    /// <summary><c>left[i, j] · right[i, j]</c>.</summary>
    public static Matrix<TElement> operator %(Matrix<TElement> left, Matrix<TElement> right) => Elementwise<TElement>.Multiply(left, right);

    /// <summary><c>left[i, j] · right[i]</c>.</summary>
    public static Matrix<TElement> operator %(Matrix<TElement> left, ColumnVector<TElement> right) =>
        Elementwise<TElement>.Multiply(left, right);

    /// <summary><c>left[i] · right[i, j]</c>.</summary>
    public static Matrix<TElement> operator %(ColumnVector<TElement> left, Matrix<TElement> right) =>
        Elementwise<TElement>.Multiply(left, right);

    /// <summary><c>left[i, j] · right[j]</c>.</summary>
    public static Matrix<TElement> operator %(Matrix<TElement> left, RowVector<TElement> right) =>
        Elementwise<TElement>.Multiply(left, right);

    /// <summary><c>left[j] · right[i, j]</c>.</summary>
    public static Matrix<TElement> operator %(RowVector<TElement> left, Matrix<TElement> right) =>
        Elementwise<TElement>.Multiply(left, right);

    /// <summary><c>left[i, j] · right</c>.</summary>
    public static Matrix<TElement> operator %(Matrix<TElement> left, double right) => Elementwise<TElement>.Multiply(left, right);

    /// <summary><c>left · right[i, j]</c>.</summary>
    public static Matrix<TElement> operator %(double left, Matrix<TElement> right) => Elementwise<TElement>.Multiply(left, right);

    /// <summary><c>left[i, j] / right[i, j]</c>.</summary>
    public static Matrix<TElement> operator /(Matrix<TElement> left, Matrix<TElement> right) => Elementwise<TElement>.Divide(left, right);

    /// <summary><c>left[i, j] / right[i]</c>.</summary>
    public static Matrix<TElement> operator /(Matrix<TElement> left, ColumnVector<TElement> right) =>
        Elementwise<TElement>.Divide(left, right);

    /// <summary><c>left[i] / right[i, j]</c>.</summary>
    public static Matrix<TElement> operator /(ColumnVector<TElement> left, Matrix<TElement> right) =>
        Elementwise<TElement>.Divide(left, right);

    /// <summary><c>left[i, j] / right[j]</c>.</summary>
    public static Matrix<TElement> operator /(Matrix<TElement> left, RowVector<TElement> right) =>
        Elementwise<TElement>.Divide(left, right);

    /// <summary><c>left[j] / right[i, j]</c>.</summary>
    public static Matrix<TElement> operator /(RowVector<TElement> left, Matrix<TElement> right) =>
        Elementwise<TElement>.Divide(left, right);

    /// <summary><c>left[i, j] / right</c>.</summary>
    public static Matrix<TElement> operator /(Matrix<TElement> left, double right) => Elementwise<TElement>.Divide(left, right);

    /// <summary><c>left / right[i, j]</c>.</summary>
    public static Matrix<TElement> operator /(double left, Matrix<TElement> right) => Elementwise<TElement>.Divide(left, right);

    /// <summary><c>left[i, j] · right</c>.</summary>
    public static Matrix<TElement> operator *(Matrix<TElement> left, double right) => left % right;

    /// <summary><c>left · right[i, j]</c>.</summary>
    public static Matrix<TElement> operator *(double left, Matrix<TElement> right) => left % right;

    /// <summary>The matrix product, <c>Σ_k left[i, k] · right[k, j]</c>, each sum in double.</summary>
    public static Matrix<TElement> operator *(Matrix<TElement> left, Matrix<TElement> right)
    {
        TensorShape.RequireProduct(left.Shape, right.Shape);
        return MatrixProduct<TElement>.Of(left.View, right.View);
    }

    /// <summary>The matrix product with a column, <c>Σ_k left[i, k] · right[k]</c>.</summary>
    public static ColumnVector<TElement> operator *(Matrix<TElement> left, ColumnVector<TElement> right)
    {
        TensorShape.RequireProduct(left.Shape, right.Shape);
        return MatrixProduct<TElement>.Of(left.View, right.View).View.ToColumnVector();
    }

    /// <summary>The matrix product of a row, <c>Σ_k left[k] · right[k, j]</c>.</summary>
    public static RowVector<TElement> operator *(RowVector<TElement> left, Matrix<TElement> right)
    {
        TensorShape.RequireProduct(left.Shape, right.Shape);
        return MatrixProduct<TElement>.Of(left.View, right.View).View.ToRowVector();
    }
}
