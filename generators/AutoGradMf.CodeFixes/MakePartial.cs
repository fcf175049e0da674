using System.Collections.Immutable;
using System.Composition;
using AutoGradMf.Generators.Symbolics.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AutoGradMf.CodeFixes;

/// <summary>AGMF0002: makes the type around a loss partial.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MakePartial))]
[Shared]
public sealed class MakePartial : SyntaxFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RuleNames.NotPartial];

    private protected override IEnumerable<Offer> Offers(SyntaxNode node, Diagnostic diagnostic, SemanticModel semantics)
    {
        if (node.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } type && !type.Modifiers.Any(SyntaxKind.PartialKeyword))
        {
            yield return new($"Make '{type.Identifier.ValueText}' partial", "partial", type, Partial(type));
        }
    }

    /// <summary>The modifier stands last; without others it takes over what stands before the keyword.</summary>
    private static TypeDeclarationSyntax Partial(TypeDeclarationSyntax type)
    {
        var partial = SyntaxFactory.Token(SyntaxKind.PartialKeyword).WithTrailingTrivia(SyntaxFactory.Space);
        return type.Modifiers.Count > 0
            ? type.WithModifiers(type.Modifiers.Add(partial))
            : type.WithKeyword(type.Keyword.WithLeadingTrivia()).WithModifiers([partial.WithLeadingTrivia(type.Keyword.LeadingTrivia)]);
    }
}
