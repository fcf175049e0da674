using System.Collections.Immutable;
using System.Globalization;

namespace AutoGradMf.Generators.Symbolics.Costs;

/// <summary>A polynomial in symbolic sizes, as costs are: 2 |R| k + 4 m k².</summary>
internal sealed class Polynomial
{
    /// <summary>Between the sizes of a term: entries of data that is computed, |R - W|, have spaces in their names.</summary>
    private const char Between = '\u001F';

    private readonly ImmutableSortedDictionary<string, double> _terms;

    private Polynomial(ImmutableSortedDictionary<string, double> terms) => _terms = terms;

    public static Polynomial Zero { get; } = new(ImmutableSortedDictionary.Create<string, double>(StringComparer.Ordinal));

    /// <summary>A coefficient times sizes.</summary>
    public static Polynomial Monomial(double coefficient, IEnumerable<string> sizes) => coefficient == 0 ? Zero : new(
        Zero._terms.Add(string.Join(Between.ToString(), sizes.OrderBy(s => s[0] is 'k' or 'l' or 'r').ThenBy(s => s, StringComparer.Ordinal)), coefficient));

    public static Polynomial operator +(Polynomial left, Polynomial right) => new(right._terms.Aggregate(
        left._terms, (terms, t) => terms.SetItem(t.Key, t.Value + (terms.TryGetValue(t.Key, out var c) ? c : 0))));

    /// <summary>The terms that no other term outgrows.</summary>
    public Polynomial Leading() => new(_terms
        .Where(t => !_terms.Any(o => o.Key != t.Key && Divides(t.Key, o.Key)))
        .ToImmutableSortedDictionary(t => t.Key, t => t.Value, StringComparer.Ordinal));

    /// <summary>
    /// How many times another polynomial it is: a number, if it is the same for each term that both have, or its bounds; and which terms it
    /// has beside those. Null if they have none in common.
    /// </summary>
    public string? RatioTo(Polynomial other, string name)
    {
        static string Text(double ratio) => ratio.ToString("0.#", CultureInfo.InvariantCulture);
        var ratios = other._terms.Where(t => _terms.ContainsKey(t.Key)).Select(t => _terms[t.Key] / t.Value).ToList();
        if (ratios.Count == 0)
        {
            return null;
        }

        var (least, most) = (Text(ratios.Min()), Text(ratios.Max()));
        var times = $"{(least == most ? least : $"{least} to {most}")} times {name}";
        var more = new Polynomial(_terms.RemoveRange(other._terms.Keys));
        return more._terms.Count == 0 ? times : $"{times}, and {more} more";
    }

    public override string ToString() => _terms.Count == 0
        ? "0"
        : string.Join(" + ", _terms.OrderByDescending(t => t.Key.Length).ThenBy(t => t.Key, StringComparer.Ordinal).Select(t =>
            string.Join(" ", new[] { t.Value == 1 && t.Key.Length > 0 ? "" : t.Value.ToString("0.##", CultureInfo.InvariantCulture), Powers(t.Key) }
                .Where(p => p.Length > 0))));

    private static bool Divides(string part, string whole)
    {
        var rest = whole.Split(Between).ToList();
        return part.Length == 0 || part.Split(Between).All(rest.Remove);
    }

    private static string Powers(string key) => string.Join(" ", key.Split(Between)
        .GroupBy(s => s, StringComparer.Ordinal)
        .Select(g => g.Count() switch { 1 => g.Key, 2 => g.Key + "²", 3 => g.Key + "³", 4 => g.Key + "⁴", var n => $"{g.Key}^{n}" }));
}
