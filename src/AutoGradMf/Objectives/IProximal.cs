using System.Numerics;

namespace AutoGradMf.Objectives;

/// <summary>
/// An objective with terms c·Σ‖group‖ that have kinks where groups of a factor's elements are zero, and of which the proximal step, the
/// minimum of c·Σ‖group‖ + ‖F − G‖² / 2t, is known in closed form (Parikh &amp; Boyd, Proximal Algorithms, 2014, §6.5). Generated for
/// every loss that has such terms; they are part of its value, and its gradient has their least subgradient.
/// </summary>
/// <typeparam name="TElement"><see cref="float"/> or <see cref="double"/>: the type of the factors.</typeparam>
public interface IProximal<TElement> : IObjective<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    /// <summary>The terms, no two of which are of the same groups.</summary>
    IReadOnlyList<Penalty> Penalties { get; }
}
