using System.Runtime.ExceptionServices;

namespace AutoGradMf.Evaluation;

/// <summary>A sum of chunks that are added up on several threads, and then in their order, so that it does not depend on how many threads there are.</summary>
internal static class ChunkSum
{
    /// <summary>Σ <paramref name="chunk"/>(0 … <paramref name="count"/> − 1). What a chunk throws is thrown here, of several one.</summary>
    /// <param name="count">How many chunks there are.</param>
    /// <param name="parallel">The most threads, and what cancels the rest; all processors if null.</param>
    /// <param name="chunk">The sum of a chunk, which several threads ask for at once.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static double Of(int count, ParallelOptions? parallel, Func<int, double> chunk)
    {
        var sums = new double[count];
        try
        {
            Parallel.For(0, count, parallel ?? new(), c => sums[c] = chunk(c));
        }
        catch (AggregateException failures)
        {
            ExceptionDispatchInfo.Throw(failures.InnerExceptions[0]);
        }

        return sums.Sum();
    }
}
