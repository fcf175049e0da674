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

    public DescentCase(string name, int m, int n, int entries, int k, Workers workers)
    {
        (Name, M, N, _k) = (name, m, n, k);
        var ratings = Ratings(m, n, entries);
        Entries = ratings.Pattern.Count;
        _masked = new(new DescentLosses.MaskedObjective<float>(ratings, Ridge, k), workers, seed: 1, remembersGradients: false);
        _biased = new(new DescentLosses.BiasedObjective<float>(ratings, Ridge, k), workers, seed: 1, remembersGradients: false);
        Load(_masked, new DescentLosses.MaskedObjective<float>(ratings, Ridge, k).Layout);
        Load(_biased, new DescentLosses.BiasedObjective<float>(ratings, Ridge, k).Layout);

        // What is written by hand has its ratings in random order, as they come.
        var order = Enumerable.Range(0, Entries).ToArray();
        new Random(2).Shuffle(order);
        var entriesOf = ratings.Pattern.Entries.ToArray();
        (_rows, _columns) = ([.. order.Select(e => entriesOf[e].Row)], [.. order.Select(e => entriesOf[e].Column)]);
        _ratings = [.. order.Select(e => ratings.View.Span[e])];
        (_u, _v) = (Factor(m * k), Factor(n * k));
        (_alignedU, _alignedV) = (Factor((m * k) + 16), Factor((n * k) + 16));
    }

    public string Name { get; }

    public int M { get; }

    public int N { get; }

    public int Entries { get; }

    public void Straightforward() => HandWrittenDescent.Straightforward(_u, _v, _rows, _columns, _ratings, _k, Rate, Ridge / 100);

    public unsafe void Tuned() => HandWrittenDescent.Tuned(
        HandWrittenDescent.Aligned(_alignedU), HandWrittenDescent.Aligned(_alignedV), _rows, _columns, _ratings, _k, Rate, Ridge / 100);

    public void Generated() => _masked.Run(_epoch++, new(Rate, 0, IsAdaptive: false));

    public void GeneratedAdaptive() => _masked.Run(_epoch++, new(Rate, 0, IsAdaptive: true));

    public void GeneratedBiased() => _biased.Run(_epoch++, new(Rate, 0, IsAdaptive: false));

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

    /// <summary>Each row has as many ratings, one in each of as many equal parts of the columns.</summary>
    private static SparseMatrix<float> Ratings(int m, int n, int entries)
    {
        var random = new Random(1);
        var (pointers, columns, values) = (new long[m + 1], new int[entries], new float[entries]);
        for (var i = 0; i < m; i++)
        {
            var (start, end) = ((int)((long)entries * i / m), (int)((long)entries * (i + 1) / m));
            pointers[i + 1] = end;
            for (var e = start; e < end; e++)
            {
                var (low, high) = ((int)((long)n * (e - start) / (end - start)), (int)((long)n * (e - start + 1) / (end - start)));
                columns[e] = random.Next(low, high);
                values[e] = random.Next(1, 11) / 2f;
            }
        }

        return new(new SparsePattern(m, n, pointers, columns), values);
    }
}
