namespace AutoGradMf;

/// <remarks>
/// What is not stored annihilates: <c>%</c> and <c>*</c> look at stored entries alone, and so does <c>/</c> of a sparse dividend.
/// A sum with anything dense is dense. Operands that do not fit throw an <see cref="ArgumentException"/> that names the operation
/// and both shapes.
/// </remarks>
public sealed partial class SparseMatrix<TElement>
{
    /// <summary>The negative of each stored element.</summary>
    public static SparseMatrix<TElement> operator -(SparseMatrix<TElement> x) => x.Map(static v => -v);

    /// <summary><c>left[i, j] + right[i, j]</c> at the entries stored in either.</summary>
    public static SparseMatrix<TElement> operator +(SparseMatrix<TElement> left, SparseMatrix<TElement> right)
    {
        TensorShape.Broadcast("+", left.Shape, right.Shape);
        var either = SparsePattern.Union(left.Pattern, right.Pattern);
        return left.On(either).Zip(right.On(either), static (x, y) => x + y);
    }

    /// <summary><c>left[i, j] + right[i, j]</c>: a dense matrix.</summary>
    public static Matrix<TElement> operator +(SparseMatrix<TElement> left, Matrix<TElement> right) =>
        Elementwise<TElement>.Add(left, right);

    /// <summary><c>left[i, j] + right[i, j]</c>: a dense matrix.</summary>
    public static Matrix<TElement> operator +(Matrix<TElement> left, SparseMatrix<TElement> right) =>
        Elementwise<TElement>.Add(left, right);

    /// <summary><c>left[i, j] + right[i]</c>: a dense matrix.</summary>
    public static Matrix<TElement> operator +(SparseMatrix<TElement> left, ColumnVector<TElement> right) =>
        Elementwise<TElement>.Add(left, right);

    /// <summary><c>left[i] + right[i, j]</c>: a dense matrix.</summary>
    public static Matrix<TElement> operator +(ColumnVector<TElement> left, SparseMatrix<TElement> right) =>
        Elementwise<TElement>.Add(left, right);

    /// <summary><c>left[i, j] + right[j]</c>: a dense matrix.</summary>
    public static Matrix<TElement> operator +(SparseMatrix<TElement> left, RowVector<TElement> right) =>
        Elementwise<TElement>.Add(left, right);

    /// <summary><c>left[j] + right[i, j]</c>: a dense matrix.</summary>
    public static Matrix<TElement> operator +(RowVector<TElement> left, SparseMatrix<TElement> right) =>
        Elementwise<TElement>.Add(left, right);

    /// <summary><c>left[i, j] + right</c>: a dense matrix.</summary>
    public static Matrix<TElement> operator +(SparseMatrix<TElement> left, double right) => Elementwise<TElement>.Add(left, right);

    /// <summary><c>left + right[i, j]</c>: a dense matrix.</summary>
    public static Matrix<TElement> operator +(double left, SparseMatrix<TElement> right) => Elementwise<TElement>.Add(left, right);

    /// <summary><c>left[i, j] - right[i, j]</c> at the entries stored in either.</summary>
    public static SparseMatrix<TElement> operator -(SparseMatrix<TElement> left, SparseMatrix<TElement> right)
    {
        TensorShape.Broadcast("-", left.Shape, right.Shape);
        var either = SparsePattern.Union(left.Pattern, right.Pattern);
        return left.On(either).Zip(right.On(either), static (x, y) => x - y);
    }

    /// <summary><c>left[i, j] - right[i, j]</c>: a dense matrix.</summary>
    public static Matrix<TElement> operator -(SparseMatrix<TElement> left, Matrix<TElement> right) =>
        Elementwise<TElement>.Subtract(left, right);

    /// <summary><c>left[i, j] - right[i, j]</c>: a dense matrix.</summary>
    public static Matrix<TElement> operator -(Matrix<TElement> left, SparseMatrix<TElement> right) =>
        Elementwise<TElement>.Subtract(left, right);

    /// <summary><c>left[i, j] - right[i]</c>: a dense matrix.</summary>
    public static Matrix<TElement> operator -(SparseMatrix<TElement> left, ColumnVector<TElement> right) =>
        Elementwise<TElement>.Subtract(left, right);

    /// <summary><c>left[i] - right[i, j]</c>: a dense matrix.</summary>
    public static Matrix<TElement> operator -(ColumnVector<TElement> left, SparseMatrix<TElement> right) =>
        Elementwise<TElement>.Subtract(left, right);

    /// <summary><c>left[i, j] - right[j]</c>: a dense matrix.</summary>
    public static Matrix<TElement> operator -(SparseMatrix<TElement> left, RowVector<TElement> right) =>
        Elementwise<TElement>.Subtract(left, right);

    /// <summary><c>left[j] - right[i, j]</c>: a dense matrix.</summary>
    public static Matrix<TElement> operator -(RowVector<TElement> left, SparseMatrix<TElement> right) =>
        Elementwise<TElement>.Subtract(left, right);

    /// <summary><c>left[i, j] - right</c>: a dense matrix.</summary>
    public static Matrix<TElement> operator -(SparseMatrix<TElement> left, double right) => Elementwise<TElement>.Subtract(left, right);

    /// <summary><c>left - right[i, j]</c>: a dense matrix.</summary>
    public static Matrix<TElement> operator -(double left, SparseMatrix<TElement> right) => Elementwise<TElement>.Subtract(left, right);

    /// <summary><c>left[i, j] · right[i, j]</c> at the entries stored in both.</summary>
    public static SparseMatrix<TElement> operator %(SparseMatrix<TElement> left, SparseMatrix<TElement> right)
    {
        TensorShape.Broadcast("%", left.Shape, right.Shape);
        var both = SparsePattern.Intersect(left.Pattern, right.Pattern);
        return left.On(both).Zip(right.On(both), static (x, y) => x * y);
    }

    /// <summary><c>left[i, j] · right[i, j]</c> at the stored entries.</summary>
    public static SparseMatrix<TElement> operator %(SparseMatrix<TElement> left, Matrix<TElement> right) =>
        Elementwise<TElement>.MultiplyStored(left, right);

    /// <summary><c>left[i, j] · right[i, j]</c> at the stored entries.</summary>
    public static SparseMatrix<TElement> operator %(Matrix<TElement> left, SparseMatrix<TElement> right) =>
        Elementwise<TElement>.MultiplyStored(left, right);

    /// <summary><c>left[i, j] · right[i]</c> at the stored entries.</summary>
    public static SparseMatrix<TElement> operator %(SparseMatrix<TElement> left, ColumnVector<TElement> right) =>
        Elementwise<TElement>.MultiplyStored(left, right);

    /// <summary><c>left[i] · right[i, j]</c> at the stored entries.</summary>
    public static SparseMatrix<TElement> operator %(ColumnVector<TElement> left, SparseMatrix<TElement> right) =>
        Elementwise<TElement>.MultiplyStored(left, right);

    /// <summary><c>left[i, j] · right[j]</c> at the stored entries.</summary>
    public static SparseMatrix<TElement> operator %(SparseMatrix<TElement> left, RowVector<TElement> right) =>
        Elementwise<TElement>.MultiplyStored(left, right);

    /// <summary><c>left[j] · right[i, j]</c> at the stored entries.</summary>
    public static SparseMatrix<TElement> operator %(RowVector<TElement> left, SparseMatrix<TElement> right) =>
        Elementwise<TElement>.MultiplyStored(left, right);

    /// <summary><c>left[i, j] · right</c> at the stored entries.</summary>
    public static SparseMatrix<TElement> operator %(SparseMatrix<TElement> left, double right) =>
        Elementwise<TElement>.MultiplyStored(left, right);

    /// <summary><c>left · right[i, j]</c> at the stored entries.</summary>
    public static SparseMatrix<TElement> operator %(double left, SparseMatrix<TElement> right) =>
        Elementwise<TElement>.MultiplyStored(left, right);

    /// <summary>
    /// <c>left[i, j] / right[i, j]</c> at the entries that the dividend stores; by zero where the divisor stores nothing.
    /// </summary>
    public static SparseMatrix<TElement> operator /(SparseMatrix<TElement> left, SparseMatrix<TElement> right)
    {
        TensorShape.Broadcast("/", left.Shape, right.Shape);
        return left.Zip(right.On(left.Pattern), static (x, y) => x / y);
    }

    /// <summary><c>left[i, j] / right[i, j]</c> at the stored entries.</summary>
    public static SparseMatrix<TElement> operator /(SparseMatrix<TElement> left, Matrix<TElement> right) =>
        Elementwise<TElement>.DivideStored(left, right);

    /// <summary><c>left[i, j] / right[i]</c> at the stored entries.</summary>
    public static SparseMatrix<TElement> operator /(SparseMatrix<TElement> left, ColumnVector<TElement> right) =>
        Elementwise<TElement>.DivideStored(left, right);

    /// <summary><c>left[i, j] / right[j]</c> at the stored entries.</summary>
    public static SparseMatrix<TElement> operator /(SparseMatrix<TElement> left, RowVector<TElement> right) =>
        Elementwise<TElement>.DivideStored(left, right);

    /// <summary><c>left[i, j] / right</c> at the stored entries.</summary>
    public static SparseMatrix<TElement> operator /(SparseMatrix<TElement> left, double right) =>
        Elementwise<TElement>.DivideStored(left, right);

    /// <summary><c>left[i, j] / right[i, j]</c>: a dense matrix, divided by zero where nothing is stored.</summary>
    public static Matrix<TElement> operator /(Matrix<TElement> left, SparseMatrix<TElement> right) =>
        Elementwise<TElement>.Divide(left, right);

    /// <summary><c>left[i] / right[i, j]</c>: a dense matrix, divided by zero where nothing is stored.</summary>
    public static Matrix<TElement> operator /(ColumnVector<TElement> left, SparseMatrix<TElement> right) =>
        Elementwise<TElement>.Divide(left, right);

    /// <summary><c>left[j] / right[i, j]</c>: a dense matrix, divided by zero where nothing is stored.</summary>
    public static Matrix<TElement> operator /(RowVector<TElement> left, SparseMatrix<TElement> right) =>
        Elementwise<TElement>.Divide(left, right);

    /// <summary><c>left / right[i, j]</c>: a dense matrix, divided by zero where nothing is stored.</summary>
    public static Matrix<TElement> operator /(double left, SparseMatrix<TElement> right) => Elementwise<TElement>.Divide(left, right);

    /// <summary><c>left[i, j] · right</c> at the stored entries.</summary>
    public static SparseMatrix<TElement> operator *(SparseMatrix<TElement> left, double right) => left % right;

    /// <summary><c>left · right[i, j]</c> at the stored entries.</summary>
    public static SparseMatrix<TElement> operator *(double left, SparseMatrix<TElement> right) => left % right;

    /// <summary>
    /// The matrix product, <c>Σ_k left[i, k] · right[k, j]</c>, each sum in double, at the entries where some k is stored in row i of the
    /// left and in column j of the right matrix.
    /// </summary>
    public static SparseMatrix<TElement> operator *(SparseMatrix<TElement> left, SparseMatrix<TElement> right)
    {
        TensorShape.RequireProduct(left.Shape, right.Shape);
        return MatrixProduct<TElement>.Of(left, right);
    }

    /// <summary>The matrix product, <c>Σ_k left[i, k] · right[k, j]</c> over the stored entries, each sum in double.</summary>
    public static Matrix<TElement> operator *(SparseMatrix<TElement> left, Matrix<TElement> right)
    {
        TensorShape.RequireProduct(left.Shape, right.Shape);
        return MatrixProduct<TElement>.Of(left, right.View);
    }

    /// <summary>The matrix product, <c>Σ_k left[i, k] · right[k, j]</c> over the stored entries, each sum in double.</summary>
    public static Matrix<TElement> operator *(Matrix<TElement> left, SparseMatrix<TElement> right)
    {
        TensorShape.RequireProduct(left.Shape, right.Shape);
        return MatrixProduct<TElement>.Of(right.T, left.T.View).T;
    }

    /// <summary>The matrix product with a column, <c>Σ_k left[i, k] · right[k]</c> over the stored entries.</summary>
    public static ColumnVector<TElement> operator *(SparseMatrix<TElement> left, ColumnVector<TElement> right)
    {
        TensorShape.RequireProduct(left.Shape, right.Shape);
        return MatrixProduct<TElement>.Of(left, right.View).View.ToColumnVector();
    }

    /// <summary>The matrix product of a row, <c>Σ_k left[k] · right[k, j]</c> over the stored entries.</summary>
    public static RowVector<TElement> operator *(RowVector<TElement> left, SparseMatrix<TElement> right)
    {
        TensorShape.RequireProduct(left.Shape, right.Shape);
        return MatrixProduct<TElement>.Of(right.T, left.T.View).View.ToColumnVector().T;
    }
}
