namespace AutoGradMf.Kernels;

/// <summary>Adds what the chunks of a kernel summed, in their order.</summary>
internal static unsafe class LoopSums
{
    /// <summary>sums[s] += Σ_c ofChunks[c · sums.Length + s].</summary>
    public static void Add(double* ofChunks, int chunks, Span<double> sums)
    {
        for (var chunk = 0; chunk < chunks; chunk++)
        {
            for (var s = 0; s < sums.Length; s++)
            {
                sums[s] += ofChunks[(chunk * sums.Length) + s];
            }
        }
    }
}
