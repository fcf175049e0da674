using AutoGradMf.Kernels;
using Xunit;

namespace AutoGradMf.Tests.Kernels;

/// <summary>Alone in its collection, so that no other test allocates meanwhile.</summary>
[CollectionDefinition(nameof(AllocationTests), DisableParallelization = true)]
public sealed class AllocationCollection;

[Collection(nameof(AllocationTests))]
public sealed class AllocationTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Kernels_allocate_nothing_after_their_first_call(int threads)
    {
        using var workers = new Workers(threads);
        var pattern = KernelData.Pattern(300, 200, 0.4, 1);
        var values = KernelData.Random<float>(pattern.Count, 1, 2);
        var (left, right) = (KernelData.Random<float>(300, 20, 3), KernelData.Random<float>(200, 20, 4));
        var (leftInto, rightInto) = (KernelData.Unwritten<float>(300, 20), KernelData.Unwritten<float>(200, 20));
        var (wide, gram) = (KernelData.Unwritten<double>(300, 20), KernelData.Unwritten<double>(20, 20));
        int[] sizes = [20, 20, 20];
        var moments = KernelData.Unwritten<double>(400, 20);
        var (rowSums, columnSums) = (KernelData.Unwritten<float>(300, 1), KernelData.Unwritten<float>(1, 200));
        var (rowMax, rowPlaces) = (KernelData.Unwritten<float>(300, 1), KernelData.Unwritten<float>(300, 1));
        var columnTotals = KernelData.Unwritten<double>(1, 20);
        var index = new SparsePattern(300, 200, [.. Enumerable.Range(0, 301).Select(s => (long)s)], [.. Enumerable.Range(0, 300).Select(s => s * s % 200)]);
        var scratch = new LoopScratch<float>();

        void RunAll()
        {
            Span<double> sums = stackalloc double[2];
            ReadOnlySpan<Operand<float>> inputs = [Operand.Dot(left, right), Operand.Scalar<float>(1)];
            ReadOnlySpan<LoopResult<float>> results =
            [
                LoopResult.RowProduct(0, right, leftInto),
                LoopResult.ColumnProduct(1, left, rightInto),
                LoopResult.RowSums(1, rowSums),
                LoopResult.ColumnSums(0, columnSums),
                LoopResult.RowMax(0, rowMax),
                LoopResult.RowArgMin(0, rowPlaces),
            ];
            SampledLoop.Evaluate<SoftplusAndSquare, float>(pattern, inputs, sums, results, scratch, workers);
            DenseLoop.Evaluate<SoftplusAndSquare, float>(300, 200, inputs, sums, results, scratch, workers);
            DenseLoop.Evaluate<MappedPower, float>(300, 20, [Operand.Entry(left)], sums[..1], [], scratch, workers);
            SparseProduct.Multiply(pattern, values, right, leftInto, workers);
            SparseProduct.MultiplyTransposed(pattern, values, left, rightInto, workers);
            GatheredRows.Dots([RowTerm.Own(left)], [RowTerm.Gathered(index, right), RowTerm.Own(left, -1)], rowSums, workers);
            GatheredRows.Scatter(index, rowSums, [RowTerm.Own(left, 2), RowTerm.Gathered(index, right).AsFactor], rightInto, workers);
            GatheredRows.Gram([RowTerm.Own(left)], [RowTerm.Gathered(index, right)], gram, workers);
            RowSystems.Solve(rightInto, [CurvatureTerm.Ridge<float>(2), CurvatureTerm.Gathered(index, rowSums, 0, 1)], [RowTerm.Own(left)], workers);
            ThinProduct.Gram(left, left, gram, workers);
            ThinProduct.Moments(left, left, left, moments, workers);
            ThinProduct.MultiplyMoments(left, left, moments, leftInto, workers);
            SmallTensor.Contract("abc,ca->b", sizes, 2, [moments, gram], columnTotals);
            ThinProduct.Multiply(left, gram, leftInto, workers);
            ThinProduct.MultiplyTransposed(left, gram, leftInto, workers);
            ThinProduct.RowDots(left, leftInto, rowSums, workers);
            ThinProduct.RowNorms(left, rowSums, workers);
            ThinProduct.Norm(left, workers);
            ThinProduct.ColumnSums(left, columnTotals, workers);
            ThinProduct.Widen(left, wide);
            ThinProduct.Sum(left, workers);
            SmallMatrix.Inverse(gram, gram);
            SmallMatrix.LogDeterminant(gram);
            SmallMatrix.InverseAndLogDeterminant(gram, gram);
            ThinProduct.Diagonal(gram, columnTotals);
        }

        RunAll();
        var (least, ownRounds) = (long.MaxValue, 0);
        for (var round = 0; round < 50; round++)
        {
            // Threads of the test host may allocate meanwhile, but not in every round, as a kernel that allocates would; and the runtime on any thread
            // when it recompiles what is hot, which is seldom.
            var (own, total) = (GC.GetAllocatedBytesForCurrentThread(), GC.GetTotalAllocatedBytes(precise: true));
            RunAll();
            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - total);
            ownRounds += GC.GetAllocatedBytesForCurrentThread() == own ? 0 : 1;
        }

        Assert.Equal(0, least);
        Assert.InRange(ownRounds, 0, 5);
    }
}
