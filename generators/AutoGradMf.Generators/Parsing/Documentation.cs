using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;

namespace AutoGradMf.Generators.Parsing;

/// <summary>
/// What the documentation of a loss says something about. Read from the text of the comment, since a compilation may not parse
/// documentation; what it says crosses by reference only, so that an edit of it regenerates nothing.
/// </summary>
internal static class Documentation
{
    private static readonly Regex Element = new("""<(?:(?<element>summary|remarks)|param\s+name\s*=\s*["'](?<parameter>[^"']+)["'])\s*>""", RegexOptions.CultureInvariant);

    /// <summary>The paths of the elements: <c>summary</c>, <c>remarks</c>, <c>param[@name='reg']</c>.</summary>
    public static IEnumerable<string> ElementsOf(IMethodSymbol method, CancellationToken cancellation) => LossDeclaration.Declarations(method, cancellation)
        .SelectMany(declaration => declaration.GetLeadingTrivia())
        .Select(trivia => trivia.ToFullString().TrimStart())
        .Where(text => text.StartsWith("///", StringComparison.Ordinal) || text.StartsWith("/**", StringComparison.Ordinal))
        .SelectMany(text => Element.Matches(text).Cast<Match>())
        .Select(match => match.Groups["element"] is { Success: true } element ? element.Value : $"param[@name='{match.Groups["parameter"].Value}']")
        .Distinct(StringComparer.Ordinal);
}
