using System.Numerics;
using AutoGradMf.Kernels;
using Xunit;

namespace AutoGradMf.Tests.Kernels;

[EveryRegisterWidth]
public sealed unsafe class ProductTileTests
{
    private const int Most = 40;

    [Theory]
    [InlineData(1, 0)]
    [InlineData(1, 1)]
    [InlineData(16, 7)]
    [InlineData(17, 33)]
    [InlineData(40, 3)]
    [InlineData(100, 40)]
    public void A_tile_equals_its_sums_one_by_one(int columns, int terms)
    {
        foreach (var isTransposed in new[] { false, true })
        {
            foreach (var isAdding in new[] { false, true })
            {
                Check<double>(columns, terms, isTransposed, isAdding);
                Check<float>(columns, terms, isTransposed, isAdding);
            }
        }
    }

    private static void Check<TElement>(int columns, int terms, bool isTransposed, bool isAdding)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var padded = ProductTile.Stride<TElement>(columns);
        var (left, right) = (KernelData.Random<TElement>(Most, Most, 1), KernelData.Random<TElement>(Most, padded, 2));
        var into = KernelData.Random<TElement>(ProductTile.Rows, padded, 3);
        var expected = into.ToMatrix();
        var (step, row) = isTransposed ? (Most, 1) : (1, Most);
        for (var r = 0; r < ProductTile.Rows; r++)
        {
            for (var l = 0; l < padded; l++)
            {
                var sum = isAdding ? expected.View[r, l] : TElement.Zero;
                for (var t = 0; t < terms; t++)
                {
                    sum += left.Span[(t * step) + (r * row)] * right[t, l];
                }

                expected.View[r, l] = sum;
            }
        }

        fixed (TElement* x = left.Span, y = right.Span, z = into.Span)
        {
            ProductTile.Multiply(x, step, row, y, padded, terms, z, padded, padded, isAdding);
        }

        KernelData.AssertClose(expected.View, into, KernelData.Tolerance<TElement>(terms));
    }
}
