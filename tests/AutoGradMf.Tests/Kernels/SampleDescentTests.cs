using System.Numerics;
using System.Runtime.InteropServices;
using AutoGradMf.Kernels;
using AutoGradMf.Objectives;
using Xunit;

namespace AutoGradMf.Tests.Kernels;

/// <summary>Epochs of stochastic gradient by the kernel, against the same steps with the gradients of <see cref="ReferenceSamples"/>.</summary>
[EveryRegisterWidth]
public sealed class SampleDescentTests
{
    private const int Seed = 3;

    public static TheoryData<int> Ranks => [1, 3, 7, 8, 16, 20, 31, 32, 50, 64, 100, 128, 200];

    [Theory]
    [MemberData(nameof(Ranks))]
    public void Pairs_equal_their_reference_at_every_rank(int k)
    {
        foreach (var isAdaptive in (bool[])[false, true])
        {
            Check(new BiasedSamples<double>(9, 7, k), new(0.05, 0, isAdaptive));
            Check(new BiasedSamples<float>(9, 7, k), new(0.05, 0, isAdaptive));
        }
    }

    [Theory]
    [MemberData(nameof(Ranks))]
    public void Triples_equal_their_reference_at_every_rank(int k)
    {
        foreach (var isAdaptive in (bool[])[false, true])
        {
            Check(Triples<double>(k), new(0.05, 0, isAdaptive));
            Check(Triples<float>(k), new(0.05, 0, isAdaptive));
        }

        PreferenceSamples<TElement> Triples<TElement>(int k)
            where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
        {
            // Few rows are read again and again, and no sample reads one twice.
            var rated = Enumerable.Range(0, 90).Select(s => s * 7 % 11).ToArray();
            return new(new([.. rated.Select((j, s) => (s + j) % 5)]), new(rated), new([.. rated.Select((j, s) => (j + 1 + (s % 9)) % 11)]), k: k);
        }
    }

    /// <summary>Whichever products the function reads, beside biases and a number that all samples read; rows 1 and 2 are of one factor.</summary>
    [Theory]
    [MemberData(nameof(Ranks))]
    public void Rows_in_any_products_equal_their_reference_at_every_rank(int k)
    {
        (int, int)[][] forms = [[(0, 1)], [(1, 2)], [(2, 0)], [(0, 1), (0, 2)], [(0, 1), (1, 2)], [(0, 2), (2, 1)], [(1, 2), (0, 1), (0, 2)]];
        foreach (var isAdaptive in (bool[])[false, true])
        {
            foreach (var products in forms)
            {
                Check(new ProductSamples<double>(3, k, products), new(0.05, 0, isAdaptive));
                Check(new ProductSamples<float>(3, k, products), new(0.05, 0, isAdaptive));
            }

            Check(new ProductSamples<double>(2, k, [(0, 1)]), new(0.05, 0, isAdaptive));
            Check(new ProductSamples<float>(2, k, [(0, 1)]), new(0.05, 0, isAdaptive));
            Check(new ProductSamples<double>(2, k, [(0, 1), (1, 0)]), new(0.05, 0, isAdaptive));
            Check(new ProductSamples<double>(3, k, [(0, 1), (2, 1), (1, 0)]), new(0.05, 0, isAdaptive));
        }
    }

    /// <summary>Where a sample reads a row in two places, both parts of its gradient count.</summary>
    [Fact]
    public void A_row_that_a_sample_reads_twice_moves_by_both_parts()
    {
        var objective = new PreferenceSamples<double>(new(0, 1), new(3, 4), new(3, 5));
        Assert.True(new SampleGrid<double>(objective.Samples[0], Seed).HaveCommonRow(1, 2));
        var (start, found, gradient) = (objective.Start(), new Parameters<double>(objective.Layout), new Parameters<double>(objective.Layout));
        var epochs = new SampleEpochs<double>(objective, Workers.Shared, Seed, remembersGradients: false);
        epochs.Factors.Load(start);
        epochs.Run(0, new(0.1, 0, IsAdaptive: false));
        epochs.Factors.Store(found);
        ReferenceSamples.AddGradient(objective, 0, 0, start, gradient);
        ReferenceSamples.AddGradient(objective, 0, 1, start, gradient);
        Assert.All(
            start.Values.ToArray().Zip(gradient.Values.ToArray(), found.Values.ToArray()),
            at => Assert.Equal(at.First - (0.1 * at.Second), at.Third, 1e-14));
    }

    [Theory]
    [MemberData(nameof(Ranks))]
    public void Any_form_equals_its_reference_at_every_rank(int k)
    {
        foreach (var isAdaptive in (bool[])[false, true])
        {
            Check(new GeneralSamples<double>(9, 7, k), new(0.02, 0, isAdaptive));
            Check(new GeneralSamples<float>(9, 7, k), new(0.02, 0, isAdaptive));
        }
    }

    [Theory]
    [MemberData(nameof(Ranks))]
    public void Momentum_equals_its_reference_at_every_rank(int k)
    {
        Check(new BiasedSamples<double>(9, 7, k), new(0.02, 0.8, false));
        Check(new GeneralSamples<double>(9, 7, k), new(0.02, 0.8, true));
    }

    [Fact]
    public void A_set_without_samples_changes_nothing()
    {
        var objective = new BiasedSamples<double>(9, 0, 4);
        var start = objective.Start();
        var epochs = new SampleEpochs<double>(objective, Workers.Shared, Seed, remembersGradients: false);
        epochs.Factors.Load(start);
        epochs.Run(0, new(0.1, 0, true));
        var found = new Parameters<double>(objective.Layout);
        epochs.Factors.Store(found);
        Assert.Equal(start.Values.ToArray(), found.Values.ToArray());
    }

    /// <summary>With steps too short to matter to each other, an epoch is a step along the gradient, whatever the order.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_epoch_goes_through_each_sample_once(bool isLockFree)
    {
        const double rate = 1e-10;
        var objective = new BiasedSamples<double>(300, 200, 4);
        var (start, found, gradient) = (objective.Start(), new Parameters<double>(objective.Layout), new Parameters<double>(objective.Layout));
        using var workers = new Workers(1);
        var epochs = new SampleEpochs<double>(objective, workers, Seed, remembersGradients: false, isLockFree);
        epochs.Factors.Load(start);
        epochs.Run(0, new(rate, 0, IsAdaptive: false));
        epochs.Factors.Store(found);
        for (var sample = 0; sample < objective.Samples[0].Count; sample++)
        {
            ReferenceSamples.AddGradient(objective, 0, sample, start, gradient);
        }

        Assert.True(new SampleGrid<double>(objective.Samples[0], Seed).BlockCount > 1);
        for (var factor = 0; factor < objective.Layout.Factors.Count; factor++)
        {
            // Copies of what all samples read are averaged, and so move by less.
            if (isLockFree || objective.Layout.Factors[factor].Kind != FactorKind.Scalar)
            {
                var moved = start[factor].Span.ToArray().Zip(found[factor].Span.ToArray(), (before, after) => (before - after) / rate);
                Assert.All(moved.Zip(gradient[factor].Span.ToArray()), pair => Assert.Equal(pair.Second, pair.First, 1e-5 * Math.Max(1, Math.Abs(pair.Second))));
            }
        }
    }

    /// <summary>Of few samples and of many, whose blocks that run at once have copies of the number that all read.</summary>
    [Theory]
    [InlineData(9, 7, 3, 1)]
    [InlineData(9, 7, 20, 0.125)]
    [InlineData(300, 200, 20, 1)]
    public void Gradients_of_samples_are_measured_without_a_step(int m, int n, int k, double unit)
    {
        var objective = new BiasedSamples<double>(m, n, k);
        var (start, found) = (objective.Start(), new Parameters<double>(objective.Layout));
        using var workers = new Workers(2);
        var epochs = new SampleEpochs<double>(objective, workers, Seed, remembersGradients: false);
        epochs.Factors.Load(start);
        var sizes = epochs.Measure(unit);
        epochs.Factors.Store(found);
        Assert.Equal(start.Values.ToArray(), found.Values.ToArray());

        var (rows, numbers) = (0.0, 0.0);
        var samples = objective.Samples[0].Count;
        for (var sample = 0; sample < samples; sample++)
        {
            var gradient = new Parameters<double>(objective.Layout);
            ReferenceSamples.AddGradient(objective, 0, sample, start, gradient);
            rows += SquareOf(gradient, FactorKind.Matrix);
            numbers += SquareOf(gradient, FactorKind.RowVector) + SquareOf(gradient, FactorKind.ColumnVector)
                + SquareOf(gradient, FactorKind.Scalar);
        }

        // Of the number that all read, copies see about as much as any sample.
        var tolerance = new SampleGrid<double>(objective.Samples[0], Seed).BlockCount == 1 ? 1e-12 : 0.02;
        Close(Math.Sqrt(rows / (2 * samples)), sizes.Row, 1e-12);
        Close(Math.Sqrt(rows / (2 * samples * k)), sizes.Element, 1e-12);
        Close(Math.Sqrt(numbers / (3 * samples)), sizes.Number, tolerance);

        static void Close(double expected, double actual, double tolerance) =>
            Assert.InRange(actual, (1 - tolerance) * expected, (1 + tolerance) * expected);

        static double SquareOf(Parameters<double> gradient, FactorKind kind) => gradient.Layout.Factors.Index()
            .Where(f => f.Item.Kind == kind).Sum(f => gradient[f.Index].Span.ToArray().Sum(x => x * x));
    }

    private static void Check<TElement>(TestSamples<TElement> objective, DescentRule rule)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var (expected, found) = (objective.Start(), new Parameters<TElement>(objective.Layout));
        using var workers = new Workers(1);
        var epochs = new SampleEpochs<TElement>(objective, workers, Seed, rule.Momentum > 0);
        epochs.Factors.Load(expected);
        epochs.Run(0, rule with { IsFirst = true });
        epochs.Run(1, rule);
        epochs.Factors.Store(found);

        var reference = new ReferenceDescent<TElement>(objective, expected, rule, isBatched: objective is not GeneralSamples<TElement> and not ProductSamples<TElement> { IsPairTwice: true } && rule.Momentum == 0);
        reference.Run(0);
        reference.Run(1);
        var tolerance = KernelData.Tolerance<TElement>((2 * objective.Samples[0].Count) + objective.Layout.Factors[0].Columns);
        Assert.False(expected.Values.SequenceEqual(objective.Start().Values));
        for (var p = 0; p < expected.Values.Length; p++)
        {
            var (x, y) = (double.CreateChecked(expected.Values[p]), double.CreateChecked(found.Values[p]));
            Claim.True(Math.Abs(x - y) <= tolerance * (1 + Math.Abs(x)), $"Parameter {p} is {y:R}, and should be {x:R}.");
        }
    }

    /// <summary>The steps of a grid of one block, sample by sample.</summary>
    private sealed class ReferenceDescent<TElement>(TestSamples<TElement> objective, Parameters<TElement> at, DescentRule rule, bool isBatched)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        private readonly Parameters<TElement> _gradient = new(objective.Layout);
        private readonly Parameters<TElement> _velocity = new(objective.Layout);
        private readonly Dictionary<(int Factor, int Row, bool IsFast), double> _squares = [];
        private bool _isFirst;

        public void Run(int epoch)
        {
            _isFirst = epoch == 0;
            var grid = new SampleGrid<TElement>(objective.Samples[0], Seed);
            Assert.Equal(1, grid.BlockCount);

            // The last number of a sample is its own number.
            var numbers = grid.Numbers[^1];
            var size = Marshal.SizeOf<TElement>();
            foreach (var batch in grid.BatchesOf(0, Seed, epoch))
            {
                var (first, end) = grid.Batch(batch);
                var samples = Enumerable.Range(first, end - first).Select(place => int.CreateChecked(Marshal.PtrToStructure<TElement>(numbers + (place * size))));
                foreach (var together in samples.Chunk(isBatched ? Vector<TElement>.Count : 1))
                {
                    // What all samples read is where it was before the first of them: their rows are apart, and know of each other through that alone.
                    var before = new Parameters<TElement>(objective.Layout);
                    at.Values.CopyTo(before.Values);
                    Array.ForEach(together, sample => Step(sample, before));
                }
            }
        }

        private void Step(int sample, Parameters<TElement> before)
        {
            _gradient.Values.Clear();
            ReferenceSamples.AddGradient(objective, 0, sample, before, _gradient);
            for (var factor = 0; factor < objective.Layout.Factors.Count; factor++)
            {
                var (rows, width) = objective.RowsOf(factor, sample);
                foreach (var row in rows)
                {
                    var range = (row * width)..((row + 1) * width);
                    Move(factor, row, at[factor].Span[range], _gradient[factor].Span[range], _velocity[factor].Span[range]);
                }
            }
        }

        private void Move(int factor, int row, Span<TElement> values, Span<TElement> gradient, Span<TElement> velocity)
        {
            // What all samples read is no row, and moves as a whole.
            var isRow = values.Length < objective.Layout.Factors[factor].Count;
            var slow = rule.IsAdaptive && isRow ? Math.Min(SampleFactors<TElement>.SlowFeatures, values.Length) : values.Length;
            Move((factor, row, false), values[..slow], gradient[..slow], velocity[..slow]);
            if (slow < values.Length && !_isFirst)
            {
                Move((factor, row, true), values[slow..], gradient[slow..], velocity[slow..]);
            }
        }

        private void Move((int Factor, int Row, bool IsFast) row, Span<TElement> values, Span<TElement> gradient, Span<TElement> velocity)
        {
            var squares = 0.0;
            foreach (var g in gradient)
            {
                squares += double.CreateChecked(g * g) / gradient.Length;
            }

            var sum = _squares[row] = _squares.GetValueOrDefault(row, 1) + squares;
            var rate = TElement.CreateChecked(rule.IsAdaptive ? rule.Rate / Math.Sqrt(sum) : rule.Rate);
            for (var i = 0; i < values.Length; i++)
            {
                velocity[i] = (TElement.CreateChecked(rule.Momentum) * velocity[i]) + gradient[i];
                values[i] -= rate * velocity[i];
            }
        }
    }
}
