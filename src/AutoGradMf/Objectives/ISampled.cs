using System.Numerics;
using AutoGradMf.Kernels;

namespace AutoGradMf.Objectives;

/// <summary>
/// An objective that is a sum over samples, such as observed ratings or triples, each of which reads a few rows of the factors: what
/// <see cref="Optimizers.StochasticGradient{TElement}"/> takes. Regularizers that are sums over rows belong to it: each sample has its
/// exact share of those of its rows, so that the samples' gradients add up to the gradient. Generated for every loss of which
/// this is proved.
/// </summary>
/// <typeparam name="TElement"><see cref="float"/> or <see cref="double"/>: the type of the factors.</typeparam>
public interface ISampled<TElement> : IObjective<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    /// <summary>
    /// The samples, those of each kind in a set, and after them what no sample reads and has a regularizer: the rows of an entity, or, where there
    /// are no samples at all, the factors that all samples read.
    /// </summary>
    IReadOnlyList<SampleSet<TElement>> Samples { get; }

    /// <summary>Tells a visitor what the term of a sample is made of.</summary>
    /// <param name="set">The number of a set of <see cref="Samples"/>.</param>
    /// <param name="visitor">Is called once.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such set.</exception>
    void Visit(int set, ISampleVisitor<TElement> visitor);
}
