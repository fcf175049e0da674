using System.Runtime.InteropServices;

namespace AutoGradMf.Data;

/// <summary>
/// Arrays to read files into, the large ones on huge pages where Linux gives them to who asks (its setting <c>madvise</c>, as NumPy's arrays do): memory is
/// then touched for the first time two megabytes at once and no longer four kilobytes, which in virtual machines takes most of the time of reading a file.
/// </summary>
/// <remarks>Not for factors, of which rows are read in any order: stochastic gradient took up to 1.8 times as long on them.</remarks>
internal static partial class LargeArray
{
    private const int HugePage = 1 << 21;

    /// <summary>The advice MADV_HUGEPAGE of <c>madvise(2)</c>.</summary>
    private const int UseHugePages = 14;

    /// <summary>A pinned array of unspecified content.</summary>
    public static unsafe T[] Allocate<T>(int length)
        where T : unmanaged
    {
        var array = GC.AllocateUninitializedArray<T>(length, pinned: true);
        if (OperatingSystem.IsLinux() && (long)length * sizeof(T) >= 2 * HugePage)
        {
            fixed (T* start = array)
            {
                // Whole huge pages alone: what else is on the first and the last is not this array's.
                var first = ((nuint)start + HugePage - 1) & ~(nuint)(HugePage - 1);
                var end = (nuint)(start + length) & ~(nuint)(HugePage - 1);
                TryAdvise(first, end - first);
            }
        }

        return array;
    }

    /// <summary>Without the advice everything is as right, if not as fast.</summary>
    private static void TryAdvise(nuint address, nuint length)
    {
        try
        {
            _ = Advise(address, length, UseHugePages);
        }
        catch (Exception unknown) when (unknown is DllNotFoundException or EntryPointNotFoundException)
        {
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Advise(nuint address, nuint length, int advice);
}
