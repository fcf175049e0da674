using System.Numerics;
using Xunit;

namespace AutoGradMf.Tests.Algebra;

/// <summary>Small random tensors, and comparison element by element.</summary>
internal static class Tensors
{
    /// <summary>Rectangular, single, thin and empty ones.</summary>
    public static TheoryData<int, int> Sizes => new() { { 4, 3 }, { 3, 4 }, { 1, 1 }, { 1, 5 }, { 5, 1 }, { 0, 3 }, { 3, 0 }, { 0, 0 } };

    public static Matrix<TElement> Matrix<TElement>(int rows, int columns, int seed = 1)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => new(rows, columns, Numbers<TElement>(rows * columns, seed));

    public static ColumnVector<TElement> Column<TElement>(int length, int seed = 2)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => new(Numbers<TElement>(length, seed));

    public static RowVector<TElement> Row<TElement>(int length, int seed = 3)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => new(Numbers<TElement>(length, seed));

    /// <summary>About half of the entries stored, among them, where there are three, a zero.</summary>
    public static SparseMatrix<TElement> Sparse<TElement>(int rows, int columns, int seed = 4)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var random = new Random(seed);
        var entries = new List<(int, int, TElement)>();
        for (var e = 0; e < rows * columns; e++)
        {
            if (random.Next(2) == 0)
            {
                entries.Add((e / columns, e % columns, entries.Count == 2 ? TElement.Zero : Number<TElement>(random)));
            }
        }

        return SparseMatrix<TElement>.FromCoordinates(rows, columns, entries.ToArray());
    }

    /// <summary>Bit for bit, NaN equal to NaN.</summary>
    public static void Equal<TElement>(Func<int, int, TElement> expected, int rows, int columns, Matrix<TElement> actual)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        Assert.Equal((rows, columns), (actual.Rows, actual.Columns));
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < columns; j++)
            {
                Assert.Equal(expected(i, j), actual[i, j]);
            }
        }
    }

    public static void Equal<TElement>(Func<int, TElement> expected, int length, ColumnVector<TElement> actual)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> =>
        Assert.Equal(Enumerable.Range(0, length).Select(expected), actual.Span.ToArray());

    public static void Equal<TElement>(Func<int, TElement> expected, int length, RowVector<TElement> actual)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> =>
        Assert.Equal(Enumerable.Range(0, length).Select(expected), actual.Span.ToArray());

    /// <summary>Equal at the entries where <paramref name="stored"/> holds, and nothing stored elsewhere.</summary>
    public static void EqualStored<TElement>(
        Func<int, int, bool> stored, Func<int, int, TElement> expected, int rows, int columns, SparseMatrix<TElement> actual)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        Assert.Equal((rows, columns), (actual.Rows, actual.Columns));
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < columns; j++)
            {
                Assert.Equal(stored(i, j), actual.Contains(i, j));
                Assert.Equal(stored(i, j) ? expected(i, j) : TElement.Zero, actual[i, j]);
            }
        }
    }

    private static TElement[] Numbers<TElement>(int count, int seed)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => Number<TElement>(random))];
    }

    private static TElement Number<TElement>(Random random)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => TElement.CreateTruncating((4 * random.NextDouble()) - 2);
}
