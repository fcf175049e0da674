using System.Collections.Immutable;
using AutoGradMf.Generators.Symbolics.Expressions;
using Index = AutoGradMf.Generators.Symbolics.Expressions.Index;

namespace AutoGradMf.Generators.Symbolics.Structure;

/// <summary>
/// Gives all sums over one pattern the same indices, and sums over other points other ones. What two sums over one pattern have in
/// common is then one expression with one adjoint, and adjoints of observed entries and of all pairs do not mix.
/// </summary>
internal sealed class SharedIndices
{
    private readonly Dictionary<(string Points, int Place), Index> _indices = [];

    /// <summary>The same value, its summed pairs renamed.</summary>
    public Expression Rename(Expression expression) =>
        new Rewriting(e => e is Product { Summed.Count: > 0 } product && product.Operands.Any(Expansion.IsWide) ? Renamed(product) : e).Apply(expression);

    private Expression Renamed(Product product)
    {
        var support = Support.OfProduct(product.Operands);
        var pair = support is not null
            ? [support.Row, support.Column]
            : product.Operands.First(Expansion.IsWide).Free.Where(i => !i.Dimension.IsLatent).OrderBy(i => i.Dimension.Name, StringComparer.Ordinal).ToArray();
        var names = new Dictionary<Index, Index>();
        for (var place = 0; place < pair.Length; place++)
        {
            if (product.Summed.Contains(pair[place]))
            {
                names[pair[place]] = Shared(support?.Name ?? "all pairs", place, pair[place].Dimension);
            }
        }

        return names.Values.Any(to => product.Free.Contains(to))
            ? product
            : Build.Contract(product.Operands.Select(o => o.Rename(names)), product.Summed.Select(s => names.TryGetValue(s, out var to) ? to : s));
    }

    private Index Shared(string points, int place, Dimension dimension)
    {
        var key = ($"{points} {dimension}", place);
        if (!_indices.TryGetValue(key, out var index))
        {
            _indices[key] = index = new Index(dimension);
        }

        return index;
    }
}
