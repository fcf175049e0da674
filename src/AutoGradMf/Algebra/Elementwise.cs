using System.Numerics;

namespace AutoGradMf;

/// <summary>The elementwise operators, each once for all pairs of operands.</summary>
internal static class Elementwise<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    public static Matrix<TElement> Add(BroadcastOperand<TElement> left, BroadcastOperand<TElement> right) =>
        Zip("+", left, right, static (x, y) => x + y);

    public static Matrix<TElement> Subtract(BroadcastOperand<TElement> left, BroadcastOperand<TElement> right) =>
        Zip("-", left, right, static (x, y) => x - y);

    public static Matrix<TElement> Multiply(BroadcastOperand<TElement> left, BroadcastOperand<TElement> right) =>
        Zip("%", left, right, static (x, y) => x * y);

    public static Matrix<TElement> Divide(BroadcastOperand<TElement> left, BroadcastOperand<TElement> right) =>
        Zip("/", left, right, static (x, y) => x / y);

    /// <summary>The product at the stored entries alone, whatever the other operand holds elsewhere.</summary>
    public static SparseMatrix<TElement> MultiplyStored(SparseMatrix<TElement> left, BroadcastOperand<TElement> right) =>
        ZipStored("%", left, right, static (x, y) => x * y);

    /// <inheritdoc cref="MultiplyStored(SparseMatrix{TElement}, BroadcastOperand{TElement})"/>
    public static SparseMatrix<TElement> MultiplyStored(BroadcastOperand<TElement> left, SparseMatrix<TElement> right)
    {
        TensorShape.Broadcast("%", left.Shape, right.Shape); // so that a misfit names the sides as they were written
        return MultiplyStored(right, left);
    }

    /// <summary>The quotient at the stored entries alone, whatever the divisor holds elsewhere.</summary>
    public static SparseMatrix<TElement> DivideStored(SparseMatrix<TElement> left, BroadcastOperand<TElement> right) =>
        ZipStored("/", left, right, static (x, y) => x / y);

    /// <summary>f of each element, computed in double and rounded once.</summary>
    public static TElement[] Map(ReadOnlySpan<TElement> values, Func<double, double> f)
    {
        ArgumentNullException.ThrowIfNull(f);
        var results = new TElement[values.Length];
        for (var e = 0; e < results.Length; e++)
        {
            results[e] = TElement.CreateTruncating(f(double.CreateTruncating(values[e])));
        }

        return results;
    }

    private static Matrix<TElement> Zip(
        string operation, BroadcastOperand<TElement> left, BroadcastOperand<TElement> right, Func<TElement, TElement, TElement> f)
    {
        var (rows, columns) = TensorShape.Broadcast(operation, left.Shape, right.Shape);
        var result = new Matrix<TElement>(rows, columns);
        var view = result.View;
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < columns; j++)
            {
                view[i, j] = f(left[i, j], right[i, j]);
            }
        }

        return result;
    }

    private static SparseMatrix<TElement> ZipStored(
        string operation, SparseMatrix<TElement> left, BroadcastOperand<TElement> right, Func<TElement, TElement, TElement> f)
    {
        TensorShape.Broadcast(operation, left.Shape, right.Shape);
        var values = new TElement[left.Count];
        foreach (var (i, j, entry) in left.Pattern.Entries)
        {
            values[entry] = f(left.Values[entry], right[i, j]);
        }

        return new SparseMatrix<TElement>(left.Pattern, values);
    }
}
