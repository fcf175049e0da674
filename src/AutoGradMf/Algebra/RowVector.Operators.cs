namespace AutoGradMf;

/// <remarks>
/// Operands that do not fit throw an <see cref="ArgumentException"/> that names the operation and both shapes.
/// </remarks>
public sealed partial class RowVector<TElement>
{
    /// <summary>The negative of each element.</summary>
    public static RowVector<TElement> operator -(RowVector<TElement> x) => x.Map(static v => -v);

    /// <summary><c>left[j] + right[j]</c>.</summary>
    public static RowVector<TElement> operator +(RowVector<TElement> left, RowVector<TElement> right) =>
        Elementwise<TElement>.Add(left, right).View.ToRowVector();

    /// <summary><c>left[j] + right</c>.</summary>
    public static RowVector<TElement> operator +(RowVector<TElement> left, double right) =>
        Elementwise<TElement>.Add(left, right).View.ToRowVector();

    /// <summary><c>left + right[j]</c>.</summary>
    public static RowVector<TElement> operator +(double left, RowVector<TElement> right) =>
        Elementwise<TElement>.Add(left, right).View.ToRowVector();

    /// <summary><c>left[j] - right[j]</c>.</summary>
    public static RowVector<TElement> operator -(RowVector<TElement> left, RowVector<TElement> right) =>
        Elementwise<TElement>.Subtract(left, right).View.ToRowVector();

    /// <summary><c>left[j] - right</c>.</summary>
    public static RowVector<TElement> operator -(RowVector<TElement> left, double right) =>
        Elementwise<TElement>.Subtract(left, right).View.ToRowVector();

    /// <summary><c>left - right[j]</c>.</summary>
    public static RowVector<TElement> operator -(double left, RowVector<TElement> right) =>
        Elementwise<TElement>.Subtract(left, right).View.ToRowVector();

    /// <summary><c>left[j] · right[j]</c>.</summary>
    public static RowVector<TElement> operator %(RowVector<TElement> left, RowVector<TElement> right) =>
        Elementwise<TElement>.Multiply(left, right).View.ToRowVector();

    /// <summary><c>left[j] · right</c>.</summary>
    public static RowVector<TElement> operator %(RowVector<TElement> left, double right) =>
        Elementwise<TElement>.Multiply(left, right).View.ToRowVector();

    /// <summary><c>left · right[j]</c>.</summary>
    public static RowVector<TElement> operator %(double left, RowVector<TElement> right) =>
        Elementwise<TElement>.Multiply(left, right).View.ToRowVector();

    /// <summary><c>left[j] / right[j]</c>.</summary>
    public static RowVector<TElement> operator /(RowVector<TElement> left, RowVector<TElement> right) =>
        Elementwise<TElement>.Divide(left, right).View.ToRowVector();

    /// <summary><c>left[j] / right</c>.</summary>
    public static RowVector<TElement> operator /(RowVector<TElement> left, double right) =>
        Elementwise<TElement>.Divide(left, right).View.ToRowVector();

    /// <summary><c>left / right[j]</c>.</summary>
    public static RowVector<TElement> operator /(double left, RowVector<TElement> right) =>
        Elementwise<TElement>.Divide(left, right).View.ToRowVector();

    /// <summary><c>left[j] + right[i]</c>: a matrix.</summary>
    public static Matrix<TElement> operator +(RowVector<TElement> left, ColumnVector<TElement> right) =>
        Elementwise<TElement>.Add(left, right);

    /// <summary><c>left[j] - right[i]</c>: a matrix.</summary>
    public static Matrix<TElement> operator -(RowVector<TElement> left, ColumnVector<TElement> right) =>
        Elementwise<TElement>.Subtract(left, right);

    /// <summary><c>left[j] · right[i]</c>: a matrix.</summary>
    public static Matrix<TElement> operator %(RowVector<TElement> left, ColumnVector<TElement> right) =>
        Elementwise<TElement>.Multiply(left, right);

    /// <summary><c>left[j] / right[i]</c>: a matrix.</summary>
    public static Matrix<TElement> operator /(RowVector<TElement> left, ColumnVector<TElement> right) =>
        Elementwise<TElement>.Divide(left, right);

    /// <summary><c>left[j] · right</c>.</summary>
    public static RowVector<TElement> operator *(RowVector<TElement> left, double right) => left % right;

    /// <summary><c>left · right[j]</c>.</summary>
    public static RowVector<TElement> operator *(double left, RowVector<TElement> right) => left % right;

    /// <summary>The inner product, <c>Σ_k left[k] · right[k]</c>, in double.</summary>
    public static double operator *(RowVector<TElement> left, ColumnVector<TElement> right)
    {
        TensorShape.RequireProduct(left.Shape, right.Shape);
        return Reduction.Dot<TElement>(left.Span, right.Span);
    }
}
