using System.Collections.Immutable;
using System.Composition;
using AutoGradMf.Generators.Diagnostics;
using AutoGradMf.Generators.Emission;
using AutoGradMf.Generators.Symbolics.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AutoGradMf.CodeFixes;

/// <summary>AGMF0006, of a loss without factors: marks a parameter with [Factor].</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddFactor))]
[Shared]
public sealed class AddFactor : SyntaxFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [RuleNames.InvalidDeclaration];

    private protected override IEnumerable<Offer> Offers(SyntaxNode node, Diagnostic diagnostic, SemanticModel semantics)
    {
        if (!diagnostic.Properties.TryGetValue(LossAnalyzer.Remedy, out var remedy) || remedy != "factor"
            || node.FirstAncestorOrSelf<MethodDeclarationSyntax>() is not { } method)
        {
            yield break;
        }

        var isInScope = semantics.LookupSymbols(method.SpanStart, name: "FactorAttribute").Any(s => s.ToDisplayString() == LibraryNames.FactorAttribute);
        var attribute = SyntaxFactory.Attribute(SyntaxFactory.ParseName(isInScope ? "Factor" : "AutoGradMf.Factor"));
        foreach (var parameter in method.ParameterList.Parameters.Where(p => IsDense(semantics.GetDeclaredSymbol(p)?.Type)))
        {
            var list = SyntaxFactory.AttributeList([attribute])
                .WithLeadingTrivia(parameter.GetLeadingTrivia())
                .WithTrailingTrivia(SyntaxFactory.Space);
            var marked = parameter.WithLeadingTrivia().WithAttributeLists(parameter.WithLeadingTrivia().AttributeLists.Insert(0, list));
            yield return new($"Mark '{parameter.Identifier.ValueText}' with [Factor]", parameter.Identifier.ValueText, parameter, marked);
        }
    }

    private static bool IsDense(ITypeSymbol? type) => type is INamedTypeSymbol
        && $"{type.ContainingNamespace}.{type.Name}" is LibraryNames.Matrix or LibraryNames.ColumnVector or LibraryNames.RowVector;
}
