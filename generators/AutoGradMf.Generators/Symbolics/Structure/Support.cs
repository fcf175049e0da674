using System.Collections.Immutable;
using AutoGradMf.Generators.Symbolics.Expressions;
using Index = AutoGradMf.Generators.Symbolics.Expressions.Index;

namespace AutoGradMf.Generators.Symbolics.Structure;

/// <summary>
/// The observed pattern outside of which an expression is zero: an intersection of the patterns of sparse matrices, over a pair
/// (row, column) of entity indices.
/// </summary>
internal sealed record Support(ImmutableSortedSet<string> Patterns, Index Row, Index Column)
{
    /// <summary>The name of the pattern.</summary>
    public string Name => string.Join("∩", Patterns);

    public bool Equals(Support? other) =>
        other is not null && Row == other.Row && Column == other.Column && Patterns.SetEquals(other.Patterns);

    public override int GetHashCode() => Name.GetHashCode();

    /// <summary>The support of an expression; null if it is dense. Structural zeros annihilate. Of the supports of the operands alone, which know theirs.</summary>
    public static Support? Of(Expression expression) => expression switch
    {
        Leaf { Tensor.Pattern: { } pattern } leaf => new(ImmutableSortedSet.Create(StringComparer.Ordinal, pattern), leaf.Indices[0], leaf.Indices[1]),
        Power { Exponent: > 0 } power => power.Base.Support,
        Product { Summed.Count: 0 } product => OfProduct(product.Operands),
        Addition addition => addition.Operands.Select(o => o.Support).Aggregate((a, b) => a is not null && a.Equals(b) ? a : null),
        _ => null,
    };

    /// <summary>The support of a product of operands.</summary>
    public static Support? OfProduct(IEnumerable<Expression> operands) => operands.Select(o => o.Support).Aggregate((Support?)null, Intersect);

    /// <summary>Whether it is zero outside of the other one, too.</summary>
    public bool Contains(Support other) => Row == other.Row && Column == other.Column && Patterns.IsSupersetOf(other.Patterns);

    /// <summary>Whether an operand of a product is evaluated at each entry, and has no other index.</summary>
    public bool IsPointwise(Expression operand) => operand.Free.IsSubsetOf(IndexSet.Of([Row, Column]));

    /// <summary>For each of its patterns, one where that has an entry; <paramref name="of"/> is an expression that it is the support of.</summary>
    public IEnumerable<Leaf> Indicators(Expression of) => of.SelfAndDescendants()
        .OfType<Leaf>()
        .Where(l => l.Tensor.Pattern is { } pattern && Patterns.Contains(pattern) && l.Indices[0] == Row && l.Indices[1] == Column)
        .GroupBy(l => l.Tensor.Pattern, StringComparer.Ordinal)
        .Select(g => Translation.Language.Observed.Indicator(g.First()));

    /// <summary>How many entries it has in a row or a column; <paramref name="of"/> is an expression that it is the support of.</summary>
    public Expression Count(Index line, Expression of)
    {
        var across = line == Row ? Column : Row;
        var summed = new Index(across.Dimension);
        return Build.Contract(Indicators(of).Select(i => i.Rename(across, summed)), [summed]);
    }

    private static Support? Intersect(Support? a, Support? b) =>
        a is null ? b : b is null || b.Row != a.Row || b.Column != a.Column ? a : a with { Patterns = a.Patterns.Union(b.Patterns) };
}
