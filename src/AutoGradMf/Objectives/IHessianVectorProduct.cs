using System.Numerics;

namespace AutoGradMf.Objectives;

/// <summary>
/// The product of an objective's Hessian with a direction, exact and without forming the Hessian (Pearlmutter 1994). Generated for
/// every loss whose derivatives have derivatives.
/// </summary>
/// <typeparam name="TElement"><see cref="float"/> or <see cref="double"/>: the type of the factors.</typeparam>
public interface IHessianVectorProduct<TElement> : IObjective<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    /// <summary>
    /// The Hessian at <paramref name="at"/> times <paramref name="direction"/>, which overwrites <paramref name="into"/>. Costs about
    /// two gradients, and allocates nothing.
    /// </summary>
    /// <exception cref="ArgumentException">The parameters or the workspace were made for another objective.</exception>
    void HessianVectorProduct(Parameters<TElement> at, Parameters<TElement> direction, Parameters<TElement> into, Workspace workspace);
}
