using System.Numerics;
using AutoGradMf.Objectives;

namespace AutoGradMf.Kernels;

/// <summary>
/// Goes through all samples of an objective, stratum by stratum, the blocks of one at once. What all samples read is copied for each
/// block, and the copies are averaged after each stratum. The result does not depend on the number of threads, unless it is to be lock-free:
/// then all blocks are one stratum, and nothing is copied.
/// </summary>
internal sealed class SampleEpochs<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    private readonly ISampled<TElement> _objective;
    private readonly int _seed;
    private readonly bool _isLockFree;
    private IReadOnlyList<SampleSet<TElement>> _sets = [];
    private SampleGrid<TElement>[] _grids = [];
    private SampleSources<TElement>[] _sources = [];
    private SampleDescent<TElement>[] _descents = [];
    private int[][] _orders = [];
    private int[] _weights = [];
    private int _round;
    private bool _isOwn;

    /// <param name="objective">Whose samples.</param>
    /// <param name="workers">The threads.</param>
    /// <param name="seed">Of the order of the samples.</param>
    /// <param name="remembersGradients">Whether there is momentum.</param>
    /// <param name="isLockFree">Whether blocks that share rows may run at once.</param>
    public SampleEpochs(ISampled<TElement> objective, Workers workers, int seed, bool remembersGradients, bool isLockFree = false)
    {
        (_objective, Workers, _seed, _isLockFree) = (objective, workers, seed, isLockFree);
        Drawn = objective.Samples.Where(set => set.IsRandom).Sum(set => set.Count);
        Begin(objective.Samples);
        Factors = new(objective.Layout, _sources.SelectMany(s => s.Shared).ToHashSet(), _sources.SelectMany(s => s.InColumns).ToHashSet(), remembersGradients, isLockFree);
    }

    /// <summary>The threads that the next epoch runs on.</summary>
    public Workers Workers { get; set; }

    /// <summary>How many samples there are.</summary>
    public int Count => _sets.Sum(set => set.Count);

    /// <summary>How many samples are drawn at random.</summary>
    public int Drawn { get; }

    /// <summary>The factors that an epoch changes.</summary>
    public SampleFactors<TElement> Factors { get; }

    /// <summary>Their numbers, and whether as rows or as numbers.</summary>
    public IEnumerable<(int Factor, bool IsRow)> Changed => _sources.SelectMany(source => source.Changed).Distinct();

    /// <summary>Goes through all samples once. Allocates nothing once samples that are random have been drawn anew, and memory for them is large enough.</summary>
    /// <param name="epoch">Its number: each has a random order of its own.</param>
    /// <param name="rule">How to go down.</param>
    public void Run(int epoch, DescentRule rule)
    {
        if (Drawn > 0 && epoch != _round)
        {
            Redraw(epoch);
            _round = epoch;
        }

        Factors.Widen(_descents.Length);
        for (var set = 0; set < _grids.Length; set++)
        {
            var order = _orders[set].AsSpan(0, _grids[set].StratumCount);
            for (var stratum = 0; stratum < order.Length; stratum++)
            {
                order[stratum] = stratum;
            }

            // Samples that read one row alone are no batch, and ask for no norms.
            if (rule.IsAdaptive && order.Length > 0 && _grids[set].Rows.Length > 1)
            {
                Factors.MeasureNorms();
            }

            SplitMix.Of(_seed, epoch, -1).Shuffle(order);
            foreach (var stratum in order)
            {
                var blocks = _grids[set].Stratum(stratum);
                var work = new Stratum(this, set, stratum, epoch, rule);
                Workers.Run(ref work, blocks.Length);
                for (var place = 0; place < blocks.Length; place++)
                {
                    _weights[place] = _grids[set].Samples(blocks[place]);
                }

                Factors.Average(_weights.AsSpan(0, blocks.Length));
            }
        }
    }

    /// <summary>
    /// How large the gradients of samples are where the factors are: an epoch of no steps, which remembers squares. Those of before are
    /// forgotten.
    /// </summary>
    /// <param name="unit">What gradients are squared in.</param>
    public GradientSizes Measure(double unit)
    {
        for (var factor = 0; factor < _objective.Layout.Factors.Count; factor++)
        {
            // Not zero, by the root of which a rate of zero would be divided.
            Factors.BeginSquares(factor, double.CreateChecked(TElement.Epsilon));
        }

        Run(0, new(Rate: 0, Momentum: 0, IsAdaptive: true, unit));
        var (rows, elements, numbers) = (default(MeanSquare), default(MeanSquare), default(MeanSquare));
        foreach (var (factor, isRow) in Changed)
        {
            var (squares, steps) = (Factors.SumSquares(factor), Steps(factor));
            if (isRow)
            {
                rows = rows.With(squares, steps);
                elements = elements.With(squares, steps * Factors.Length(factor));
            }
            else
            {
                numbers = numbers.With(squares, steps);
            }
        }

        return new(unit * rows.Root, unit * elements.Root, unit * numbers.Root);
    }

    /// <summary>How many steps of an epoch are remembered of a factor; of copies, on average.</summary>
    private double Steps(int factor)
    {
        var steps = 0.0;
        for (var set = 0; set < _sets.Count; set++)
        {
            var samples = _isLockFree || !_sources[set].Shared.Contains(factor) ? _sets[set].Count : _grids[set].SamplesOfCopies;
            steps += samples * _sources[set].Changed.Count(changed => changed.Factor == factor);
        }

        return steps;
    }

    /// <summary>Prepares to go through samples.</summary>
    private void Begin(IReadOnlyList<SampleSet<TElement>> samples)
    {
        _sets = samples;
        _grids = [.. samples.Select(set => new SampleGrid<TElement>(set, _seed, _isLockFree))];
        _sources = [.. samples.Select((set, number) => new SampleSources<TElement>(set, _grids[number]))];
        _orders = [.. samples.Select(_ => Array.Empty<int>())];
        for (var set = 0; set < _sources.Length; set++)
        {
            _objective.Visit(set, _sources[set]);
        }

        Widen();
    }

    /// <summary>Draws what is random for an epoch: the first time into sets of its own, since the objective's are others', too.</summary>
    private void Redraw(int epoch)
    {
        if (!_isOwn)
        {
            Begin(SampleSet<TElement>.Redrawn(_sets, epoch));
            _isOwn = true;
            return;
        }

        for (var set = 0; set < _grids.Length; set++)
        {
            if (_sets[set].Redraw(epoch))
            {
                _grids[set].Sort();
                _objective.Visit(set, _sources[set]);
            }
        }

        Widen();
    }

    /// <summary>Makes room for what may run at once.</summary>
    private void Widen()
    {
        var width = 0;
        for (var set = 0; set < _grids.Length; set++)
        {
            width = Math.Max(width, _grids[set].Width);
            _orders[set] = Room.For(_grids[set].StratumCount, _orders[set]);
        }

        _weights = Room.For(width, _weights);
        if (_descents.Length < width)
        {
            _descents = [.. _descents, .. Enumerable.Range(0, width - _descents.Length).Select(_ => new SampleDescent<TElement>())];
        }
    }

    private readonly struct Stratum(SampleEpochs<TElement> epochs, int set, int stratum, int epoch, DescentRule rule) : IChunkedWork
    {
        public void Run(int chunk)
        {
            epochs.Factors.Share(chunk);
            epochs._descents[chunk].Aim(
                epochs._grids[set], epochs._sources[set], epochs.Factors, rule, epochs._grids[set].Stratum(stratum)[chunk], chunk, epochs._seed, epoch);
            epochs._objective.Visit(set, epochs._descents[chunk]);
        }
    }
}
