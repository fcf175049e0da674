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
    public void The_product_of_two_sparse_matrices_is_the_eager_product()
    {
        var pattern = SparseMatrix<double>.FromCoordinates(3, 3, [(0, 0, 1.0), (0, 2, 1.0), (1, 2, 1.0), (2, 1, 1.0), (2, 2, 1.0)]).Pattern;
        var sampled = ObjectiveArguments.SampleProduct(pattern, Sparse, Sparse.T);
        var product = Sparse * Sparse.T;
        foreach (var (row, column, entry) in pattern.Entries)
        {
            Assert.Equal(product[row, column], sampled.Span[entry], 1e-15);
        }
    }

    /// <summary>Many entries are computed in several chunks, each in the order of its column.</summary>
    [Fact]
    public void The_product_at_many_entries_is_that_at_each()
    {
        const int size = 300;
        var (left, right) = (Every(3), Every(7));
        var pattern = Every(5).Pattern;
        Assert.True(pattern.Count > 16_000);
        var sampled = ObjectiveArguments.SampleProduct(pattern, left, right);
        foreach (var (row, column, entry) in pattern.Entries)
        {
            var expected = 0.0;
            for (var p = 0; p < size; p++)
            {
                expected += left[row, p] * right[p, column];
            }

            Assert.Equal(expected, sampled.Span[entry]);
        }

        static SparseMatrix<double> Every(int step) => SparseMatrix<double>.FromCoordinates(size, size, [
            .. from i in Enumerable.Range(0, size)
               from j in Enumerable.Range(0, size)
               where ((i * i) + (3 * j)) % step == 0
               select (i, j, Math.Sin((i * size) + j))]);
    }

    /// <summary>What is not stored takes no part, also where the other matrix is infinite there.</summary>
    [Fact]
    public void Infinity_that_meets_nothing_stored_is_not_read()
    {
        var (left, right) = (SparseMatrix<double>.FromCoordinates(1, 2, [(0, 0, 2.0)]), SparseMatrix<double>.FromCoordinates(2, 1, [(0, 0, 3.0), (1, 0, double.PositiveInfinity)]));
        Assert.Equal(6, ObjectiveArguments.SampleProduct(SparseMatrix<double>.FromCoordinates(1, 1, [(0, 0, 1.0)]).Pattern, left, right).Span[0]);

        // Two products add up to one element, which is infinite in the other.
        var (ones, infinite) = (SparseMatrix<double>.FromCoordinates(1, 2, [(0, 0, 1.0), (0, 1, 1.0)]), SparseMatrix<double>.FromCoordinates(2, 1, [(0, 0, double.PositiveInfinity), (1, 0, 1.0)]));
        Assert.Equal(double.PositiveInfinity, ObjectiveArguments.ProductDot(ones, ones.T, ones, infinite));
    }

    /// <summary>Wide and tall ones: whichever of the two ways takes less.</summary>
    [Theory]
    [InlineData(300, 7, 200)]
    [InlineData(20, 150, 30)]
    public void The_dot_of_two_products_of_sparse_matrices_is_the_eager_one(int m, int p, int n)
    {
        var (a, b, c, d) = (Random(m, p, 1), Random(p, n, 2), Random(m, p + 1, 3), Random(p + 1, n, 4));
        var expected = LossMath.Sum((a * b) % (c * d));
        Assert.Equal(expected, ObjectiveArguments.ProductDot(a, b, c, d), 1e-12 * Math.Abs(expected));
        Assert.Equal(ObjectiveArguments.ProductDot(a, b, c, d), ObjectiveArguments.ProductDot(a, b, c, d));
    }

    [Fact]
    public void Products_of_other_sizes_have_no_dot() =>
        Assert.Equal("otherLeft", Assert.Throws<ArgumentException>(() => ObjectiveArguments.ProductDot(Sparse, Sparse.T, Sparse.T, Sparse)).ParamName);

    private static SparseMatrix<double> Random(int rows, int columns, int seed)
    {
        var random = new Random(seed);
        return SparseMatrix<double>.FromCoordinates(rows, columns, [.. from i in Enumerable.Range(0, rows) from j in Enumerable.Range(0, columns) where random.Next(4) == 0 select (i, j, random.NextDouble() + 0.1)]);
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
