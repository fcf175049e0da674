using System.Numerics;
using AutoGradMf.Kernels;
using Xunit;

namespace AutoGradMf.Tests.Kernels;

[EveryRegisterWidth]
public sealed class GatheredRowsTests
{
    [Theory]
    [MemberData(nameof(KernelData.EveryRank), MemberType = typeof(KernelData))]
    public void Products_equal_their_references_at_every_rank(int k)
    {
        Check<double>(170, 30, 20, k);
        Check<float>(170, 30, 20, k);
    }

    [Theory]
    [InlineData(0, 3, 2)]
    [InlineData(1, 1, 1)]
    [InlineData(3, 2, 300)]
    [InlineData(40_000, 2, 3)]
    public void Products_equal_their_references_for_few_and_many_samples_and_features(int samples, int rows, int k)
    {
        Check<double>(samples, rows, 5, k);
        Check<float>(samples, rows, 5, k);
    }

    [Fact]
    public void Wrong_shapes_are_named()
    {
        using var workers = new Workers(1);
        var index = Index(4, 3, 1);
        var (three, five) = (KernelData.Random<double>(3, 2, 1), KernelData.Random<double>(5, 2, 1));
        var numbers = KernelData.Random<double>(4, 1, 1);
        AssertNames("5×2", () => GatheredRows.Dots([RowTerm.Gathered(index, five)], [RowTerm.Gathered(index, three)], numbers, workers));
        AssertNames("5×2", () => GatheredRows.Dots([RowTerm.Gathered(index, three)], [RowTerm.Own(five)], numbers, workers));
        AssertNames("4×10", () => GatheredRows.Dots([RowTerm.Gathered(index, three)], [RowTerm.Same(five)], numbers, workers));
        AssertNames("4×3", () => GatheredRows.Gram([RowTerm.Gathered(index, five)], [], KernelData.Random<double>(2, 1, 1), workers));
        AssertNames("2×2", () => GatheredRows.Gram([RowTerm.Gathered(index, three)], [], KernelData.Random<double>(2, 2, 1), workers));
        AssertNames("5×2", () => GatheredRows.Scatter(index, five, [RowTerm.Gathered(index, three)], three, workers));
        AssertNames("5×2", () => GatheredRows.Scatter(index, numbers, [RowTerm.Gathered(index, three)], five, workers));
        AssertNames("first", () => GatheredRows.Dots([RowTerm.Gathered(index, three).AsFactor], [RowTerm.Gathered(index, three)], numbers, workers));
        AssertNames("at least one", () => GatheredRows.Dots([], [RowTerm.Gathered(index, three)], numbers, workers));
    }

    private static void AssertNames(string named, Action call) =>
        Assert.Contains(named, Assert.Throws<ArgumentException>(call).Message, StringComparison.Ordinal);

    private static void Check<TElement>(int samples, int users, int movies, int k)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var (i, j, l) = (Index(samples, users, 1), Index(samples, movies, 2), Index(samples, movies, 3));
        var (u, v, b) = (KernelData.Random<TElement>(users, k, 4), KernelData.Random<TElement>(movies, k, 5), KernelData.Random<TElement>(movies, 1, 6));
        var (own, same, weights) = (KernelData.Random<TElement>(samples, k, 7), KernelData.Random<TElement>(k, 1, 8), KernelData.Random<TElement>(samples, 1, 9));

        // u_i, v_j − v_l, and 0.5 b_j + 3 u_i ∘ own ∘ same.
        CheckRows([RowTerm.Gathered(i, u)], (s, f) => u[i.ColumnIndices[s], f]);
        CheckRows([RowTerm.Gathered(j, v), RowTerm.Gathered(l, v, -1)], (s, f) => v[j.ColumnIndices[s], f] - v[l.ColumnIndices[s], f]);
        CheckRows(
            [RowTerm.Gathered(j, b, 0.5), RowTerm.Gathered(i, u, 3), RowTerm.Own(own).AsFactor, RowTerm.Same(same).AsFactor],
            (s, f) => (TElement.CreateChecked(0.5) * b[j.ColumnIndices[s], 0]) + (TElement.CreateChecked(3) * u[i.ColumnIndices[s], f] * own[s, f] * same[f, 0]));

        ProductRuns.Check<TElement>(
            users,
            1,
            into => ReferenceProduct.Scatter(i, weights, (_, _) => TElement.One, into),
            (into, workers) => GatheredRows.Scatter(i, weights, [], into, workers),
            KernelData.Tolerance<TElement>(samples));

        void CheckRows(RowTerm<TElement>[] rows, Func<int, int, TElement> row)
        {
            ProductRuns.Check<TElement>(
                samples,
                1,
                into => ReferenceProduct.RowDots(k, row, (s, f) => v[l.ColumnIndices[s], f], into),
                (into, workers) => GatheredRows.Dots(rows, [RowTerm.Gathered(l, v)], into, workers),
                4 * KernelData.Tolerance<TElement>(k));
            ProductRuns.Check<TElement>(
                samples,
                1,
                into => ReferenceProduct.RowDots(k, row, (_, _) => TElement.One, into),
                (into, workers) => GatheredRows.Dots(rows, [], into, workers),
                4 * KernelData.Tolerance<TElement>(k));
            ProductRuns.Check<double>(
                k,
                k,
                into => ReferenceProduct.Gram(samples, row, (s, f) => v[l.ColumnIndices[s], f], into),
                (into, workers) => GatheredRows.Gram(rows, [RowTerm.Gathered(l, v)], into, workers),
                4 * KernelData.Tolerance<TElement>(samples));
            ProductRuns.Check<double>(
                k,
                1,
                into => ReferenceProduct.Gram(samples, row, (_, _) => TElement.One, into),
                (into, workers) => GatheredRows.Gram(rows, [], into, workers),
                4 * KernelData.Tolerance<TElement>(samples));
            ProductRuns.Check<TElement>(
                users,
                k,
                into => ReferenceProduct.Scatter(i, weights, row, into),
                (into, workers) => GatheredRows.Scatter(i, weights, rows, into, workers),
                4 * KernelData.Tolerance<TElement>(samples));
        }
    }

    /// <summary>A row for each sample, some of them often and the last one never.</summary>
    private static SparsePattern Index(int samples, int rows, int seed)
    {
        var random = new Random(seed);
        var chosen = Enumerable.Range(0, samples).Select(_ => random.Next(random.Next(1, Math.Max(2, rows)))).ToArray();
        return new(samples, rows, [.. Enumerable.Range(0, samples + 1).Select(s => (long)s)], chosen);
    }
}
