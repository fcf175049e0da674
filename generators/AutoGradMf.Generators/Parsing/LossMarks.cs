using AutoGradMf.Generators.Emission;
using Microsoft.CodeAnalysis;

namespace AutoGradMf.Generators.Parsing;

/// <summary>Reads a marked method.</summary>
internal delegate ParsedLoss ReadLoss(IMethodSymbol method, Compilation compilation, CancellationToken cancellation);

/// <summary>The attributes that make a method a loss, and how each is read.</summary>
internal static class LossMarks
{
    /// <summary>A method's name, with its type's and namespace's.</summary>
    public static SymbolDisplayFormat FullName { get; } = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces, memberOptions: SymbolDisplayMemberOptions.IncludeContainingType);

    /// <summary>The full names of a method's attributes.</summary>
    public static IReadOnlyList<string?> Of(IMethodSymbol method) => [.. method.GetAttributes().Select(a => a.AttributeClass?.ToDisplayString())];

    /// <summary>Reads a method as what it is marked: as the whole loss, or else as its term at an entry.</summary>
    public static ParsedLoss Read(IMethodSymbol method, Compilation compilation, CancellationToken cancellation) => Of(method).Contains(LibraryNames.LossAttribute)
        ? LossParser.Parse(method, compilation, cancellation)
        : EntryLossParser.Parse(method, compilation, cancellation);
}
