using AutoGradMf.Generators.Symbolics.Differentiation;
using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Structure;
using Index = AutoGradMf.Generators.Symbolics.Expressions.Index;

namespace AutoGradMf.Generators.Symbolics.Analysis;

/// <summary>
/// Numbers L_i for the rows of a factor that its second derivative stays below wherever the factor is, the others held fixed:
/// f(F + D) ≤ f(F) + ⟨∇f, D⟩ + ½ Σ L_i ‖D_i‖².
/// </summary>
/// <param name="Row">The index of the rows; null if the factor is a number.</param>
/// <param name="Bound">The numbers; null if none are known.</param>
/// <param name="Obstacle">The smallest part of the loss that has no such bound; null if there is none, or it is not known.</param>
internal sealed record CurvatureBound(Index? Row, Expression? Bound, Expression? Obstacle)
{
    public static CurvatureBound Of(FactorGradient gradient, FactorAnalysis analysis)
    {
        using var budget = SymbolicBudget.Open(Curvature.MostTermsOfFunctions);
        try
        {
            return Jump(gradient) is { } jump ? new(null, null, jump) : OfContinuous(gradient, analysis);
        }
        catch (Model.LossException)
        {
            return new(null, null, analysis.Obstacle);
        }
    }

    private static CurvatureBound OfContinuous(FactorGradient gradient, FactorAnalysis analysis)
    {
        var places = gradient.Indices.Select(i => new Index(i.Dimension)).ToList();
        var slopes = gradient with { Value = new Rewriting(BoundedSlope.Name).Apply(gradient.Value) };
        var majorant = new Majorant(gradient.Indices.ElementAtOrDefault(1), places.ElementAtOrDefault(1));
        var blocks = majorant.Norm(Separation.Separate(Curvature.Second(slopes, places)));
        if (majorant.Obstacle is { } obstacle)
        {
            return new(null, null, Curvature.IsFunction(obstacle) ? Curvature.WithOthers(BoundedSlope.Unnamed(obstacle), gradient.Factor) : analysis.Obstacle);
        }

        // Schur's test: a symmetric matrix of blocks is below the diagonal one of its rows' sums of norms.
        var bound = places.Count == 0 ? blocks : Build.Add(Terms(blocks).Select(block => Build.Contract([block], [places[0]])));
        return bound is Constant { Value: 0 }
            ? new(null, null, null)
            : new(gradient.Indices.Count == 0 ? null : gradient.Indices[0], Curvature.WithOthers(StructureStage.Cheapest(bound), gradient.Factor), null);
    }

    private static IReadOnlyList<Expression> Terms(Expression sum) => sum is Addition ? sum.Operands : [sum];

    /// <summary>A function of the factor in its gradient that is constant piece by piece, so that the gradient jumps.</summary>
    private static Apply? Jump(FactorGradient gradient) => gradient.Value.SelfAndDescendants().OfType<Apply>().FirstOrDefault(apply =>
        apply.Operands.Where((o, p) => o.Follows(gradient.Factor) && ReverseMode.Partial(apply, p) is Constant { Value: 0 }).Any());
}
