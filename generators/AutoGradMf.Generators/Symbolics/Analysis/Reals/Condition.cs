using AutoGradMf.Generators.Symbolics.Expressions;

namespace AutoGradMf.Generators.Symbolics.Analysis.Reals;

/// <summary>That a parameter is positive, for a bound to be one.</summary>
/// <param name="Parameter">The parameter.</param>
/// <param name="OrZero">Or zero.</param>
internal sealed record Condition(Expression Parameter, bool OrZero)
{
    /// <summary>A bound under conditions, and none, infinity, where they are not met.</summary>
    public static Expression Where(IEnumerable<Condition> conditions, Expression bound) =>
        conditions.GroupBy(c => c.Parameter).Aggregate(bound, (known, group) => Build.Apply(
            group.All(c => c.OrZero) ? ElementwiseFunction.IfLess : ElementwiseFunction.IfLessOrEqual,
            [group.Key, Build.Zero, Build.Number(double.PositiveInfinity), known]));
}
