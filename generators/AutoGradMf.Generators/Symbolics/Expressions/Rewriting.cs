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
            _changed[expression] = changed = change(expression.WithOperands(Apply)).From(expression.Origin);
        }

        return changed;
    }
}
