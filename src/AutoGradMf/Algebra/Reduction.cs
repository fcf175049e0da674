using System.Numerics;
using AutoGradMf.Kernels;

namespace AutoGradMf;

/// <summary>Sums in double, in the order of the elements.</summary>
internal static class Reduction
{
    public static double Sum<TElement>(ReadOnlySpan<TElement> values)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += double.CreateTruncating(value);
        }

        return sum;
    }

    public static double AbsoluteSum<TElement>(ReadOnlySpan<TElement> values)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += Math.Abs(double.CreateTruncating(value));
        }

        return sum;
    }

    /// <summary>Σ x·y over as many elements as <paramref name="left"/> has.</summary>
    public static double Dot<TElement>(ReadOnlySpan<TElement> left, ReadOnlySpan<TElement> right)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var sum = 0.0;
        for (var e = 0; e < left.Length; e++)
        {
            sum += double.CreateTruncating(left[e]) * double.CreateTruncating(right[e]);
        }

        return sum;
    }

    /// <summary>√Σ x², also where the squares overflow or underflow.</summary>
    public static double Norm<TElement>(ReadOnlySpan<TElement> values)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => EuclideanNorm.Of(Dot(values, values), values);

    /// <summary><paramref name="sum"/> / <paramref name="count"/>; the mean of nothing is <paramref name="ofNothing"/>.</summary>
    public static double Mean(double sum, double count, double ofNothing = 0) => count > 0 ? sum / count : ofNothing;

    /// <summary>f of each row, in double, rounded once.</summary>
    public static ColumnVector<TElement> OfRows<TElement>(Matrix<TElement> matrix, Func<double[], double> f)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var results = ColumnVector<TElement>.Zeros(matrix.Rows);
        for (var i = 0; i < matrix.Rows; i++)
        {
            results[i] = TElement.CreateTruncating(f(Array.ConvertAll(matrix.View.Row(i).ToArray(), double.CreateTruncating)));
        }

        return results;
    }

    /// <summary>f of what each row stores and of the number of zeros beside it, in double, rounded once.</summary>
    public static ColumnVector<TElement> OfRows<TElement>(SparseMatrix<TElement> matrix, Func<double[], int, double> f)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var results = ColumnVector<TElement>.Zeros(matrix.Rows);
        for (var i = 0; i < matrix.Rows; i++)
        {
            var stored = matrix.StoredRow(i);
            results[i] = TElement.CreateTruncating(f(Array.ConvertAll(stored.ToArray(), double.CreateTruncating), matrix.Columns - stored.Length));
        }

        return results;
    }
}
