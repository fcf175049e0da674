using Xunit;
using static AutoGradMf.LossMath;

namespace AutoGradMf.Tests.Algebra;

public class IndexVectorTests
{
    private static readonly IndexVector Index = new(2, 0, 2, 3);

    [Fact]
    public void A_matrix_gathers_its_rows_with_repeats()
    {
        var A = Tensors.Matrix<double>(4, 3);

        Tensors.Equal((r, j) => A[Index[r], j], 4, 3, A[Index]);
        Tensors.Equal((_, _) => 0.0, 0, 3, A[new IndexVector()]);
    }

    [Fact]
    public void A_column_gathers_its_elements()
    {
        var b = Tensors.Column<float>(4);

        Tensors.Equal(r => b[Index[r]], 4, b[Index]);
    }

    [Fact]
    public void Gathering_is_a_product_with_one_hot_rows()
    {
        var A = Tensors.Matrix<double>(5, 3);

        Tensors.EqualStored((r, j) => Index[r] == j, (_, _) => 1.0, 4, 5, OneHot<double>(Index, 5));
        Assert.Equal(A[Index].Span.ToArray(), (OneHot<double>(Index, A.Rows) * A).Span.ToArray());
    }

    [Fact]
    public void A_row_that_is_not_there_is_named()
    {
        var (A, b) = (Tensors.Matrix<double>(3, 2), Tensors.Column<double>(3));
        Func<object>[] wrong = [() => A[Index], () => b[Index], () => OneHot<double>(Index, 3)];

        foreach (var gather in wrong)
        {
            var thrown = Assert.Throws<ArgumentOutOfRangeException>(gather);
            Assert.Contains("Number 3 of the index is 3", thrown.Message, StringComparison.Ordinal);
            Assert.Contains("0 … 2", thrown.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Negative_numbers_are_refused()
    {
        var thrown = Assert.Throws<ArgumentOutOfRangeException>(() => new IndexVector(1, -2));

        Assert.Contains("Number 1 is -2", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_index_shows_its_numbers()
    {
        Assert.Equal(4, Index.Length);
        Assert.Equal([2, 0, 2, 3], Index.Values.ToArray());
    }

    [Fact]
    public void A_random_index_is_decided_by_its_seed_and_the_round()
    {
        var index = new IndexVector(new Dice(50), seed: 1);

        Assert.True(index.IsRandom);
        Assert.Equal(index.Values.ToArray(), new IndexVector(new Dice(50), seed: 1).Values.ToArray());
        Assert.Equal(index.Values.ToArray(), index.Redrawn(3).Redrawn(0).Values.ToArray());
        Assert.Equal(index.Redrawn(3).Values.ToArray(), index.Redrawn(2).Redrawn(3).Values.ToArray());
        Assert.NotEqual(index.Values.ToArray(), index.Redrawn(1).Values.ToArray());
        Assert.NotEqual(index.Redrawn(1).Values.ToArray(), index.Redrawn(2).Values.ToArray());
        Assert.NotEqual(index.Values.ToArray(), new IndexVector(new Dice(50), seed: 2).Values.ToArray());
        Assert.False(Index.IsRandom);
        Assert.Same(Index, Index.Redrawn(7));
    }

    private sealed class Dice(int length) : IRandomRows
    {
        public int Length => length;

        public void Draw(Span<int> rows, int seed)
        {
            var random = new Random(seed);
            foreach (ref var row in rows)
            {
                row = random.Next(6);
            }
        }
    }
}
