using AutoGradMf.Generators.Symbolics.Model;

namespace AutoGradMf.Generators.Symbolics.Expressions;

/// <summary>
/// A change of expressions from the leaves up. What occurs in several places is changed once, so that the result shares what the
/// expression shared.
/// </summary>
/// <param name="change">What becomes of a node whose operands have been changed.</param>
internal sealed class Rewriting(Func<Expression, Expression> change)
{
    private readonly Dictionary<Expression, Expression> _changed = new(SameObject<Expression>.Instance);

    public Expression Apply(Expression expression)
    {
        if (!_changed.TryGetValue(expression, out var changed))
        {
            changed = change(expression.WithOperands(Apply)).From(expression.Origin);
            _changed[expression] = changed = IsSame(changed, expression) ? expression : changed;
        }

        return changed;
    }

    /// <summary>Whether a product was made again of what it was made of: then nothing that it is in has to be made again.</summary>
    private static bool IsSame(Expression changed, Expression expression) =>
        changed is Product made && expression is Product product
        && made.Coefficient == product.Coefficient
        && made.Operands.SequenceEqual(product.Operands, SameObject<Expression>.Instance)
        && made.Summed.SetEquals(product.Summed);
}
