using AutoGradMf.Generators.Diagnostics;
using AutoGradMf.Generators.Emission;
using AutoGradMf.Generators.Symbolics.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AutoGradMf.Generators.Parsing;

/// <summary>Reads an annotated method: its declaration, its parameters, and its body with helpers inlined.</summary>
internal static class LossParser
{
    public static ParsedLoss Parse(IMethodSymbol method, Compilation compilation, CancellationToken cancellation)
    {
        var diagnostics = new List<Diagnostic>();
        var where = method.Locations.FirstOrDefault() ?? Location.None;
        var canGenerate = CheckDeclaration(method, where, diagnostics, cancellation);
        var parameters = method.Parameters.Select(p => ParseParameter(p, diagnostics)).ToList();
        if (!parameters.Any(p => p is { IsFactor: true }))
        {
            diagnostics.Add(Diagnostic.Create(InvalidDeclaration.Rule, where, method.Name,
                "has no factor; mark what training may change with [Factor]"));
        }

        var body = new BodyParser(compilation, diagnostics, where, cancellation);
        var parsed = body.Parse(method);
        var failed = diagnostics.Any(d => d.Severity == DiagnosticSeverity.Error) || parsed is null;
        var model = new LossModel(
            method.Name,
            method.ContainingNamespace is { IsGlobalNamespace: false } ns ? ns.ToDisplayString() : "",
            new(ContainingTypes(method)),
            SyntaxFacts.GetText(method.DeclaredAccessibility),
            new(parameters.OfType<LossParameter>()),
            failed ? null : parsed,
            new(failed ? [] : body.Functions),
            MustQualify(method));
        return new(model, canGenerate && parameters.All(p => p is not null), diagnostics, body.Locations);
    }

    /// <summary>Whether the method can be a loss where it stands; notes what is wrong.</summary>
    private static bool CheckDeclaration(IMethodSymbol method, Location where, List<Diagnostic> diagnostics, CancellationToken cancellation)
    {
        void Invalid(string what) => diagnostics.Add(Diagnostic.Create(InvalidDeclaration.Rule, where, method.Name, what));
        if (!method.IsStatic || method.IsGenericMethod || method.IsAsync || method.RefKind != RefKind.None)
        {
            Invalid("must be a plain static method: not generic, not async, and not returning by reference");
        }

        if (method.ReturnType.SpecialType != SpecialType.System_Double)
        {
            Invalid($"must return double, and returns {method.ReturnType.ToDisplayString()}");
        }

        var first = method.ContainingType.GetMembers(method.Name).OfType<IMethodSymbol>().First(IsLoss);
        if (!SymbolEqualityComparer.Default.Equals(first, method))
        {
            Invalid($"has the name of another loss of '{method.ContainingType.Name}', so that the names generated for both collide; rename one");
            return false;
        }

        var notPartial = Around(method)
            .Where(type => !type.DeclaringSyntaxReferences
                .Select(r => r.GetSyntax(cancellation))
                .OfType<TypeDeclarationSyntax>()
                .All(d => d.Modifiers.Any(SyntaxKind.PartialKeyword)))
            .ToList();
        diagnostics.AddRange(notPartial.Select(type =>
            Diagnostic.Create(NotPartial.Rule, type.Locations.FirstOrDefault() ?? where, type.Name, method.Name)));
        return notPartial.Count == 0;
    }

    private static bool IsLoss(IMethodSymbol method) => Has(method, LibraryNames.LossAttribute);

    private static bool Has(ISymbol symbol, string attribute) => symbol.GetAttributes().Any(a => a.AttributeClass?.ToDisplayString() == attribute);

    private static LossParameter? ParseParameter(IParameterSymbol parameter, List<Diagnostic> diagnostics)
    {
        var kind = TensorTypes.KindOf(parameter.Type);
        if (kind is null || parameter.RefKind != RefKind.None)
        {
            diagnostics.Add(Diagnostic.Create(
                InvalidDeclaration.Rule, parameter.Locations[0], parameter.ContainingSymbol.Name,
                $"cannot take '{parameter.Type.ToDisplayString()} {parameter.Name}'; a parameter is a double, or a Matrix, SparseMatrix, ColumnVector or RowVector of double"));
            return null;
        }

        var isFactor = Has(parameter, LibraryNames.FactorAttribute);
        if (isFactor && kind == TensorKind.SparseMatrix)
        {
            diagnostics.Add(Diagnostic.Create(
                InvalidDeclaration.Rule, parameter.Locations[0], parameter.ContainingSymbol.Name,
                $"has the sparse factor '{parameter.Name}'; a factor is dense: a Matrix, a vector or a double"));
        }

        var shape = parameter.GetAttributes().FirstOrDefault(a => a.AttributeClass?.ToDisplayString() == LibraryNames.ShapeAttribute);
        string? Argument(int place) => shape?.ConstructorArguments.ElementAtOrDefault(place).Value is string { Length: > 0 } name ? name : null;
        return new(Escaped(parameter.Name), kind.Value, isFactor, Argument(0), Argument(1));
    }

    private static IEnumerable<INamedTypeSymbol> Around(ISymbol symbol)
    {
        for (var type = symbol.ContainingType; type is not null; type = type.ContainingType)
        {
            yield return type;
        }
    }

    private static IEnumerable<ContainingType> ContainingTypes(IMethodSymbol method) => Around(method).Reverse().Select(type =>
    {
        var keyword = (type.TypeKind, type.IsRecord) switch
        {
            (TypeKind.Struct, true) => "record struct",
            (TypeKind.Struct, false) => "struct",
            (TypeKind.Interface, _) => "interface",
            (_, true) => "record",
            _ => "class",
        };
        var parameters = type.TypeParameters.Select(p => p.Name).ToList();
        var name = Escaped(type.Name);
        return new ContainingType(
            $"partial {keyword} {name}{(parameters.Count == 0 ? "" : $"<{string.Join(", ", parameters)}>")}", name, new(parameters));
    });

    /// <summary>A name as C# writes it.</summary>
    public static string Escaped(string name) => SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "@" + name;

    /// <summary>Whether a short name of the library means something else at the loss.</summary>
    private static bool MustQualify(IMethodSymbol method)
    {
        var names = LibraryNames.Used.ToDictionary(LibraryNames.Simple, full => full, StringComparer.Ordinal);
        var nested = Around(method).SelectMany(t => t.GetTypeMembers());
        var beside = Namespaces(method.ContainingNamespace).SelectMany(n => n.GetMembers());
        return nested.Concat<ISymbol>(beside).Any(s =>
            (names.TryGetValue(s.Name, out var full) && $"{s.ContainingNamespace.ToDisplayString()}.{s.MetadataName.Split('`')[0]}" != full)
            || s is INamespaceOrTypeSymbol { Name: "System" or "Span" or "ReadOnlySpan" } && s.ContainingNamespace is { IsGlobalNamespace: false });
    }

    private static IEnumerable<INamespaceSymbol> Namespaces(INamespaceSymbol? innermost)
    {
        for (var ns = innermost; ns is not null; ns = ns.ContainingNamespace)
        {
            yield return ns;
        }
    }
}
