using AutoGradMf.Generators.Symbolics.Expressions;

namespace AutoGradMf.Generators.Symbolics.Analysis;

/// <summary>
/// Which factors a loss multiplies with each other: what only adds them sees each by itself, and nothing that it does not tell apart of the two has to be looked for.
/// Found for all pairs in one pass.
/// </summary>
internal sealed class MultipliedFactors
{
    private static readonly HashSet<string> None = [];

    private readonly Dictionary<Expression, HashSet<string>> _factors = new(SameExpression.Instance);
    private readonly HashSet<(string, string)> _pairs = [];

    private MultipliedFactors()
    {
    }

    /// <summary>Those of a loss.</summary>
    public static MultipliedFactors Of(Expression loss)
    {
        var multiplied = new MultipliedFactors();
        multiplied.Factors(loss);
        return multiplied;
    }

    /// <summary>Whether some product has one of the two in one operand and the other one in another.</summary>
    public bool Have(Tensor left, Tensor right) => _pairs.Contains((left.Name, right.Name)) || _pairs.Contains((right.Name, left.Name));

    /// <summary>The names of the factors in an expression, whose products are noted.</summary>
    private HashSet<string> Factors(Expression expression)
    {
        if (!expression.DependsOnFactors())
        {
            return None;
        }

        if (!_factors.TryGetValue(expression, out var factors))
        {
            _factors[expression] = factors = expression is Leaf leaf ? [leaf.Tensor.Name] : OfOperands(expression);
        }

        return factors;
    }

    private HashSet<string> OfOperands(Expression expression)
    {
        var before = None;
        foreach (var operand in expression.Operands)
        {
            var factors = Factors(operand);
            if (expression is Product)
            {
                Note(before, factors);
            }

            before = factors.IsSubsetOf(before) ? before : before.Count == 0 ? factors : [.. before, .. factors];
        }

        return before;
    }

    private void Note(HashSet<string> left, HashSet<string> right)
    {
        foreach (var one in left)
        {
            foreach (var other in right)
            {
                _pairs.Add((one, other));
            }
        }
    }
}
