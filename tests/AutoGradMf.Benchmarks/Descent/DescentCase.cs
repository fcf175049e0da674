using AutoGradMf.Benchmarks.Ratings;
using AutoGradMf.Kernels;
using AutoGradMf.Objectives;

namespace AutoGradMf.Benchmarks.Descent;

/// <summary>Seeded ratings of a size, and one epoch over them by each implementation.</summary>
internal sealed class DescentCase
{
    private const float Rate = 0.002f;
    private const float Ridge = 0.02f;
    private readonly int[] _rows;
    private readonly int[] _columns;
    private readonly float[] _ratings;
    private readonly float[] _u;
    private readonly float[] _v;
    private readonly float[] _alignedU;
    private readonly float[] _alignedV;
    private readonly SampleEpochs<float> _masked;
    private readonly SampleEpochs<float> _biased;
    private readonly int _k;
    private int _epoch;

    public DescentCase(RatingSize size, int k, Workers workers)
    {
        (Size, _k) = (size, k);
        var (m, n, ratings) = (size.M, size.N, RatingCache.Get(size));
        var masked = new DescentLosses.MaskedObjective<float>(ratings, Ridge, k);
        var biased = new DescentLosses.BiasedObjective<float>(ratings, Ridge, k);
        _masked = new(masked, workers, seed: 1, remembersGradients: false);
        _biased = new(biased, workers, seed: 1, remembersGradients: false);
        Load(_masked, masked.Layout);
        Load(_biased, biased.Layout);
        (_rows, _columns, _ratings) = InGridOrder(((ISampled<float>)masked).Samples[0]);
        (_u, _v) = (Factor(m * k), Factor(n * k));
        (_alignedU, _alignedV) = (Factor((m * k) + 16), Factor((n * k) + 16));
    }

    public RatingSize Size { get; }

    public void Straightforward() => HandWrittenDescent.Straightforward(_u, _v, _rows, _columns, _ratings, _k, Rate, Ridge / 100);

    public unsafe void Tuned() => HandWrittenDescent.Tuned(
        HandWrittenDescent.Aligned(_alignedU), HandWrittenDescent.Aligned(_alignedV), _rows, _columns, _ratings, _k, Rate, Ridge / 100);

    public void Generated(Workers workers) => Run(_masked, workers, isAdaptive: false);

    public void GeneratedAdaptive(Workers workers) => Run(_masked, workers, isAdaptive: true);

    public void GeneratedBiased(Workers workers) => Run(_biased, workers, isAdaptive: false);

    private void Run(SampleEpochs<float> epochs, Workers workers, bool isAdaptive)
    {
        epochs.Workers = workers;
        epochs.Run(_epoch++, new(Rate, 0, isAdaptive));
    }

    private static void Load(SampleEpochs<float> epochs, ParameterLayout layout) => epochs.Factors.Load(Parameters<float>.Uniform(layout, 0, 0.3, seed: 3));

    private static float[] Factor(int count)
    {
        var random = new Random(3);
        var factor = GC.AllocateArray<float>(count, pinned: true);
        foreach (ref var value in factor.AsSpan())
        {
            value = 0.3f * random.NextSingle();
        }

        return factor;
    }

    /// <summary>What is written by hand goes through the ratings in the blocks of rows and columns that generated code takes, too.</summary>
    private static unsafe (int[] Rows, int[] Columns, float[] Ratings) InGridOrder(SampleSet<float> samples)
    {
        var grid = new SampleGrid<float>(samples, seed: 1);
        var order = Enumerable.Range(0, grid.StratumCount).SelectMany(stratum => grid.Stratum(stratum).ToArray()).SelectMany(block => Enumerable.Range(grid.Start(block), grid.Samples(block))).ToArray();
        var (rows, columns, ratings) = (new int[order.Length], new int[order.Length], new float[order.Length]);
        for (var sample = 0; sample < order.Length; sample++)
        {
            rows[sample] = ((int*)grid.Rows[0])[order[sample]];
            columns[sample] = ((int*)grid.Rows[1])[order[sample]];
            ratings[sample] = ((float*)grid.Numbers[0])[order[sample]];
        }

        return (rows, columns, ratings);
    }
}
