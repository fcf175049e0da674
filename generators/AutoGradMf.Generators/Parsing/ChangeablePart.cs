using Microsoft.CodeAnalysis;

namespace AutoGradMf.Generators.Parsing;

/// <summary>What may change of a value after it was made: the value itself, or a part of it with a name.</summary>
internal sealed record ChangeablePart(ITypeSymbol Type, string? Name = null)
{
    /// <summary>The first part that may change of a value of a type; null if all that it holds stays as it was made.</summary>
    public static ChangeablePart? Of(ITypeSymbol type) => Of(type, new(SymbolEqualityComparer.Default));

    private static ChangeablePart? Of(ITypeSymbol type, HashSet<ISymbol> looked) => type switch
    {
        IArrayTypeSymbol => new(type),
        INamedTypeSymbol { IsTupleType: true } tuple => First(tuple.TupleElements, e => e.Name, e => e.Type, looked),
        INamedTypeSymbol { DeclaringSyntaxReferences.Length: 0 } known => !Collections.IsCollection(known) ? null
            : Collections.IsImmutable(known) ? OfArguments(known, looked)
            : new(known),
        INamedTypeSymbol own => OfArguments(own, looked) ?? OfMembers(own.OriginalDefinition, looked),
        _ => null,
    };

    /// <summary>
    /// A type that holds itself is as fixed as what it holds besides. A generic one may hold itself with other arguments
    /// each time: these are looked at, and its members as they are declared.
    /// </summary>
    private static ChangeablePart? OfMembers(INamedTypeSymbol type, HashSet<ISymbol> looked)
    {
        var fields = looked.Add(type) ? type.GetMembers().OfType<IFieldSymbol>().Where(f => !f.IsStatic).ToList() : [];
        return type.IsValueType || fields.All(f => f.IsReadOnly)
            ? First(fields, f => (f.AssociatedSymbol ?? f).Name, f => f.Type, looked)
            : new(type);
    }

    private static ChangeablePart? OfArguments(INamedTypeSymbol type, HashSet<ISymbol> looked) =>
        First(type.TypeArguments, t => t.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat), t => t, looked);

    private static ChangeablePart? First<T>(
        IEnumerable<T> parts, Func<T, string> name, Func<T, ITypeSymbol> type, HashSet<ISymbol> looked) => parts
        .Select(part => Of(type(part), looked) is { } changes ? changes with { Name = changes.Name ?? name(part) } : null)
        .FirstOrDefault(changes => changes is not null);
}
