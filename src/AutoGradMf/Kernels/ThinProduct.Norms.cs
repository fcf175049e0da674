using System.Numerics;

namespace AutoGradMf.Kernels;

public static unsafe partial class ThinProduct
{
    /// <summary>√Σ values², in double, also where the squares overflow or underflow. O(elements).</summary>
    public static double Norm<TElement>(MatrixView<TElement> values, Workers workers)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        ArgumentNullException.ThrowIfNull(workers);
        fixed (TElement* first = values.Span)
        {
            return EuclideanNorm.Of(Total(first, first, values.Count, workers), values.Span);
        }
    }

    /// <summary>
    /// √Σ left ∘ right, also where the sum overflows or underflows; 0 where rounding has put it below 0. Of the Gram matrices of two factors it is the norm
    /// of their product. O(elements).
    /// </summary>
    /// <exception cref="ArgumentException">The shapes do not fit; the message names both.</exception>
    public static double RootOfDot(MatrixView<double> left, MatrixView<double> right, Workers workers)
    {
        const double Least = 1e-290; // below, digits are lost
        var sum = Dot(left, right, workers);
        if (sum > Least && double.IsFinite(sum))
        {
            return Math.Sqrt(sum);
        }

        var (largestLeft, largestRight) = (Largest(left), Largest(right));
        var isOfRounding = sum <= 0 && double.IsFinite(sum) && largestLeft * largestRight > Least;
        if (largestLeft == 0 || largestRight == 0 || !double.IsFinite(largestLeft) || !double.IsFinite(largestRight) || isOfRounding)
        {
            return Math.Sqrt(Math.Max(sum, 0));
        }

        var scaled = 0.0;
        for (var i = 0; i < left.Rows; i++)
        {
            for (var k = 0; k < left.Columns; k++)
            {
                scaled += left[i, k] / largestLeft * (right[i, k] / largestRight);
            }
        }

        return Math.Sqrt(largestLeft) * Math.Sqrt(largestRight) * Math.Sqrt(Math.Max(scaled, 0));
    }

    private static double Largest(MatrixView<double> values)
    {
        var largest = 0.0;
        foreach (var value in values.Span)
        {
            largest = Math.Max(largest, Math.Abs(value));
        }

        return largest;
    }

    /// <summary><c>into[i] = √Σ_k values[i, k]²</c>, also where the squares overflow or underflow. O(rows · k).</summary>
    /// <param name="values">Rows × k.</param>
    /// <param name="into">One number per row.</param>
    /// <param name="workers">The threads.</param>
    /// <exception cref="ArgumentException">The shapes do not fit; the message names both.</exception>
    public static void RowNorms<TElement>(MatrixView<TElement> values, MatrixView<TElement> into, Workers workers)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        ArgumentNullException.ThrowIfNull(workers);
        if (!Shapes.IsVector(into.Rows, into.Columns, values.Rows))
        {
            throw new ArgumentException($"The norms of the rows of {Shapes.Text(values)} do not make {Shapes.Text(into)}.", nameof(into));
        }

        fixed (TElement* first = values.Span)
        {
            var work = new NormingRows<TElement>
            {
                Values = first,
                Width = values.Columns,
                Into = into.Span[..values.Rows],
                ChunkCount = Chunks.Count(values.Count, ChunkElements),
            };
            workers.Run(ref work, work.ChunkCount);
        }
    }

    private ref struct NormingRows<TElement> : IChunkedWork
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        public TElement* Values;
        public int Width;
        public Span<TElement> Into;
        public int ChunkCount;

        public readonly void Run(int chunk)
        {
            var end = Chunks.Start(Into.Length, chunk + 1, ChunkCount);
            for (var i = Chunks.Start(Into.Length, chunk, ChunkCount); i < end; i++)
            {
                var row = Values + ((nint)i * Width);
                Into[i] = TElement.CreateTruncating(EuclideanNorm.Of(Simd.Dot(row, row, Width), new ReadOnlySpan<TElement>(row, Width)));
            }
        }
    }
}
