using System.Numerics;
using AutoGradMf.Kernels;
using AutoGradMf.Objectives;

namespace AutoGradMf.Initialization;

/// <summary>Where training begins. One way to begin is one file.</summary>
/// <remarks>It holds settings and no state, so one instance may serve several runs at once.</remarks>
/// <typeparam name="TElement"><see cref="float"/> or <see cref="double"/>: the type of the factors.</typeparam>
public interface IInitialization<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    /// <summary>Factors to begin with.</summary>
    /// <param name="objective">What will be minimized.</param>
    /// <param name="seed">Of what is random: equal seeds give equal factors.</param>
    /// <param name="workers">The threads that evaluate; the result does not depend on their number.</param>
    /// <param name="cancellationToken">Ends the search for a good start; what there is so far is returned.</param>
    Parameters<TElement> Start(IObjective<TElement> objective, int seed, Workers workers, CancellationToken cancellationToken);
}
