using System.Numerics;
using AutoGradMf.Kernels;
using Xunit;

namespace AutoGradMf.Tests.Kernels;

/// <summary>Seeded operands of kernels, and how close a kernel must come to its reference.</summary>
internal static class KernelData
{
    public static readonly int[] Ranks = [1, 3, 7, 8, 20, 31, 32, 50, 64, 100, 128, 200];

    public static TheoryData<int> EveryRank()
    {
        var ranks = new TheoryData<int>();
        foreach (var rank in Ranks)
        {
            ranks.Add(rank);
        }

        return ranks;
    }

    /// <summary>Numbers in [−1, 1), in a window that does not begin at the array's start.</summary>
    public static MatrixView<TElement> Random<TElement>(int rows, int columns, int seed)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var random = new Random(seed);
        var values = new TElement[3 + (rows * columns) + 2];
        foreach (ref var value in values.AsSpan())
        {
            value = TElement.CreateChecked((2 * random.NextDouble()) - 1);
        }

        return new MatrixView<TElement>(values, 3, rows, columns);
    }

    /// <summary>A destination full of NaN, so that what a kernel forgets to write shows.</summary>
    public static MatrixView<TElement> Unwritten<TElement>(int rows, int columns)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var values = new TElement[1 + (rows * columns)];
        Array.Fill(values, TElement.NaN);
        return new MatrixView<TElement>(values, 1, rows, columns);
    }

    /// <summary>Each entry stored with the given probability; every fifth row is empty, and row 1 is full.</summary>
    public static SparsePattern Pattern(int rows, int columns, double density, int seed)
    {
        var random = new Random(seed);
        var pointers = new long[rows + 1];
        var indices = new List<int>();
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < columns; j++)
            {
                if (density > 0 && i % 5 != 4 && (i == 1 || random.NextDouble() < density))
                {
                    indices.Add(j);
                }
            }

            pointers[i + 1] = indices.Count;
        }

        return new SparsePattern(rows, columns, pointers, [.. indices]);
    }

    /// <summary>The error that rounding may leave in a sum of <paramref name="terms"/> products of numbers below about 2.</summary>
    public static double Tolerance<TElement>(int terms)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> =>
        (typeof(TElement) == typeof(float) ? 1.2e-7 : 2.3e-16) * (terms + 8) * 2;

    public static void AssertClose<TElement>(MatrixView<TElement> expected, MatrixView<TElement> found, double tolerance)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        for (var e = 0; e < expected.Count; e++)
        {
            var (x, y) = (double.CreateChecked(expected.Span[e]), double.CreateChecked(found.Span[e]));
            Claim.True(Math.Abs(x - y) <= tolerance * (1 + Math.Abs(x)), $"Element {e} is {y:R}, and should be {x:R}.");
        }
    }

    public static void AssertSame<TElement>(MatrixView<TElement> expected, MatrixView<TElement> found)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> =>
        Assert.True(expected.Span.SequenceEqual(found.Span), "The number of threads changed the result.");
}
