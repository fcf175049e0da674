using System.Collections.Immutable;

namespace AutoGradMf.Generators.Symbolics.Expressions;

/// <summary>Replaces free indices, or sub-expressions, and leaves the rest as it is.</summary>
internal static class Substitution
{
    /// <summary>The expression with other free indices. Summed indices give way where they would capture one.</summary>
    public static Expression Rename(this Expression expression, IReadOnlyDictionary<Index, Index> names)
    {
        if (!expression.Free.Any(i => names.ContainsKey(i)))
        {
            return expression;
        }

        switch (expression)
        {
            case Leaf leaf:
                var indices = leaf.Indices.Select(i => names.TryGetValue(i, out var to) ? to : i).ToList();
                return leaf.Tensor.IsIdentity && indices[0] == indices[1] ? Build.One : new Leaf(leaf.Tensor, indices);
            case Product product when product.Summed.Count > 0:
                var inner = names.Where(n => !product.Summed.Contains(n.Key)).ToDictionary(n => n.Key, n => n.Value);
                var captured = product.Summed.Where(s => inner.ContainsValue(s)).ToList();
                foreach (var index in captured)
                {
                    inner[index] = new Index(index.Dimension);
                }

                return Build.Contract(
                    product.Operands.Select(o => o.Rename(inner)),
                    product.Summed.Select(s => captured.Contains(s) ? inner[s] : s));
            case Extreme extreme:
                var over = new Index(extreme.Over.Dimension);
                return Build.Extreme(extreme.Kind, RenameInside(extreme.Body, names, (extreme.Over, over)), over);
            case Inverse inverse:
                var (row, column) = (new Index(inverse.BodyRow.Dimension), new Index(inverse.BodyColumn.Dimension));
                Index To(Index index) => names.TryGetValue(index, out var to) ? to : index;
                return new Inverse(
                    RenameInside(inverse.Body, names, (inverse.BodyRow, row), (inverse.BodyColumn, column)), row, column, To(inverse.Row), To(inverse.Column));
            default:
                return expression.WithOperands(o => o.Rename(names));
        }
    }

    /// <summary>Renames below a node that binds indices, which get fresh names.</summary>
    private static Expression RenameInside(Expression body, IReadOnlyDictionary<Index, Index> names, params (Index From, Index To)[] bound)
    {
        var inner = names.ToDictionary(n => n.Key, n => n.Value);
        foreach (var (from, to) in bound)
        {
            inner[from] = to;
        }

        return body.Rename(inner);
    }

    /// <summary>The expression with one index in place of another.</summary>
    public static Expression Rename(this Expression expression, Index from, Index to) =>
        from == to ? expression : expression.Rename(new Dictionary<Index, Index> { [from] = to });

    /// <summary>The same product with summed indices of its own, so that it can be merged into another one.</summary>
    public static Product WithFreshSummed(this Product product)
    {
        var names = product.Summed.ToDictionary(s => s, s => new Index(s.Dimension));
        return new Product(product.Coefficient, [.. product.Operands.Select(o => o.Rename(names))], [.. names.Values]);
    }

    /// <summary>The expression with each outermost sub-expression replaced for which <paramref name="replace"/> gives another.</summary>
    public static Expression Replace(this Expression expression, Func<Expression, Expression?> replace) =>
        replace(expression) ?? expression.WithOperands(o => o.Replace(replace));

    /// <summary>The same operation on other operands.</summary>
    public static Expression WithOperands(this Expression expression, Func<Expression, Expression> change)
    {
        if (expression.Operands.Count == 0)
        {
            return expression;
        }

        var operands = expression.Operands.Select(change).ToList();
        if (operands.Zip(expression.Operands, ReferenceEquals).All(same => same))
        {
            return expression;
        }

        return expression switch
        {
            Addition => Build.Add(operands),
            Product p => Build.Multiply(Build.Number(p.Coefficient), Build.Contract(operands, p.Summed)),
            Power p => Build.Power(operands[0], p.Exponent),
            Apply a => Build.Apply(a.Function, operands),
            Extreme e => Build.Extreme(e.Kind, operands[0], e.Over),
            Inverse i => new Inverse(operands[0], i.BodyRow, i.BodyColumn, i.Row, i.Column),
            LogDeterminant d => new LogDeterminant(operands[0], d.BodyRow, d.BodyColumn),
            _ => throw new InvalidOperationException($"{expression.GetType().Name} has no operands."),
        };
    }

    /// <summary>The expression and everything in it.</summary>
    public static IEnumerable<Expression> SelfAndDescendants(this Expression expression) =>
        new[] { expression }.Concat(expression.Operands.SelectMany(SelfAndDescendants));

    /// <summary>The same value, differentiated as a constant.</summary>
    public static Expression Freeze(this Expression expression) => expression.Replace(e =>
        e is Leaf { Tensor.Role: TensorRole.Factor } leaf ? new Leaf(leaf.Tensor with { Role = TensorRole.Frozen }, leaf.Indices) : null);

    /// <summary>Whether the value changes when factors do.</summary>
    public static bool DependsOnFactors(this Expression expression) => expression.Any(t => t.Role == TensorRole.Factor);

    /// <summary>Whether some leaf is of a tensor that satisfies the predicate.</summary>
    public static bool Any(this Expression expression, Func<Tensor, bool> predicate) =>
        expression is Leaf leaf ? predicate(leaf.Tensor) : expression.Operands.Any(o => o.Any(predicate));
}
