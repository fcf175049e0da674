using System.Collections.Immutable;
using System.Globalization;

namespace AutoGradMf.Generators.Symbolics.Expressions;

/// <summary>
/// Writes expressions so that equal ones are written alike: operands sorted, summed indices named by their place. Of the possible
/// names of several summed indices over one dimension the smallest writing is taken (there are at most a few).
/// </summary>
internal static class CanonicalKey
{
    /// <summary>Equal for expressions that are equal with the free indices they have.</summary>
    public static string Of(Expression expression) =>
        Write(expression, expression.Free.ToImmutableDictionary(i => i, i => $"#{i.Number}"), 0);

    /// <summary>Equal for expressions that are equal up to the names of their free indices, with those indices in the key's order.</summary>
    public static (string Key, IReadOnlyList<Index> Order) UpToRenaming(Expression expression)
    {
        var candidates =
            from order in Orders(expression.Free)
            let names = order.Select((index, place) => (index, place)).ToImmutableDictionary(p => p.index, p => $"{p.index.Dimension}'{p.place}")
            select (Key: Write(expression, names, 0), Order: order);
        return candidates.OrderBy(c => c.Key, StringComparer.Ordinal).First();
    }

    private static string Write(Expression expression, ImmutableDictionary<Index, string> names, int depth) => expression switch
    {
        Constant c => c.Value.ToString("R", CultureInfo.InvariantCulture),
        Leaf l => (l.Tensor.Role switch { TensorRole.Frozen => "stop ", TensorRole.Direction => "direction ", _ => "" })
            + (l.Indices.Count == 0 ? l.Tensor.Name : $"{l.Tensor.Name}[{string.Join(",", l.Indices.Select(i => names[i]))}]"),
        Addition a => $"({Sorted(a.Operands, "+", names, depth)})",
        Power p => $"{Write(p.Base, names, depth)}^{p.Exponent}",
        Apply a => $"{a.Function.DeclaringType}.{a.Function.Name}({string.Join(",", a.Operands.Select(o => Write(o, names, depth)))})",
        Product p => WriteProduct(p, names, depth),
        Extreme e => $"{e.Kind}_{e.Over.Dimension}{depth}({Write(e.Body, names.SetItem(e.Over, $"{e.Over.Dimension}{depth}.0"), depth + 1)})",
        Inverse i => $"inv{WriteSquare(i.Body, i.BodyRow, i.BodyColumn, names, depth)}[{names[i.Row]},{names[i.Column]}]",
        LogDeterminant d => $"logdet{WriteSquare(d.Body, d.BodyRow, d.BodyColumn, names, depth)}",
        _ => throw new InvalidOperationException($"No key for {expression.GetType().Name}."),
    };

    private static string WriteSquare(Expression body, Index row, Index column, ImmutableDictionary<Index, string> names, int depth) =>
        $"({Write(body, names.SetItem(row, $"r{depth}").SetItem(column, $"c{depth}"), depth + 1)})";

    private static string WriteProduct(Product product, ImmutableDictionary<Index, string> names, int depth)
    {
        var coefficient = product.Coefficient.ToString("R", CultureInfo.InvariantCulture);
        return Orders(product.Summed)
            .Select(order => names.SetItems(order.Select((index, place) =>
                new KeyValuePair<Index, string>(index, $"{index.Dimension}{depth}.{place}"))))
            .Select(inner => $"{coefficient}<{product.Summed.Count}>({Sorted(product.Operands, "*", inner, depth + 1)})")
            .OrderBy(key => key, StringComparer.Ordinal)
            .First();
    }

    private static string Sorted(IEnumerable<Expression> operands, string separator, ImmutableDictionary<Index, string> names, int depth) =>
        string.Join(separator, operands.Select(o => Write(o, names, depth)).OrderBy(key => key, StringComparer.Ordinal));

    /// <summary>The indices by dimension, in every order within a dimension.</summary>
    private static IEnumerable<IReadOnlyList<Index>> Orders(IReadOnlyCollection<Index> indices) =>
        indices.GroupBy(i => i.Dimension.Name)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Aggregate(
                (IEnumerable<IReadOnlyList<Index>>)[[]],
                (orders, group) => orders.SelectMany(order => Permutations([.. group]).Select(more => (IReadOnlyList<Index>)[.. order, .. more])));

    private static IEnumerable<ImmutableList<Index>> Permutations(ImmutableList<Index> items) =>
        items.Count <= 1
            ? [items]
            : items.SelectMany(first => Permutations(items.Remove(first)).Select(rest => rest.Insert(0, first)));
}
