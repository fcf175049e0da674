using Microsoft.CodeAnalysis;

namespace AutoGradMf.Generators.Parsing;

/// <summary>What may change of a value after it was made: the value itself, or a part of it with a name.</summary>
internal sealed record ChangeablePart(ITypeSymbol Type, string? Name = null)
{
    /// <summary>How often a generic type is looked into with other arguments each time, as one that holds itself with ever longer ones has them.</summary>
    private const int MostArguments = 3;

    /// <summary>The first part that may change of a value of a type; null if all that it holds stays as it was made.</summary>
    public static ChangeablePart? Of(ITypeSymbol type) => Of(type, new(SymbolEqualityComparer.Default));

    private static ChangeablePart? Of(ITypeSymbol type, HashSet<ISymbol> looked) => type switch
    {
        IArrayTypeSymbol => new(type),
        INamedTypeSymbol { IsTupleType: true } tuple => First(tuple.TupleElements, e => e.Name, e => e.Type, looked),
        INamedTypeSymbol { DeclaringSyntaxReferences.Length: 0 } known => !Collections.IsCollection(known) ? null
            : Collections.IsImmutable(known) ? OfArguments(known, looked)
            : new(known),
        INamedTypeSymbol own => OfMembers(own, looked),
        _ => null,
    };

    /// <summary>
    /// A type that holds itself is as fixed as what it holds besides, and a generic one as what it does hold of its arguments. One that holds itself with other
    /// arguments each time is taken to hold them all.
    /// </summary>
    private static ChangeablePart? OfMembers(INamedTypeSymbol type, HashSet<ISymbol> looked)
    {
        if (!looked.Add(type))
        {
            return null;
        }

        if (looked.Count(other => SymbolEqualityComparer.Default.Equals(other.OriginalDefinition, type.OriginalDefinition)) > MostArguments)
        {
            return OfArguments(type, looked);
        }

        var fields = type.GetMembers().OfType<IFieldSymbol>().Where(f => !f.IsStatic).ToList();
        return type.IsValueType || fields.All(f => f.IsReadOnly)
            ? First(fields, f => f.OriginalDefinition.Type is ITypeParameterSymbol ? Text(f.Type) : (f.AssociatedSymbol ?? f).Name, f => f.Type, looked)
            : new(type);
    }

    private static ChangeablePart? OfArguments(INamedTypeSymbol type, HashSet<ISymbol> looked) =>
        First(type.TypeArguments, Text, t => t, looked);

    private static string Text(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat);

    private static ChangeablePart? First<T>(
        IEnumerable<T> parts, Func<T, string> name, Func<T, ITypeSymbol> type, HashSet<ISymbol> looked) => parts
        .Select(part => Of(type(part), looked) is { } changes ? changes with { Name = changes.Name ?? name(part) } : null)
        .FirstOrDefault(changes => changes is not null);
}
