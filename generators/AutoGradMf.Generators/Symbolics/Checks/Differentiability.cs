using System.Globalization;
using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;

namespace AutoGradMf.Generators.Symbolics.Checks;

/// <summary>Finds the functions of factors that no rule gives the derivative of.</summary>
internal static class Differentiability
{
    public static IEnumerable<Problem> Problems(Expression expression) =>
        from apply in expression.SelfAndDescendants().OfType<Apply>()
        from p in Enumerable.Range(0, apply.Operands.Length)
        where apply.Function.HasPartial?.Invoke(p) == false && apply.Operands[p].DependsOnFactors()
        select Problem(apply, p);

    /// <summary>That a function has no derivative in argument number p.</summary>
    public static Problem Problem(Apply apply, int p) =>
        new(RuleNames.NotDifferentiable, apply.Origin, new([apply.Function.Name, (p + 1).ToString(CultureInfo.InvariantCulture)]));
}
