using System.Numerics;

namespace AutoGradMf;

public static partial class LossMath
{
    /// <summary>The column of n ones; <c>Ones(n).T</c> is the row.</summary>
    /// <exception cref="ArgumentOutOfRangeException">n is negative.</exception>
    public static ColumnVector<double> Ones(int n) => Ones<double>(n);

    /// <inheritdoc cref="Ones(int)"/>
    public static ColumnVector<TElement> Ones<TElement>(int n)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var ones = ColumnVector<TElement>.Zeros(n);
        ones.Span.Fill(TElement.One);
        return ones;
    }

    /// <summary>The matrix of ones.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A size is negative.</exception>
    public static Matrix<double> Ones(int rows, int columns) => Ones<double>(rows, columns);

    /// <inheritdoc cref="Ones(int, int)"/>
    public static Matrix<TElement> Ones<TElement>(int rows, int columns)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var ones = new Matrix<TElement>(rows, columns);
        ones.Span.Fill(TElement.One);
        return ones;
    }
}
