using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AutoGradMf.Generators.Diagnostics;

/// <summary>Where the parts of an attribute are written.</summary>
internal static class AttributePlaces
{
    /// <summary>Where an argument of an attribute is, or the attribute where the argument is not written; null if it is not in source.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="place">The number of the constructor's parameter; those of a last array go on from its own. Negative for the attribute itself.</param>
    /// <param name="cancellation">Ends it.</param>
    public static Location? Of(AttributeData attribute, int place, CancellationToken cancellation)
    {
        var syntax = (AttributeSyntax?)attribute.ApplicationSyntaxReference?.GetSyntax(cancellation);
        var parameters = attribute.AttributeConstructor?.Parameters ?? [];
        var name = place >= 0 ? parameters.ElementAtOrDefault(place)?.Name : null;
        var arguments = syntax?.ArgumentList?.Arguments ?? default;
        var argument = arguments.FirstOrDefault(a => name is not null && a.NameColon?.Name.Identifier.ValueText == name)
            ?? arguments.ElementAtOrDefault(place)
            ?? (place >= parameters.Length ? arguments.LastOrDefault() : null);
        return argument?.Expression.GetLocation() ?? syntax?.GetLocation();
    }
}
