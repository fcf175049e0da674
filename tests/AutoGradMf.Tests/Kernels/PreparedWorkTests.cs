using AutoGradMf.Kernels;
using Xunit;

namespace AutoGradMf.Tests.Kernels;

/// <summary>After the first call of a kernel all threads of the pool have its memory, also those that it had no chunk for.</summary>
public sealed class PreparedWorkTests
{
    /// <summary>Of three threads, two take part in work of two chunks.</summary>
    private const int Threads = 3, Rows = 128, Rank = 5;

    private static readonly MatrixView<double> U = KernelData.Random<double>(Rows, Rank, 1), V = KernelData.Random<double>(Rows, Rank, 2);

    [Fact]
    public void Loops_over_all_pairs()
    {
        var (scratch, into) = (new LoopScratch<double>(), new MatrixView<double>(new double[Rows * Rows], 0, Rows, Rows));
        RequireMemory(workers => DenseLoop.Evaluate<SquareDerivative, double>(
            Rows, Rows, [Operand.Dot(U, V)], [], [LoopResult.Store(0, into)], scratch, workers));
    }

    [Fact]
    public void Systems_of_rows()
    {
        var (weights, gradient) = (KernelData.Random<double>(Rows, Rows, 3), KernelData.Random<double>(Rows, Rank, 4));
        RequireMemory(workers => RowSystems.Solve(gradient, [CurvatureTerm.Ridge<double>(2), CurvatureTerm.Dense(weights, V)], workers));
    }

    [Fact]
    public void Third_moments()
    {
        var outer = KernelData.Random<double>(Rows, 2, 5);
        var into = new MatrixView<double>(new double[2 * Rank * Rank], 0, 2 * Rank, Rank);
        RequireMemory(workers => ThinProduct.Moments(outer, U, V, into, workers));
    }

    [Fact]
    public void A_thread_that_cannot_be_prepared_leaves_the_pool_usable()
    {
        using var workers = new Workers(Threads);
        for (var round = 1; round < 100; round++)
        {
            var work = new Failing(round);
            Assert.Throws<InvalidOperationException>(() =>
            {
                var failing = work;
                workers.RunPrepared(ref failing, 2);
            });
        }
    }

    /// <summary>In all pools but one, since the runtime may allocate on any thread where it loads code, but hardly in two of them.</summary>
    private static void RequireMemory(Action<Workers> kernel) => Assert.InRange(Enumerable.Range(0, 3).Count(_ => AllocatesLater(kernel)), 0, 1);

    private static bool AllocatesLater(Action<Workers> kernel)
    {
        using var workers = new Workers(Threads);
        var before = AllocatedByThread(workers);
        kernel(workers);
        var first = AllocatedByThread(workers);
        for (var round = 0; round < 50; round++)
        {
            kernel(workers);
        }

        Assert.Equal(Threads, before.Count);
        Assert.All(before.Keys, thread => Assert.True(first[thread] > before[thread], "A thread has no memory."));
        return AllocatedByThread(workers).Any(after => after.Key != Environment.CurrentManagedThreadId && after.Value != first[after.Key]);
    }

    private static Dictionary<int, long> AllocatedByThread(Workers workers)
    {
        var counting = new Counting(new int[Threads], new long[Threads], new int[1]);
        workers.Run(ref counting, Threads);
        return counting.Ids.Zip(counting.Bytes).ToDictionary(pair => pair.First, pair => pair.Second);
    }

    /// <summary>Each thread takes one chunk, since none ends before all have begun.</summary>
    private readonly struct Counting(int[] ids, long[] bytes, int[] begun) : IChunkedWork
    {
        public int[] Ids => ids;

        public long[] Bytes => bytes;

        public void Run(int chunk)
        {
            (ids[chunk], bytes[chunk]) = (Environment.CurrentManagedThreadId, GC.GetAllocatedBytesForCurrentThread());
            Interlocked.Increment(ref begun[0]);
            while (Volatile.Read(ref begun[0]) < Threads)
            {
                Thread.Yield();
            }
        }
    }

    private readonly struct Failing(long room) : IPreparedWork
    {
        public long Room => room;

        public void Prepare() => throw new InvalidOperationException();

        public void Run(int chunk)
        {
        }
    }
}
