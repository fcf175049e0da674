using System.Numerics;

namespace AutoGradMf.Objectives;

/// <summary>
/// An objective whose second derivative in single factors, the others held fixed, is bounded by numbers that do not depend on the factor:
/// its gradient is Lipschitz there, and f(F + D) ≤ f(F) + ⟨∇f(F), D⟩ + ½ Σ L_i ‖D_i‖², with a number L_i for each row i (or column), so that a step of
/// length 1/L_i along the gradient never raises it (Bolte, Sabach &amp; Teboulle, Mathematical Programming 146, 2014). Generated for every loss of
/// which this can be proved for a factor.
/// </summary>
/// <typeparam name="TElement"><see cref="float"/> or <see cref="double"/>: the type of the factors.</typeparam>
public interface ICurvatureBound<TElement> : IObjective<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    /// <summary>Whether bounds are known in each factor, in the order of the <see cref="IObjective{TElement}.Layout"/>.</summary>
    IReadOnlyList<bool> HasCurvatureBound { get; }

    /// <summary>
    /// Of each factor what there is a bound for: each row of a matrix, or each column of one with its features first, and each element of a vector.
    /// </summary>
    IReadOnlyList<FactorAxis> CurvatureBoundAxes => [.. Layout.Factors.Select(f => f.Kind == FactorKind.RowVector ? FactorAxis.Columns : FactorAxis.Rows)];

    /// <summary>
    /// The bounds in one factor, which depend on the others at <paramref name="at"/> and not on the factor itself. Zero where the objective is
    /// linear in a row, or does not depend on it. Costs less than a gradient, and allocates nothing in steady state.
    /// </summary>
    /// <param name="factor">The number of the factor.</param>
    /// <param name="at">Where.</param>
    /// <param name="bounds">Receives them, as a column: as many as the factor has slices along its axis of <see cref="CurvatureBoundAxes"/>.</param>
    /// <param name="workspace">Of this objective.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such factor, or no bound is known (see <see cref="HasCurvatureBound"/>).</exception>
    /// <exception cref="ArgumentException">The parameters or the workspace were made for another objective, or there is no room for the bounds.</exception>
    void CurvatureBound(int factor, Parameters<TElement> at, MatrixView<TElement> bounds, Workspace workspace);
}
