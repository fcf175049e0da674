using System.Numerics;

namespace AutoGradMf.Objectives;

/// <summary>
/// An objective whose second derivative in single factors, the others held fixed, falls apart into small linear systems, mostly one
/// for each row (a user, a movie), or for each column of a factor with its features first. What alternating least squares and its Newton form are built on (Hu, Koren &amp; Volinsky, ICDM 2008;
/// for biases, Koren, Bell &amp; Volinsky, Computer 42, 2009). Generated for every loss of which this can be proved for a factor.
/// </summary>
/// <typeparam name="TElement"><see cref="float"/> or <see cref="double"/>: the type of the factors.</typeparam>
public interface IBlockNewton<TElement> : IObjective<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    /// <summary>What the objective is in each factor, in the order of the <see cref="IObjective{TElement}.Layout"/>.</summary>
    IReadOnlyList<BlockCurvature> Blocks { get; }

    /// <summary>
    /// The Newton step in one factor, the others held fixed: for each row i (or column, see <see cref="Blocks"/>), −A⁻¹g of its gradient g and second derivative A at
    /// <paramref name="at"/>. Where the objective is quadratic in the factor and A positive definite, <paramref name="at"/> plus the step is
    /// the minimum. Where A is not, it is damped (Levenberg 1944): a multiple of the identity is added, so the step still leads downhill.
    /// O(entries · k² + m · k³) for m rows of k features, with a system for each. Allocates nothing.
    /// </summary>
    /// <param name="factor">The number of the factor.</param>
    /// <param name="at">Where.</param>
    /// <param name="step">Receives the step in that factor; its other factors stay as they are.</param>
    /// <param name="workspace">Of this objective.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such factor, or it has no systems (see <see cref="Blocks"/>).</exception>
    /// <exception cref="ArgumentException">The parameters or the workspace were made for another objective.</exception>
    void NewtonStep(int factor, Parameters<TElement> at, Parameters<TElement> step, Workspace workspace);
}
