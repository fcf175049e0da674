using Microsoft.CodeAnalysis;

namespace AutoGradMf.Generators.Parsing;

/// <summary>What is known of types that hold several values.</summary>
internal static class Collections
{
    private static readonly string[] s_inOrder =
    [
        "System.Span", "System.ReadOnlySpan", "System.Collections.Generic.List", "System.Collections.Generic.IReadOnlyList", "System.Collections.Generic.IReadOnlyCollection",
        "System.Collections.Generic.IList", "System.Collections.Generic.ICollection", "System.Collections.Generic.IEnumerable",
    ];

    private static readonly string[] s_immutable =
        ["System.Collections.Immutable.ImmutableArray", "System.Collections.Immutable.ImmutableList", "System.Collections.Immutable.IImmutableList"];

    private static readonly string[] s_readOnly =
        ["System.Collections.Generic.IReadOnlyList", "System.Collections.Generic.IReadOnlyCollection", "System.Collections.Generic.IEnumerable"];

    /// <summary>Whether a type holds just the values that it is made of, in the order in which they are written; a set drops some, and a stack turns them around.</summary>
    public static bool IsInOrder(ITypeSymbol? type) => type is IArrayTypeSymbol || IsAny(type, s_inOrder) || IsAny(type, s_immutable);

    /// <summary>Whether a type holds several values, and is neither a text nor a tensor.</summary>
    public static bool IsCollection(ITypeSymbol type) => type is IArrayTypeSymbol
        || (type.SpecialType != SpecialType.System_String && !TensorTypes.IsTensor(type)
            && type.AllInterfaces.Append(type).Any(i => i.SpecialType == SpecialType.System_Collections_IEnumerable));

    /// <summary>Whether nothing can change what a collection holds.</summary>
    public static bool IsImmutable(ITypeSymbol type) =>
        type is INamedTypeSymbol { ContainingType: null, ContainingNamespace: var space }
        && (space.Is("System.Collections.Immutable") || space.Is("System.Collections.Frozen"));

    /// <summary>Whether a collection is one of which the compiler makes, of <c>[a, b]</c>, another that cannot be changed.</summary>
    public static bool IsReadOnlyAsWritten(ITypeSymbol type) => IsAny(type, s_readOnly);

    private static bool IsAny(ITypeSymbol? type, string[] names) => names.Any(name => type.Is(name));
}
