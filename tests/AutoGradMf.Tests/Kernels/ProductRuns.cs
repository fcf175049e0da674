using System.Numerics;
using AutoGradMf.Kernels;
using Xunit;

namespace AutoGradMf.Tests.Kernels;

/// <summary>Runs a product and its reference: they must agree, and the number of threads must not change a bit.</summary>
internal static class ProductRuns
{
    public static void Check<TElement>(
        int rows,
        int columns,
        Action<MatrixView<TElement>> reference,
        Action<MatrixView<TElement>, Workers> kernel,
        double tolerance)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var expected = KernelData.Unwritten<TElement>(rows, columns);
        reference(expected);
        var first = KernelData.Unwritten<TElement>(rows, columns);
        for (var threads = 1; threads <= 3; threads++)
        {
            using var workers = new Workers(threads);
            var found = KernelData.Unwritten<TElement>(rows, columns);
            kernel(found, workers);
            first = threads == 1 ? found : first;
            KernelData.AssertSame(first, found);
            KernelData.AssertClose(expected, found, tolerance);
        }
    }
}
