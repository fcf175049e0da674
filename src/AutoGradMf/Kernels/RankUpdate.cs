using System.Numerics;

namespace AutoGradMf.Kernels;

/// <summary>
/// Sums of outer products of rows into the upper triangle of a square matrix: the symmetric rank-p update. The tiles on the diagonal also
/// fill some places below it.
/// </summary>
internal static unsafe class RankUpdate
{
    /// <summary>square[a, b] += Σ_p left[p, a] · right[p, b] for b ≥ a.</summary>
    /// <param name="left">p rows.</param>
    /// <param name="right">p rows.</param>
    /// <param name="count">p.</param>
    /// <param name="square">The square, of rows up to the next multiple of <see cref="ProductTile.Rows"/>.</param>
    /// <param name="k">Its size.</param>
    /// <param name="stride">Of all three.</param>
    public static void Add<TElement>(TElement* left, TElement* right, int count, TElement* square, int k, int stride)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        Count(count, k);
        for (var a = 0; a < k; a += ProductTile.Rows)
        {
            AddTileRow(left + a, stride, right, count, square, stride, a);
        }
    }

    /// <summary>Counts the operations of an update of p = <paramref name="count"/> rows.</summary>
    public static void Count(int count, int k)
    {
        FlopCount.Add((long)count * k * (k + 1));
        FlopCount.Spare((long)count * k * (k - 1));
    }

    /// <summary>square[a + r, b] += Σ_p left[p, r] · right[p, b] for eight rows r, and b from a + r on.</summary>
    /// <param name="left">p rows of eight.</param>
    /// <param name="leftStride">Of them.</param>
    /// <param name="right">p rows.</param>
    /// <param name="count">p.</param>
    /// <param name="square">The square.</param>
    /// <param name="stride">Of it and of the right rows.</param>
    /// <param name="a">A multiple of <see cref="ProductTile.Rows"/>.</param>
    public static void AddTileRow<TElement>(TElement* left, int leftStride, TElement* right, int count, TElement* square, int stride, int a)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var width = RegisterChoice.WidestCount<TElement>();
        var b = a / width * width;
        ProductTile.Multiply(left, leftStride, 1, right + b, stride, count, square + (a * (nint)stride) + b, stride, stride - b, isAdding: true);
    }
}
