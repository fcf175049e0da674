using AutoGradMf.Generators.Symbolics.Model;

namespace AutoGradMf.Generators.Symbolics.Expressions;

/// <summary>
/// A change of expressions from the leaves up. What occurs in several places is changed once, so that the result shares what the
/// expression shared.
/// </summary>
internal sealed class Rewriting
{
    private readonly Dictionary<Expression, Expression> _changed = new(SameExpression.Instance);
    private readonly Func<Expression, Expression> _change;
    private readonly Func<Expression, Expression> _apply;

    /// <param name="change">What becomes of a node whose operands have been changed.</param>
    public Rewriting(Func<Expression, Expression> change) => (_change, _apply) = (change, Apply);

    public Expression Apply(Expression expression)
    {
        if (!_changed.TryGetValue(expression, out var changed))
        {
            changed = _change(expression.WithOperands(_apply)).From(expression.Origin);
            changed = IsSame(changed, expression) ? expression : changed;

            // Many expressions are leaves, and few changes are of leaves.
            if (expression.Operands.Length > 0 || !ReferenceEquals(changed, expression))
            {
                _changed[expression] = changed;
            }
        }

        return changed;
    }

    /// <summary>Whether a product was made again of what it was made of: then nothing that it is in has to be made again.</summary>
    private static bool IsSame(Expression changed, Expression expression) =>
        changed is Product made && expression is Product product
        && made.Coefficient == product.Coefficient
        && AreSame(made.Operands, product.Operands)
        && made.Summed.SetEquals(product.Summed);

    private static bool AreSame(Expression[] one, Expression[] other)
    {
        var place = 0;
        while (place < one.Length && place < other.Length && ReferenceEquals(one[place], other[place]))
        {
            place++;
        }

        return place == one.Length && place == other.Length;
    }
}
