using System.Numerics;
using System.Numerics.Tensors;
using AutoGradMf.Kernels;

namespace AutoGradMf.Optimizers;

/// <summary>
/// Sums and dot products of flat vectors, cut into chunks of fixed length that threads share: the result does not depend on their
/// number. Dot products accumulate in double, also for floats. Allocates nothing after construction; for one thread at a time.
/// </summary>
internal sealed class VectorArithmetic<TElement>(int length, Workers workers)
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    /// <summary>Two or three vectors' chunks fit a first- or second-level cache.</summary>
    internal const int ChunkLength = 4096;

    private readonly double[] _chunkSums = new double[(length + ChunkLength - 1) / ChunkLength];

    /// <summary>x·y, of whole vectors or of slices.</summary>
    public double Dot(ReadOnlySpan<TElement> x, ReadOnlySpan<TElement> y)
    {
        var sums = _chunkSums.AsSpan(0, (x.Length + ChunkLength - 1) / ChunkLength);
        var work = new DotWork(x, y, sums);
        workers.Run(ref work, sums.Length);
        return Total(sums);
    }

    /// <summary>‖x‖₂.</summary>
    public double Norm(ReadOnlySpan<TElement> x) => Math.Sqrt(Dot(x, x));

    /// <summary>into = x + scale · y.</summary>
    public void Add(ReadOnlySpan<TElement> x, double scale, ReadOnlySpan<TElement> y, Span<TElement> into)
    {
        var work = new AddWork(x, TElement.CreateChecked(scale), y, into, [], []);
        workers.Run(ref work, _chunkSums.Length);
    }

    /// <summary>into += scale · y, and then into·with, in one pass over memory.</summary>
    public double AddAndDot(Span<TElement> into, double scale, ReadOnlySpan<TElement> y, ReadOnlySpan<TElement> with)
    {
        var work = new AddWork(into, TElement.CreateChecked(scale), y, into, with, _chunkSums);
        workers.Run(ref work, _chunkSums.Length);
        return Total(_chunkSums);
    }

    private static double Total(ReadOnlySpan<double> sums)
    {
        var total = 0.0;
        foreach (var sum in sums)
        {
            total += sum;
        }

        return total;
    }

    private static Range Chunk(int chunk, int length) => (chunk * ChunkLength)..Math.Min((chunk + 1) * ChunkLength, length);

    private readonly ref struct DotWork(ReadOnlySpan<TElement> x, ReadOnlySpan<TElement> y, Span<double> sums) : IChunkedWork
    {
        private readonly ReadOnlySpan<TElement> _x = x;
        private readonly ReadOnlySpan<TElement> _y = y;
        private readonly Span<double> _sums = sums;

        public void Run(int chunk)
        {
            var range = Chunk(chunk, _x.Length);
            _sums[chunk] = WideDot.Of(_x[range], _y[range]);
        }
    }

    private readonly ref struct AddWork(
        ReadOnlySpan<TElement> x, TElement scale, ReadOnlySpan<TElement> y, Span<TElement> into, ReadOnlySpan<TElement> with, Span<double> sums)
        : IChunkedWork
    {
        private readonly ReadOnlySpan<TElement> _x = x;
        private readonly ReadOnlySpan<TElement> _y = y;
        private readonly Span<TElement> _into = into;
        private readonly ReadOnlySpan<TElement> _with = with;
        private readonly Span<double> _sums = sums;

        public void Run(int chunk)
        {
            var range = Chunk(chunk, _x.Length);
            TensorPrimitives.MultiplyAdd(_y[range], scale, _x[range], _into[range]);
            if (!_with.IsEmpty)
            {
                _sums[chunk] = WideDot.Of<TElement>(_into[range], _with[range]);
            }
        }
    }
}
