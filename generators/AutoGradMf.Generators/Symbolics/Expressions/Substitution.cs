using AutoGradMf.Generators.Symbolics.Model;
using System.Collections.Immutable;

namespace AutoGradMf.Generators.Symbolics.Expressions;

/// <summary>Replaces free indices, or sub-expressions, and leaves the rest as it is.</summary>
internal static class Substitution
{
    /// <summary>The expression with other free indices. Summed indices give way where they would capture one.</summary>
    public static Expression Rename(this Expression expression, IReadOnlyDictionary<Index, Index> names) => Renaming.Rename(expression, names);

    /// <summary>The expression with one index in place of another.</summary>
    public static Expression Rename(this Expression expression, Index from, Index to) =>
        from == to ? expression : expression.Rename(new Dictionary<Index, Index> { [from] = to });

    /// <summary>The same product with summed indices of its own, so that it can be merged into another one.</summary>
    public static Product WithFreshSummed(this Product product)
    {
        var names = product.Summed.ToDictionary(s => s, s => new Index(s.Dimension));
        return (Product)new Product(product.Coefficient, [.. product.Operands.Select(o => o.Rename(names))], [.. names.Values]).From(product.Origin);
    }

    /// <summary>The expression with each outermost sub-expression replaced for which <paramref name="replace"/> gives another.</summary>
    public static Expression Replace(this Expression expression, Func<Expression, Expression?> replace) =>
        new Replacement(replace).Apply(expression);

    /// <summary>The same operation on other operands.</summary>
    public static Expression WithOperands(this Expression expression, Func<Expression, Expression> change)
    {
        if (expression.Operands.Length == 0)
        {
            return expression;
        }

        var old = expression.Operands;
        var operands = default(Expression[]);
        for (var p = 0; p < old.Length; p++)
        {
            var changed = change(old[p]);
            if (operands is null && !ReferenceEquals(changed, old[p]))
            {
                operands = new Expression[old.Length];
                for (var before = 0; before < p; before++)
                {
                    operands[before] = old[before];
                }
            }

            if (operands is not null)
            {
                operands[p] = changed;
            }
        }

        if (operands is null)
        {
            return expression;
        }

        Expression remade = expression switch
        {
            Addition => Build.Add(operands),
            Product p => Build.Scaled(p.Coefficient, Build.Contract(operands, p.Summed)),
            Power p => Build.Power(operands[0], p.Exponent),
            Apply a => Build.Apply(a.Function, operands),
            Extreme e => Build.Extreme(e.Kind, operands[0], e.Over),
            Inverse i => new Inverse(operands[0], i.BodyRow, i.BodyColumn, i.Row, i.Column),
            LogDeterminant d => new LogDeterminant(operands[0], d.BodyRow, d.BodyColumn),
            _ => throw new InvalidOperationException($"{expression.GetType().Name} has no operands."),
        };
        return remade.From(expression.Origin);
    }

    /// <summary>The direct sub-expressions, each replaced.</summary>
    public static Expression[] MapOperands(this Expression expression, Func<Expression, Expression> change)
    {
        var operands = new Expression[expression.Operands.Length];
        for (var p = 0; p < operands.Length; p++)
        {
            operands[p] = change(expression.Operands[p]);
        }

        return operands;
    }

    /// <summary>The same operation on other operands, which are known to leave it in canonical form.</summary>
    public static Expression On(this Expression expression, Expression[] operands, IndexSet summed) => expression switch
    {
        Addition => new Addition(operands),
        Product p => new Product(p.Coefficient, operands, summed),
        Power p => new Power(operands[0], p.Exponent),
        Apply a => new Apply(a.Function, operands),
        _ => throw new InvalidOperationException($"{expression.GetType().Name} is more than an operation on its operands."),
    };

    /// <summary>The expression of numbers with other numbers for its leaves. No two become one, so that nothing can be simplified.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="relabel">The number in place of another.</param>
    /// <param name="relabelled">What expressions have become, where several have parts in common.</param>
    public static Expression Relabel(this Expression expression, Func<Leaf, Leaf> relabel, Dictionary<Expression, Expression> relabelled)
    {
        return Apply(expression);

        Expression Apply(Expression e)
        {
            if (!relabelled.TryGetValue(e, out var other))
            {
                relabelled[e] = other = e is Leaf leaf ? relabel(leaf)
                    : e.Operands.Length == 0 ? e
                    : e.On(e.MapOperands(Apply), IndexSet.Empty).From(e.Origin);
            }

            return other;
        }
    }

    /// <summary>The expression and everything in it, each object once.</summary>
    public static IEnumerable<Expression> SelfAndDescendants(this Expression expression)
    {
        var seen = new HashSet<Expression>(SameExpression.Instance);
        var left = new Stack<Expression>([expression]);
        while (left.Count > 0)
        {
            var next = left.Pop();
            if (seen.Add(next))
            {
                yield return next;
                for (var p = next.Operands.Length - 1; p >= 0; p--)
                {
                    left.Push(next.Operands[p]);
                }
            }
        }
    }

    /// <summary>The same value, differentiated as a constant.</summary>
    public static Expression Freeze(this Expression expression) => expression.Replace(e =>
        e is Leaf { Tensor.Role: TensorRole.Factor } leaf ? new Leaf(leaf.Tensor with { Role = TensorRole.Frozen }, leaf.Indices) : null);

    /// <summary>The same value as a shift, which what it stands in does not change with: differentiated as the constant that it is to that.</summary>
    public static Expression AsShift(this Expression expression) => expression.Freeze().Replace(e =>
        e is Leaf { Tensor.Role: TensorRole.Frozen } leaf ? new Leaf(leaf.Tensor with { IsShift = true }, leaf.Indices) : null);

    /// <summary>Whether the value changes with factors, and is differentiated in none of them because the loss says so.</summary>
    public static bool IsStopped(this Expression expression) =>
        expression.Has(TensorRole.Frozen) && !expression.Has(TensorRole.Factor) && expression.SelfAndDescendants().Any(e => e is Leaf { Tensor: { Role: TensorRole.Frozen, IsShift: false } });

    /// <summary>Whether the value changes when factors do.</summary>
    public static bool DependsOnFactors(this Expression expression) => expression.Has(TensorRole.Factor);

    /// <summary>Whether the value changes when one factor does, also where its gradient is stopped.</summary>
    public static bool Follows(this Expression expression, Tensor factor) =>
        (expression.Has(TensorRole.Factor) || expression.Has(TensorRole.Frozen)) && expression.SelfAndDescendants().Any(e =>
            e is Leaf { Tensor: { Role: TensorRole.Factor or TensorRole.Frozen } tensor } && tensor.Name == factor.Name);

    private sealed class Replacement
    {
        private readonly Dictionary<Expression, Expression> _replaced = new(SameExpression.Instance);
        private readonly Func<Expression, Expression?> _replace;
        private readonly Func<Expression, Expression> _apply;

        public Replacement(Func<Expression, Expression?> replace) => (_replace, _apply) = (replace, Apply);

        public Expression Apply(Expression expression)
        {
            if (!_replaced.TryGetValue(expression, out var replaced))
            {
                replaced = _replace(expression) ?? expression.WithOperands(_apply);

                // Many expressions are leaves, and few of them are replaced.
                if (expression.Operands.Length > 0 || !ReferenceEquals(replaced, expression))
                {
                    _replaced[expression] = replaced;
                }
            }

            return replaced;
        }
    }
}
