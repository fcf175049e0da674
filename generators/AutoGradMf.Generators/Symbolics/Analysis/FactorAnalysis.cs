using AutoGradMf.Generators.Symbolics.Differentiation;
using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;

namespace AutoGradMf.Generators.Symbolics.Analysis;

/// <summary>What a loss is as a function of one factor alone, and what stands in the way of more.</summary>
/// <param name="Curvature">Its second derivative.</param>
/// <param name="Obstacle">The smallest part of the loss that is not quadratic in the factor; null if the loss is.</param>
/// <param name="Mixing">The smallest part of a loss that is not quadratic in which rows of the factor mix; null if they do not, or it is not known.</param>
internal sealed record FactorAnalysis(Curvature Curvature, Expression? Obstacle, Expression? Mixing)
{
    /// <exception cref="LossException">The gradient has no derivative itself.</exception>
    public static FactorAnalysis Of(Expression loss, FactorGradient gradient)
    {
        var curvature = loss.SelfAndDescendants().Any(e => Curvature.IsStopped(e, gradient.Factor)) ? Curvature.Unknown(gradient, CurvatureGap.HeldConstant) : Curvature.Of(gradient);
        return curvature.IsQuadratic
            ? new(curvature, null, null)
            : new(curvature, Obstructing(loss, gradient.Factor), curvature.IsMixing ? new MixingPart(gradient.Factor).In(loss) : null);
    }

    /// <summary>The innermost function of the factor, or, in a polynomial, the innermost part whose sum is not quadratic by itself.</summary>
    private static Expression Obstructing(Expression loss, Tensor factor)
    {
        var degree = new Degree(factor, isStoppedToo: false);
        return loss.SelfAndDescendants().FirstOrDefault(e => double.IsInfinity(degree.Of(e)) && !e.Operands.Any(o => double.IsInfinity(degree.Of(o))))
            ?? OfHighDegree(loss, new Degree(factor, isStoppedToo: true));
    }

    private static Expression OfHighDegree(Expression part, Degree degree) =>
        part.Operands.FirstOrDefault(o => o.DependsOnFactors() && degree.Of(o) > 2) is { } inner ? OfHighDegree(inner, degree) : part;
}
