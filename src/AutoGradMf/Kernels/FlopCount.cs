using System.Diagnostics;

namespace AutoGradMf.Kernels;

/// <summary>
/// Counts the floating-point operations that kernels do on a thread, a multiplication and an addition as two, so that tests can hold the
/// costs that generated files state against them. Padding counts for nothing. In builds for release there is no trace of it.
/// </summary>
internal static class FlopCount
{
    [ThreadStatic]
    private static long done;

    [ThreadStatic]
    private static long spared;

    [ThreadStatic]
    private static (long Done, long Spared) paused;

    /// <summary>What this thread's kernels did since <see cref="Restart"/>.</summary>
    public static long Done => done;

    /// <summary>What they would have done beside it, were no matrix known to be symmetric.</summary>
    public static long Spared => spared;

    /// <summary>Counts from zero on.</summary>
    public static void Restart() => (done, spared) = (0, 0);

    /// <summary>Makes the counts of this thread, which are memory of it as any other.</summary>
    [Conditional("DEBUG")]
    public static void Prepare() => paused = default;

    /// <summary>What follows is not counted, since it depends on the data and no cost states it.</summary>
    [Conditional("DEBUG")]
    public static void Pause() => paused = (done, spared);

    /// <summary>Counts on from where it paused.</summary>
    [Conditional("DEBUG")]
    public static void Resume() => (done, spared) = paused;

    /// <summary>Operations that a kernel does.</summary>
    [Conditional("DEBUG")]
    public static void Add(long operations) => done += operations;

    /// <summary>Operations that it does not do, since their results are known by symmetry.</summary>
    [Conditional("DEBUG")]
    public static void Spare(long operations) => spared += operations;

    /// <summary>The operations of a function at some points.</summary>
    [Conditional("DEBUG")]
    public static void AddPoints<TFunction>(int inputs, int outputs, int points)
        where TFunction : struct, IEntryFunction => done += points * Operations<TFunction>.AtAPoint(inputs, outputs);

    private static class Operations<TFunction>
        where TFunction : struct, IEntryFunction
    {
        private static long atAPoint = -1;

        /// <summary>Those of the function's code, which has no branches.</summary>
        public static long AtAPoint(int inputs, int outputs)
        {
            if (atAPoint < 0)
            {
                var before = done;
                Lanes.Evaluate<TFunction, OperationLane>(new OperationLane[inputs], new OperationLane[outputs]);
                (atAPoint, done) = (done - before, before);
            }

            return atAPoint;
        }
    }
}
