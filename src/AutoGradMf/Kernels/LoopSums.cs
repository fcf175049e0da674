namespace AutoGradMf.Kernels;

/// <summary>What the chunks of a kernel sum, each for itself, and in the end all together.</summary>
internal static unsafe class LoopSums
{
    /// <summary>Cache lines come in pairs, and two threads that write to one pair take it from each other each time.</summary>
    private const int LineSums = 2 * CacheLine.Bytes / sizeof(double);

    /// <summary>From the sums of one chunk to those of the next, where each has <paramref name="count"/>.</summary>
    public static int Stride(int count) => (count + LineSums - 1) / LineSums * LineSums;

    /// <summary>sums[s] += Σ_c ofChunks[c · stride + s], in the order of the chunks.</summary>
    public static void Add(double* ofChunks, int chunks, Span<double> sums)
    {
        var stride = (nint)Stride(sums.Length);
        for (var chunk = 0; chunk < chunks; chunk++)
        {
            for (var s = 0; s < sums.Length; s++)
            {
                sums[s] += ofChunks[(chunk * stride) + s];
            }
        }
    }
}
