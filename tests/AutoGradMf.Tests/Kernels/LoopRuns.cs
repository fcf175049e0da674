using System.Numerics;
using AutoGradMf.Kernels;
using Xunit;

namespace AutoGradMf.Tests.Kernels;

internal delegate void ReferenceRun<TElement>(Span<double> sums, ReadOnlySpan<LoopResult<TElement>> results)
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>;

internal delegate void KernelRun<TElement>(
    Span<double> sums, ReadOnlySpan<LoopResult<TElement>> results, LoopScratch<TElement> scratch, Workers workers)
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>;

/// <summary>Runs a loop and its reference: they must agree, and the number of threads must not change a bit.</summary>
internal static class LoopRuns
{
    public static void Check<TElement>(
        int sumCount,
        (int Rows, int Columns)[] destinations,
        Func<MatrixView<TElement>[], LoopResult<TElement>[]> results,
        ReferenceRun<TElement> reference,
        KernelRun<TElement> kernel,
        double tolerance)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        MatrixView<TElement>[] Destinations() => [.. destinations.Select(d => KernelData.Unwritten<TElement>(d.Rows, d.Columns))];

        var (expected, expectedSums) = (Destinations(), new double[sumCount]);
        reference(expectedSums, results(expected));
        var (first, firstSums) = (Destinations(), new double[sumCount]);
        for (var threads = 1; threads <= 3; threads++)
        {
            using var workers = new Workers(threads);
            var (found, foundSums) = (Destinations(), new double[sumCount]);
            kernel(foundSums, results(found), new LoopScratch<TElement>(), workers);
            if (threads == 1)
            {
                (first, firstSums) = (found, foundSums);
            }

            Assert.Equal(firstSums, foundSums);
            for (var d = 0; d < destinations.Length; d++)
            {
                KernelData.AssertSame(first[d], found[d]);
                KernelData.AssertClose(expected[d], found[d], tolerance);
            }

            for (var s = 0; s < sumCount; s++)
            {
                Claim.True(
                    Math.Abs(expectedSums[s] - foundSums[s]) <= tolerance * (1 + Math.Abs(expectedSums[s])),
                    $"Sum {s} is {foundSums[s]:R}, and should be {expectedSums[s]:R}.");
            }
        }
    }
}
