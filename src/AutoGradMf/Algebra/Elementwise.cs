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

    /// <summary>f of each pair of elements, computed in double and rounded once.</summary>
    public static TElement[] Map(ReadOnlySpan<TElement> left, ReadOnlySpan<TElement> right, Func<double, double, double> f)
    {
        ArgumentNullException.ThrowIfNull(f);
        var results = new TElement[left.Length];
        for (var e = 0; e < results.Length; e++)
        {
            results[e] = TElement.CreateTruncating(f(double.CreateTruncating(left[e]), double.CreateTruncating(right[e])));
        }

        return results;
    }

    /// <summary>f of both tensors' elements at each point, computed in double and rounded once.</summary>
    /// <param name="function">What a misfit is reported of.</param>
    /// <param name="left">The first.</param>
    /// <param name="right">The second.</param>
    /// <param name="f">The function.</param>
    public static Matrix<TElement> Map(string function, BroadcastOperand<TElement> left, BroadcastOperand<TElement> right, Func<double, double, double> f) =>
        Zip(function, left, right, (x, y) => TElement.CreateTruncating(f(double.CreateTruncating(x), double.CreateTruncating(y))));

    /// <summary>f of the tensors' elements at each point, computed in double and rounded once.</summary>
    public static Matrix<TElement> Map(ReadOnlySpan<BroadcastOperand<TElement>> tensors, Func<double[], double> f)
    {
        var shape = tensors[0].Shape;
        foreach (var tensor in tensors[1..])
        {
            shape = shape.With(nameof(Map), tensor.Shape);
        }

        var result = new Matrix<TElement>(shape.Rows, shape.Columns);
        for (var i = 0; i < shape.Rows; i++)
        {
            for (var j = 0; j < shape.Columns; j++)
            {
                result[i, j] = TElement.CreateTruncating(f(Elements(tensors, i, j)));
            }
        }

        return result;
    }

    /// <summary>f of the first tensor's stored elements and of the others' elements there.</summary>
    public static SparseMatrix<TElement> MapStored(
        SparseMatrix<TElement> first, ReadOnlySpan<BroadcastOperand<TElement>> others, Func<double[], double> f)
    {
        foreach (var other in others)
        {
            TensorShape.Broadcast(nameof(Map), first.Shape, other.Shape);
        }

        var values = new TElement[first.Count];
        foreach (var (i, j, entry) in first.Pattern.Entries)
        {
            values[entry] = TElement.CreateTruncating(f([double.CreateTruncating(first.Values[entry]), .. Elements(others, i, j)]));
        }

        return new SparseMatrix<TElement>(first.Pattern, values);
    }

    private static double[] Elements(ReadOnlySpan<BroadcastOperand<TElement>> tensors, int i, int j)
    {
        var elements = new double[tensors.Length];
        for (var t = 0; t < tensors.Length; t++)
        {
            elements[t] = double.CreateTruncating(tensors[t][i, j]);
        }

        return elements;
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
