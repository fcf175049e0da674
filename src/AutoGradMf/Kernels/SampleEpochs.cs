using System.Numerics;
using AutoGradMf.Objectives;

namespace AutoGradMf.Kernels;

/// <summary>
/// Goes through all samples of an objective, stratum by stratum, the blocks of one at once. What all samples read is copied for each
/// block, and the copies are averaged after each stratum. The result does not depend on the number of threads.
/// </summary>
internal sealed class SampleEpochs<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    private readonly ISampled<TElement> _objective;
    private readonly Workers _workers;
    private readonly int _seed;
    private readonly SampleGrid<TElement>[] _grids;
    private readonly SampleSources<TElement>[] _sources;
    private readonly SampleDescent<TElement>[] _descents;
    private readonly int[][] _orders;
    private readonly int[] _weights;

    /// <param name="objective">Whose samples.</param>
    /// <param name="workers">The threads.</param>
    /// <param name="seed">Of the order of the samples.</param>
    /// <param name="remembersGradients">Whether there is momentum.</param>
    public SampleEpochs(ISampled<TElement> objective, Workers workers, int seed, bool remembersGradients)
    {
        (_objective, _workers, _seed) = (objective, workers, seed);
        _grids = [.. objective.Samples.Select(set => new SampleGrid<TElement>(set, seed))];
        _sources = [.. objective.Samples.Select(set => new SampleSources<TElement>(set))];
        for (var set = 0; set < _sources.Length; set++)
        {
            objective.Visit(set, _sources[set]);
        }

        var width = _grids.Max(g => g.Width);
        Factors = new(objective.Layout, _sources.SelectMany(s => s.Shared).ToHashSet(), width, remembersGradients);
        _descents = [.. Enumerable.Range(0, width).Select(_ => new SampleDescent<TElement>())];
        _orders = [.. _grids.Select(g => new int[g.Strata.Length])];
        _weights = new int[width];
    }

    /// <summary>The factors that an epoch changes.</summary>
    public SampleFactors<TElement> Factors { get; }

    /// <summary>Goes through all samples once. Allocates nothing.</summary>
    /// <param name="epoch">Its number: each has a random order of its own.</param>
    /// <param name="rule">How to go down.</param>
    public void Run(int epoch, DescentRule rule)
    {
        for (var set = 0; set < _grids.Length; set++)
        {
            var order = _orders[set];
            for (var stratum = 0; stratum < order.Length; stratum++)
            {
                order[stratum] = stratum;
            }

            SplitMix.Of(_seed, epoch, -1).Shuffle(order);
            foreach (var stratum in order)
            {
                var blocks = _grids[set].Strata[stratum];
                var work = new Stratum(this, set, blocks, epoch, rule);
                _workers.Run(ref work, blocks.Length);
                for (var place = 0; place < blocks.Length; place++)
                {
                    _weights[place] = _grids[set].Samples(blocks[place]);
                }

                Factors.Average(_weights.AsSpan(0, blocks.Length));
            }
        }
    }

    private readonly struct Stratum(SampleEpochs<TElement> epochs, int set, int[] blocks, int epoch, DescentRule rule) : IChunkedWork
    {
        public void Run(int chunk)
        {
            epochs.Factors.Share(chunk);
            epochs._descents[chunk].Aim(epochs._grids[set], epochs._sources[set], epochs.Factors, rule, blocks[chunk], chunk, epochs._seed, epoch);
            epochs._objective.Visit(set, epochs._descents[chunk]);
        }
    }
}
