using AutoGradMf.Objectives;
using AutoGradMf.Tests.Kernels;
using Xunit;

namespace AutoGradMf.Tests.Objectives;

/// <summary>Products of sparse and dense data at the entries of a pattern, which objectives compute once.</summary>
public sealed class SampledProductTests
{
    private static readonly SparseMatrix<double> Sparse = SparseMatrix<double>.FromCoordinates(3, 4, [(0, 1, 2.0), (0, 3, -1.0), (2, 0, 0.5)]);

    [Fact]
    public void A_sparse_matrix_times_a_dense_one_is_the_eager_product()
    {
        var pattern = SparseMatrix<double>.FromCoordinates(3, 5, [(0, 0, 1.0), (0, 4, 1.0), (1, 2, 1.0), (2, 3, 1.0)]).Pattern;
        var dense = KernelData.Random<double>(4, 5, 1);
        var sampled = ObjectiveArguments.SampleProduct(pattern, Sparse, dense);
        foreach (var (row, column, entry) in pattern.Entries)
        {
            Assert.Equal(Enumerable.Range(0, 4).Sum(p => Sparse[row, p] * dense[p, column]), sampled.Span[entry], 1e-15);
        }
    }

    [Fact]
    public void A_dense_matrix_times_a_sparse_one_is_the_eager_product()
    {
        var pattern = SparseMatrix<double>.FromCoordinates(2, 4, [(0, 0, 1.0), (0, 1, 1.0), (1, 2, 1.0), (1, 3, 1.0)]).Pattern;
        var dense = KernelData.Random<double>(2, 3, 1);
        var sampled = ObjectiveArguments.SampleProduct(pattern, dense, Sparse);
        foreach (var (row, column, entry) in pattern.Entries)
        {
            Assert.Equal(Enumerable.Range(0, 3).Sum(p => dense[row, p] * Sparse[p, column]), sampled.Span[entry], 1e-15);
        }
    }

    [Fact]
    public void Matrices_that_do_not_fit_are_named()
    {
        var left = Assert.Throws<ArgumentException>(() => ObjectiveArguments.SampleProduct(Sparse.Pattern, Sparse, KernelData.Random<double>(5, 4, 1)));
        Assert.Equal("left", left.ParamName);
        Assert.Contains("3×4", left.Message, StringComparison.Ordinal);
        Assert.Equal("right", Assert.Throws<ArgumentException>(() => ObjectiveArguments.SampleProduct(Sparse.Pattern, KernelData.Random<double>(3, 4, 1), Sparse.T)).ParamName);
    }
}
