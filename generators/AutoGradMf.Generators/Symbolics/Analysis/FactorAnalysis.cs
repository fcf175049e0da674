using AutoGradMf.Generators.Symbolics.Differentiation;
using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;

namespace AutoGradMf.Generators.Symbolics.Analysis;

/// <summary>What a loss is as a function of one factor alone, and what stands in the way of more.</summary>
/// <param name="Curvature">Its second derivative.</param>
/// <param name="Obstacle">The smallest part of the loss that is not quadratic in the factor; null if the loss is.</param>
internal sealed record FactorAnalysis(Curvature Curvature, Expression? Obstacle)
{
    /// <exception cref="LossException">The gradient has no derivative itself.</exception>
    public static FactorAnalysis Of(Expression loss, FactorGradient gradient)
    {
        var curvature = loss.SelfAndDescendants().Any(e => Curvature.IsStopped(e, gradient.Factor)) ? Curvature.Unknown(gradient) : Curvature.Of(gradient);
        return new(curvature, curvature.IsQuadratic ? null : Obstructing(loss, gradient.Factor));
    }

    /// <summary>The innermost function of the factor, or, in a polynomial, the innermost part whose sum is not quadratic by itself.</summary>
    private static Expression Obstructing(Expression loss, Tensor factor) =>
        Functions(loss, factor).FirstOrDefault(f => !f.Operands.SelectMany(o => Functions(o, factor)).Any()) ?? OfHighDegree(loss, factor);

    private static IEnumerable<Expression> Functions(Expression part, Tensor factor) => part.SelfAndDescendants().Where(e =>
        Curvature.IsFunction(e) && e.DependsOnFactors() && e.Follows(factor));

    private static Expression OfHighDegree(Expression part, Tensor factor) =>
        part.Operands.FirstOrDefault(o => !IsQuadratic(o, factor)) is { } inner ? OfHighDegree(inner, factor) : part;

    private static bool IsQuadratic(Expression part, Tensor factor)
    {
        var sum = Build.Contract([part], part.Free);
        return ReverseMode.Gradient(sum, [factor]).All(g => Curvature.Of(g).IsQuadratic);
    }
}
