using AutoGradMf.Kernels;
using Xunit;

namespace AutoGradMf.Tests.Kernels;

public sealed unsafe class ColumnNumbersTests
{
    /// <summary>Of one chunk of rows, and of more than there are rows.</summary>
    [Theory]
    [InlineData(1, 10_000)]
    [InlineData(2, 100)]
    [InlineData(3, 7)]
    [InlineData(3, 1)]
    public void Numbers_are_copied_to_where_their_entries_are_in_column_order(int threads, int chunkEntries)
    {
        var pattern = KernelData.Pattern(45, 70, 0.3, 5);
        var (weights, slopes) = (KernelData.Random<double>(pattern.Count, 1, 1).Span.ToArray(), KernelData.Random<double>(pattern.Count, 1, 2).Span.ToArray());
        var numbers = new ColumnNumbers<double>();
        using var workers = new Workers(threads);

        numbers.Copy(pattern, weights, slopes, workers, chunkEntries);
        Assert.Equal(InColumnOrder(pattern, weights), Copied(numbers.Weights, numbers.Step, pattern.Count));
        Assert.Equal(InColumnOrder(pattern, slopes), Copied(numbers.Slopes, numbers.Step, pattern.Count));
    }

    [Fact]
    public void Numbers_that_a_term_has_not_are_none()
    {
        var pattern = KernelData.Pattern(9, 7, 0.5, 5);
        var slopes = KernelData.Random<float>(pattern.Count, 1, 2).Span.ToArray();
        var numbers = new ColumnNumbers<float>();
        using var workers = new Workers(1);

        numbers.Copy(pattern, [], slopes, workers);
        Assert.True(numbers.Weights == null);
        Assert.Equal(InColumnOrder(pattern, slopes), Copied(numbers.Slopes, numbers.Step, pattern.Count));
        numbers.Clear();
        Assert.True(numbers.Slopes == null);
    }

    private static TElement[] Copied<TElement>(TElement* numbers, int step, int count)
        where TElement : unmanaged => [.. Enumerable.Range(0, count).Select(entry => numbers[entry * step])];

    private static TElement[] InColumnOrder<TElement>(SparsePattern pattern, TElement[] numbers) => [.. pattern.ColumnOrder.ToArray().Select(entry => numbers[entry])];
}
