using System.Numerics;
using AutoGradMf.Kernels;
using Xunit;

namespace AutoGradMf.Tests.Kernels;

/// <summary>What is added to the gradient where rows are gathered, and steps that begin at the factor.</summary>
public sealed partial class RowSystemsTests
{
    /// <summary>Of terms that sample rows by the pattern and by its transpose, with the gradient where the factor is zero.</summary>
    [Theory]
    [MemberData(nameof(KernelData.EveryRank), MemberType = typeof(KernelData))]
    public void Slopes_are_added_to_the_gradient_and_steps_begin_at_the_factor(int k)
    {
        CheckSlopes<double>(k, 1e-10);
        CheckSlopes<float>(k, 2e-3);
    }

    private static void CheckSlopes<TElement>(int k, double tolerance)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var data = new Data<TElement>(k);
        var gradient = data.GradientWithSlopes;
        var (step, stepFrom) = data.SolveWithSlopes(3);
        for (var i = 0; i < Rows; i++)
        {
            RequireSolved(data.SampledMatrix(i), gradient.Row(i), step.Row(i), tolerance);
            var end = step.Row(i).ToArray();
            for (var c = 0; c < k; c++)
            {
                end[c] = stepFrom[i, c] + data.Own[i, c];
            }

            RequireSolved(data.SampledMatrix(i), gradient.Row(i), end, tolerance);
        }
    }

    /// <summary>One entry in each row, which fits it: in five of six directions there is neither gradient nor curvature, and what rounding leaves is no reason to move.</summary>
    [Fact]
    public void Rows_at_their_minimum_stay_there_where_nothing_curves()
    {
        const int k = 6;
        using var workers = new Workers(1);
        var pattern = new SparsePattern(Rows, Columns, [.. Enumerable.Range(0, Rows + 1).Select(i => (long)i)], [.. Enumerable.Range(0, Rows)]);
        var (at, x) = (KernelData.Random<float>(Rows, k, 3), KernelData.Random<float>(Columns, k, 4));
        var (step, ratings) = (new MatrixView<float>(new float[Rows * k], 0, Rows, k), new MatrixView<float>(new float[Rows], 0, Rows, 1));
        for (var i = 0; i < Rows; i++)
        {
            ratings[i, 0] = System.Numerics.Tensors.TensorPrimitives.Dot<float>(at.Row(i), x.Row(i));
        }

        RowSystems.SolveFrom(at, step, [CurvatureTerm.Sampled(pattern, x).WithSlopes(ratings, -1)], workers);
        Assert.All(step.Span.ToArray(), number => Assert.Equal(0, number, 1e-4f));
    }

    [Fact]
    public void Curvature_too_small_to_divide_by_is_damped()
    {
        using var workers = new Workers(1);
        var step = KernelData.Random<float>(Rows, 3, 3);
        RowSystems.Solve(step, [CurvatureTerm.Ridge<float>(1e-40)], workers);
        Assert.All(step.Span.ToArray(), number => Claim.True(float.IsFinite(number), $"It is {number}."));
    }

    [Fact]
    public void A_row_that_cannot_be_solved_for_leaves_the_others_alone()
    {
        const int k = 3;
        using var workers = new Workers(1);
        var (gradient, diagonals) = (KernelData.Random<float>(Rows, k, 3), KernelData.Random<float>(Rows, k, 4));
        var (expected, actual) = (Copy(gradient), Copy(gradient));
        diagonals.Span.Fill(2);
        RowSystems.Solve(expected, [CurvatureTerm.Diagonal(diagonals)], workers);
        diagonals.Row(4).Fill(float.NaN);
        RowSystems.Solve(actual, [CurvatureTerm.Diagonal(diagonals)], workers);
        Assert.True(float.IsNaN(actual[4, 0]));
        Assert.Equal(expected.Span[(5 * k)..].ToArray(), actual.Span[(5 * k)..].ToArray());
    }

    /// <summary>So many entries that their numbers are copied to column order first; a matrix of weights of all pairs has the same.</summary>
    [Fact]
    public void Numbers_of_many_entries_are_read_in_column_order()
    {
        const int rows = 300, columns = 14_200, k = 2;
        using var workers = new Workers(2);
        var pattern = new SparsePattern(
            rows, columns, [.. Enumerable.Range(0, rows + 1).Select(i => (long)i * columns)], [.. Enumerable.Range(0, rows * columns).Select(p => p % columns)]);
        Assert.True(ColumnNumbers<double>.IsWorthwhile(pattern));
        var (weights, slopes) = (KernelData.Random<double>(rows, columns, 2), KernelData.Random<double>(rows, columns, 3));
        var (x, gradient) = (KernelData.Random<double>(rows, k, 4), KernelData.Random<double>(columns, k, 5));
        var (expected, actual) = (Copy(gradient), Copy(gradient));
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < columns; j++)
            {
                weights[i, j] = Math.Abs(weights[i, j]);
                for (var c = 0; c < k; c++)
                {
                    expected[j, c] += slopes[i, j] * x[i, c];
                }
            }
        }

        RowSystems.Solve(expected, [CurvatureTerm.Ridge<double>(Ridge), CurvatureTerm.DenseTransposed(weights, x)], workers);
        RowSystems.Solve(actual, [CurvatureTerm.Ridge<double>(Ridge), CurvatureTerm.SampledTransposed(pattern, AsEntries(weights), x).WithSlopes(AsEntries(slopes))], workers);
        for (var p = 0; p < expected.Span.Length; p++)
        {
            Assert.Equal(expected.Span[p], actual.Span[p], 1e-10);
        }
    }

    private static MatrixView<double> AsEntries(MatrixView<double> pairs) => new(pairs.Span.ToArray(), 0, pairs.Rows * pairs.Columns, 1);

    /// <summary>Rows without entries have no curvature but the ridge, which is negative: the step is that of the gradient at the factor, damped.</summary>
    [Fact]
    public void Steps_from_a_factor_are_damped_from_there()
    {
        const int k = 6;
        using var workers = new Workers(1);
        var (at, gradient) = (KernelData.Random<double>(Rows, k, 3), KernelData.Random<double>(Rows, k, 4));
        var (actual, expected) = (Copy(gradient), Copy(gradient));
        for (var c = 0; c < expected.Span.Length; c++)
        {
            expected.Span[c] += -2 * at.Span[c];
        }

        RowSystems.SolveFrom(at, actual, [CurvatureTerm.Ridge<double>(-2)], workers);
        RowSystems.Solve(expected, [CurvatureTerm.Ridge<double>(-2)], workers);
        for (var c = 0; c < expected.Span.Length; c++)
        {
            Assert.Equal(expected.Span[c], actual.Span[c], 1e-12 * Math.Abs(expected.Span[c]));
        }
    }

    [Fact]
    public void Slopes_of_other_terms_than_sums_of_sampled_rows_and_factors_of_other_shapes_are_named()
    {
        using var workers = new Workers(1);
        var (gradient, rows, pattern) = (KernelData.Random<double>(4, 3, 1), KernelData.Random<double>(6, 3, 1), KernelData.Pattern(4, 6, 1, 1));
        var five = KernelData.Random<double>(5, 1, 1);
        foreach (var term in (CurvatureTerm<double>[])[CurvatureTerm.Ridge<double>(1).WithSlopes(five), CurvatureTerm.Sampled(pattern, rows).WithSlopes(five)])
        {
            Assert.Contains("5×1 slopes", Assert.Throws<ArgumentException>(() => RowSystems.Solve(gradient, [term], workers)).Message, StringComparison.Ordinal);
        }

        var thrown = Assert.Throws<ArgumentException>(() => RowSystems.SolveFrom(five, gradient, [CurvatureTerm.Ridge<double>(1)], workers));
        Assert.Contains("5×1", thrown.Message, StringComparison.Ordinal);
    }
}
