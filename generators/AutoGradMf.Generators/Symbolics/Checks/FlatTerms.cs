using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;

namespace AutoGradMf.Generators.Symbolics.Checks;

/// <summary>
/// Finds the terms of a loss that change with factors and have no slope in any, wherever they are looked at: signs, and choices between numbers. Training
/// never sees them. Within a function or a product they are weights, or what the rest is measured from, and meant.
/// </summary>
internal sealed class FlatTerms
{
    private readonly Dictionary<Expression, bool> _slopes = new(SameExpression.Instance);

    /// <param name="model">The loss.</param>
    /// <param name="loss">What it is.</param>
    /// <param name="lost">The factors that the whole loss has no slope in, which is said of them.</param>
    public static IEnumerable<Problem> Problems(LossModel model, Expression loss, IReadOnlyList<string> lost)
    {
        var flat = new FlatTerms();
        return Terms(loss)
            .Where(term => term.DependsOnFactors() && !flat.HasSlope(term) && !Factors(term).Any(lost.Contains))
            .Select(term => new Problem(RuleNames.GradientIsZero, term.Origin, new([
                $"'{Text(model.Body!, term)}' changes with the factors in jumps or not at all", "write a term that changes smoothly with them, or give StopGradient what shall count as a constant"])));
    }

    /// <summary>What the loss adds up, each times numbers and data.</summary>
    private static IEnumerable<Expression> Terms(Expression expression) => expression switch
    {
        Addition sum => sum.Operands.SelectMany(Terms),
        Product product when product.Operands.Where(o => o.DependsOnFactors()).ToList() is [var only] && only is Addition or Product => Terms(only),
        _ => [expression],
    };

    private bool HasSlope(Expression expression)
    {
        if (!_slopes.TryGetValue(expression, out var has))
        {
            _slopes[expression] = has = expression.DependsOnFactors() && expression switch
            {
                Leaf => true,
                Apply apply => apply.Operands.Where((operand, p) => !apply.Function.IsFlatIn(p) && HasSlope(operand)).Any(),
                Extreme { Kind: ExtremeKind.ArgMax or ExtremeKind.ArgMin } => false,
                _ => expression.Operands.Any(HasSlope),
            };
        }

        return has;
    }

    private static IEnumerable<string> Factors(Expression term) =>
        term.SelfAndDescendants().OfType<Leaf>().Where(leaf => leaf.Tensor.Role == TensorRole.Factor).Select(leaf => leaf.Tensor.Name);

    private static string Text(LossNode body, Expression term) =>
        body.SelfAndDescendants().OfType<CallNode>().FirstOrDefault(call => call.Node == term.Origin && term.Origin != 0) is { } call ? LossText.Brief(call) : term.ToString();
}
