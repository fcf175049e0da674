using Microsoft.CodeAnalysis;

namespace AutoGradMf.Generators.Parsing;

/// <summary>
/// Types as the compiler compares them, but type parameters of methods by their place: those of a local function are other objects each time that the
/// method around it is bound.
/// </summary>
internal sealed class TypeParameters : IEqualityComparer<ITypeSymbol>
{
    public static readonly TypeParameters ByPlace = new();

    public bool Equals(ITypeSymbol one, ITypeSymbol other) =>
        one is ITypeParameterSymbol { DeclaringMethod: { } method } a && other is ITypeParameterSymbol { DeclaringMethod: { } otherMethod } b
            ? a.Ordinal == b.Ordinal && SymbolEqualityComparer.Default.Equals(method, otherMethod)
            : SymbolEqualityComparer.Default.Equals(one, other);

    public int GetHashCode(ITypeSymbol type) => type is ITypeParameterSymbol { DeclaringMethod: { } method } parameter
        ? (SymbolEqualityComparer.Default.GetHashCode(method) * 31) + parameter.Ordinal
        : SymbolEqualityComparer.Default.GetHashCode(type);
}
