namespace AutoGradMf;

/// <remarks>
/// Operands that do not fit throw an <see cref="ArgumentException"/> that names the operation and both shapes.
/// </remarks>
public sealed partial class ColumnVector<TElement>
{
    /// <summary>The negative of each element.</summary>
    public static ColumnVector<TElement> operator -(ColumnVector<TElement> x) => x.Map(static v => -v);

    /// <summary><c>left[i] + right[i]</c>.</summary>
    public static ColumnVector<TElement> operator +(ColumnVector<TElement> left, ColumnVector<TElement> right) =>
        Elementwise<TElement>.Add(left, right).View.ToColumnVector();

    /// <summary><c>left[i] + right</c>.</summary>
    public static ColumnVector<TElement> operator +(ColumnVector<TElement> left, double right) =>
        Elementwise<TElement>.Add(left, right).View.ToColumnVector();

    /// <summary><c>left + right[i]</c>.</summary>
    public static ColumnVector<TElement> operator +(double left, ColumnVector<TElement> right) =>
        Elementwise<TElement>.Add(left, right).View.ToColumnVector();

    /// <summary><c>left[i] - right[i]</c>.</summary>
    public static ColumnVector<TElement> operator -(ColumnVector<TElement> left, ColumnVector<TElement> right) =>
        Elementwise<TElement>.Subtract(left, right).View.ToColumnVector();

    /// <summary><c>left[i] - right</c>.</summary>
    public static ColumnVector<TElement> operator -(ColumnVector<TElement> left, double right) =>
        Elementwise<TElement>.Subtract(left, right).View.ToColumnVector();

    /// <summary><c>left - right[i]</c>.</summary>
    public static ColumnVector<TElement> operator -(double left, ColumnVector<TElement> right) =>
        Elementwise<TElement>.Subtract(left, right).View.ToColumnVector();

    /// <summary><c>left[i] · right[i]</c>.</summary>
    public static ColumnVector<TElement> operator %(ColumnVector<TElement> left, ColumnVector<TElement> right) =>
        Elementwise<TElement>.Multiply(left, right).View.ToColumnVector();

    /// <summary><c>left[i] · right</c>.</summary>
    public static ColumnVector<TElement> operator %(ColumnVector<TElement> left, double right) =>
        Elementwise<TElement>.Multiply(left, right).View.ToColumnVector();

    /// <summary><c>left · right[i]</c>.</summary>
    public static ColumnVector<TElement> operator %(double left, ColumnVector<TElement> right) =>
        Elementwise<TElement>.Multiply(left, right).View.ToColumnVector();

    /// <summary><c>left[i] / right[i]</c>.</summary>
    public static ColumnVector<TElement> operator /(ColumnVector<TElement> left, ColumnVector<TElement> right) =>
        Elementwise<TElement>.Divide(left, right).View.ToColumnVector();

    /// <summary><c>left[i] / right</c>.</summary>
    public static ColumnVector<TElement> operator /(ColumnVector<TElement> left, double right) =>
        Elementwise<TElement>.Divide(left, right).View.ToColumnVector();

    /// <summary><c>left / right[i]</c>.</summary>
    public static ColumnVector<TElement> operator /(double left, ColumnVector<TElement> right) =>
        Elementwise<TElement>.Divide(left, right).View.ToColumnVector();

    /// <summary><c>left[i] + right[j]</c>: a matrix.</summary>
    public static Matrix<TElement> operator +(ColumnVector<TElement> left, RowVector<TElement> right) =>
        Elementwise<TElement>.Add(left, right);

    /// <summary><c>left[i] - right[j]</c>: a matrix.</summary>
    public static Matrix<TElement> operator -(ColumnVector<TElement> left, RowVector<TElement> right) =>
        Elementwise<TElement>.Subtract(left, right);

    /// <summary><c>left[i] · right[j]</c>: a matrix.</summary>
    public static Matrix<TElement> operator %(ColumnVector<TElement> left, RowVector<TElement> right) =>
        Elementwise<TElement>.Multiply(left, right);

    /// <summary><c>left[i] / right[j]</c>: a matrix.</summary>
    public static Matrix<TElement> operator /(ColumnVector<TElement> left, RowVector<TElement> right) =>
        Elementwise<TElement>.Divide(left, right);

    /// <summary><c>left[i] · right</c>.</summary>
    public static ColumnVector<TElement> operator *(ColumnVector<TElement> left, double right) => left % right;

    /// <summary><c>left · right[i]</c>.</summary>
    public static ColumnVector<TElement> operator *(double left, ColumnVector<TElement> right) => left % right;

    /// <summary>The outer product, <c>left[i] · right[j]</c>: a matrix.</summary>
    public static Matrix<TElement> operator *(ColumnVector<TElement> left, RowVector<TElement> right) => left % right;
}
