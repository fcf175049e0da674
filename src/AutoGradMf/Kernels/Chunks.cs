namespace AutoGradMf.Kernels;

/// <summary>How kernels cut their work: by the data alone, so that results do not depend on the number of threads.</summary>
internal static class Chunks
{
    /// <summary>The most chunks a kernel cuts its work into.</summary>
    public const int Most = 256;

    /// <summary>How many chunks of at least <paramref name="least"/> units there are in <paramref name="total"/>; at least 1.</summary>
    public static int Count(long total, long least, int most = Most) => (int)Math.Clamp(total / least, 1, most);

    /// <summary>Where chunk number <paramref name="chunk"/> of <paramref name="count"/> equal ones begins.</summary>
    public static int Start(int total, int chunk, int count) => (int)((long)total * chunk / count);

    /// <summary>
    /// The first row of chunk number <paramref name="chunk"/>, where each chunk has about equally many stored entries and rows
    /// together (an empty row costs something too). O(log rows).
    /// </summary>
    public static int Start(ReadOnlySpan<long> pointers, int chunk, int count)
    {
        var rows = pointers.Length - 1;
        var goal = (pointers[rows] - pointers[0] + rows) * chunk / count;
        var (low, high) = (0, rows);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (pointers[middle] - pointers[0] + middle < goal)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
