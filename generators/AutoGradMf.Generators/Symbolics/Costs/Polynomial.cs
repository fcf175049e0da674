using System.Collections.Immutable;
using System.Globalization;

namespace AutoGradMf.Generators.Symbolics.Costs;

/// <summary>A polynomial in symbolic sizes, as costs are: 2 |R| k + 4 m k².</summary>
internal sealed class Polynomial
{
    private readonly ImmutableSortedDictionary<string, double> _terms;

    private Polynomial(ImmutableSortedDictionary<string, double> terms) => _terms = terms;

    public static Polynomial Zero { get; } = new(ImmutableSortedDictionary.Create<string, double>(StringComparer.Ordinal));

    /// <summary>A coefficient times sizes.</summary>
    public static Polynomial Monomial(double coefficient, IEnumerable<string> sizes) => coefficient == 0 ? Zero : new(
        Zero._terms.Add(string.Join(" ", sizes.OrderBy(s => s[0] is 'k' or 'l' or 'r').ThenBy(s => s, StringComparer.Ordinal)), coefficient));

    public static Polynomial operator +(Polynomial left, Polynomial right) => new(right._terms.Aggregate(
        left._terms, (terms, t) => terms.SetItem(t.Key, t.Value + (terms.TryGetValue(t.Key, out var c) ? c : 0))));

    /// <summary>The terms that no other term outgrows.</summary>
    public Polynomial Leading() => new(_terms
        .Where(t => !_terms.Any(o => o.Key != t.Key && Divides(t.Key, o.Key)))
        .ToImmutableSortedDictionary(t => t.Key, t => t.Value, StringComparer.Ordinal));

    /// <summary>
    /// How many times another polynomial it is: a number, if it is the same for each term; its bounds, if both have the same terms; else
    /// the quotient. Null if the other is zero.
    /// </summary>
    public string? RatioTo(Polynomial other)
    {
        if (other._terms.Count == 0)
        {
            return null;
        }

        if (!_terms.Keys.SequenceEqual(other._terms.Keys, StringComparer.Ordinal))
        {
            var (common, number) = (Common(_terms.Keys.Concat(other._terms.Keys)), CommonNumber(_terms.Values.Concat(other._terms.Values)));
            var (dividend, divisor) = (Without(common, number), other.Without(common, number));
            return divisor.ToString() == "1" ? dividend.ToString() : $"{dividend.Divided()} / {divisor.Divided()}";
        }

        static string Text(double ratio) => ratio.ToString("0.#", CultureInfo.InvariantCulture);
        var ratios = _terms.Select(t => t.Value / other._terms[t.Key]).ToList();
        var (least, most) = (Text(ratios.Min()), Text(ratios.Max()));
        return least == most ? least : $"{least} to {most}";
    }

    /// <summary>The sizes that all terms have, as often as each has them.</summary>
    private static string[] Common(IEnumerable<string> terms) => terms.Select(t => t.Split(' ')).Aggregate((common, term) =>
    {
        var rest = term.ToList();
        return [.. common.Where(rest.Remove)];
    });

    /// <summary>The largest whole number that all are multiples of; 1 if some is not whole.</summary>
    private static double CommonNumber(IEnumerable<double> numbers)
    {
        static double Divisor(double a, double b) => b == 0 ? a : Divisor(b, a % b);
        return numbers.All(n => n == Math.Floor(n)) ? numbers.Aggregate(Divisor) : 1;
    }

    /// <summary>The quotient by sizes that all terms have and a number.</summary>
    private Polynomial Without(string[] sizes, double number) => _terms.Aggregate(Zero, (quotient, term) =>
    {
        var rest = term.Key.Split(' ').ToList();
        Array.ForEach(sizes, size => rest.Remove(size));
        return quotient + Monomial(term.Value / number, rest.Where(size => size.Length > 0));
    });

    private string Divided() => _terms.Count == 1 && !ToString().Contains(' ') ? ToString() : $"({this})";

    public override string ToString() => _terms.Count == 0
        ? "0"
        : string.Join(" + ", _terms.OrderByDescending(t => t.Key.Length).ThenBy(t => t.Key, StringComparer.Ordinal).Select(t =>
            string.Join(" ", new[] { t.Value == 1 && t.Key.Length > 0 ? "" : t.Value.ToString("0.##", CultureInfo.InvariantCulture), Powers(t.Key) }
                .Where(p => p.Length > 0))));

    private static bool Divides(string part, string whole)
    {
        var rest = whole.Split(' ').ToList();
        return part.Length == 0 || part.Split(' ').All(rest.Remove);
    }

    private static string Powers(string key) => string.Join(" ", key.Split(' ')
        .GroupBy(s => s, StringComparer.Ordinal)
        .Select(g => g.Count() switch { 1 => g.Key, 2 => g.Key + "²", 3 => g.Key + "³", var n => $"{g.Key}^{n}" }));
}
