using AutoGradMf.Generators.Symbolics.Model;

namespace AutoGradMf.Generators.Symbolics.Expressions;

/// <summary>Other names for free indices. What occurs in several places is renamed once.</summary>
/// <param name="names">The new names.</param>
/// <param name="distinct">Whether indices that differ still do: then nothing can be simplified.</param>
internal sealed class Renaming(IReadOnlyDictionary<Index, Index> names, bool distinct)
{
    private readonly Dictionary<Expression, Expression> _renamed = new(SameExpression.Instance);

    public static Expression Rename(Expression expression, IReadOnlyDictionary<Index, Index> names) =>
        new Renaming(names, AreDistinct(expression.Free, names)).Apply(expression);

    private static bool AreDistinct(IndexSet free, IReadOnlyDictionary<Index, Index> names)
    {
        var targets = IndexSet.Empty;
        foreach (var index in free.Indices)
        {
            targets = targets.Add(names.TryGetValue(index, out var to) ? to : index);
        }

        return targets.Count == free.Count;
    }

    private Expression Apply(Expression expression)
    {
        if (!IsRenamed(expression.Free))
        {
            return expression;
        }

        if (!_renamed.TryGetValue(expression, out var renamed))
        {
            _renamed[expression] = renamed = Rename(expression).From(expression.Origin);
        }

        return renamed;
    }

    private bool IsRenamed(IndexSet indices)
    {
        foreach (var index in indices.Indices)
        {
            if (names.ContainsKey(index))
            {
                return true;
            }
        }

        return false;
    }

    private Expression Rename(Expression expression) => expression switch
    {
        Leaf leaf => OfLeaf(leaf),
        Product { Summed.Count: > 0 } product => OfSum(product),
        Extreme extreme => OfExtreme(extreme),
        Inverse inverse => OfInverse(inverse),
        LogDeterminant determinant => OfLogDeterminant(determinant),
        _ when distinct => SameNodeOf(expression, expression.MapOperands(Apply), IndexSet.Empty),
        _ => expression.WithOperands(Apply),
    };

    private Index To(Index index) => names.TryGetValue(index, out var to) ? to : index;

    private Expression OfLeaf(Leaf leaf)
    {
        var indices = leaf.Indices.Select(To).ToArray();
        return leaf.Tensor.IsIdentity && indices[0] == indices[1] ? Build.One : new Leaf(leaf.Tensor, indices);
    }

    /// <summary>Summed indices keep their names unless one of them would capture a new name.</summary>
    private Expression OfSum(Product product)
    {
        var captured = product.Summed.Where(s => names.Values.Contains(s)).ToList();
        if (captured.Count == 0 && !IsRenamed(product.Summed))
        {
            return distinct
                ? SameNodeOf(product, product.MapOperands(Apply), product.Summed)
                : Build.Contract(product.MapOperands(Apply), product.Summed);
        }

        var fresh = captured.ToDictionary(s => s, s => new Index(s.Dimension));
        var inner = Inside([.. product.Summed.Select(s => (s, fresh.TryGetValue(s, out var to) ? to : s))]);
        return Build.Contract(product.Operands.Select(inner.Apply), product.Summed.Select(s => fresh.TryGetValue(s, out var to) ? to : s));
    }

    /// <summary>The node on renamed operands, known to be in canonical form as it was.</summary>
    private Expression SameNodeOf(Expression expression, Expression[] operands, IndexSet summed)
    {
        var renamed = expression.On(operands, summed);
        renamed.Form = expression.Form.Under(To);
        return renamed;
    }

    private Expression OfExtreme(Extreme extreme)
    {
        var over = new Index(extreme.Over.Dimension);
        return Build.Extreme(extreme.Kind, Inside((extreme.Over, over)).Apply(extreme.Body), over);
    }

    private Inverse OfInverse(Inverse inverse)
    {
        var (row, column) = (new Index(inverse.BodyRow.Dimension), new Index(inverse.BodyColumn.Dimension));
        return new(Inside((inverse.BodyRow, row), (inverse.BodyColumn, column)).Apply(inverse.Body), row, column, To(inverse.Row), To(inverse.Column));
    }

    private LogDeterminant OfLogDeterminant(LogDeterminant determinant)
    {
        var (row, column) = (new Index(determinant.BodyRow.Dimension), new Index(determinant.BodyColumn.Dimension));
        return new(Inside((determinant.BodyRow, row), (determinant.BodyColumn, column)).Apply(determinant.Body), row, column);
    }

    /// <summary>The renaming below a node that binds indices, under the names that those get.</summary>
    private Renaming Inside(params (Index From, Index To)[] bound)
    {
        var inner = names.ToDictionary(n => n.Key, n => n.Value);
        foreach (var (from, to) in bound)
        {
            inner[from] = to;
        }

        return new(inner, distinct);
    }
}
