using System.Globalization;
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
    private static readonly string[] GeneratedSuffixes = ["Objective", "Model", "Trainer"];

    /// <summary>A parameter with how it is passed and its type.</summary>
    public static readonly SymbolDisplayFormat AsDeclared = SymbolDisplayFormat.CSharpErrorMessageFormat.WithParameterOptions(
        SymbolDisplayParameterOptions.IncludeModifiers | SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeName);

    public static ParsedLoss Parse(IMethodSymbol declared, Compilation compilation, CancellationToken cancellation)
    {
        var method = declared.PartialDefinitionPart ?? declared;
        var diagnostics = new List<Diagnostic>();
        var where = method.Locations.FirstOrDefault() ?? Location.None;
        var canGenerate = CheckDeclaration(method, where, diagnostics, cancellation);
        var parameters = method.Parameters.Select(p => ParseParameter(p, diagnostics)).ToList();
        if (!method.Parameters.Any(IsFactor))
        {
            diagnostics.Add(Diagnostic.Create(
                InvalidDeclaration.Rule, where, LossAnalyzer.Property("factor"), method.Name, "has no factor; mark what training may change with [Factor]"));
        }

        var body = new BodyParser(compilation, diagnostics, where, cancellation);
        var parsed = body.Parse(method);
        var model = Model(method, parameters.OfType<LossParameter>(), parsed, body, compilation, cancellation);
        return new(model, canGenerate && parameters.All(p => p is not null), diagnostics, body.Locations, body.IsRead);
    }

    /// <summary>The model of a loss that a method declares.</summary>
    public static LossModel Model(
        IMethodSymbol method,
        IEnumerable<LossParameter> parameters,
        LossNode? parsed,
        BodyParser body,
        Compilation compilation,
        CancellationToken cancellation) => new(
            method.Name,
            method.ContainingNamespace is { IsGlobalNamespace: false } ns ? ns.ToDisplayString() : "",
            new(ContainingTypes(method)),
            SyntaxFacts.GetText(method.DeclaredAccessibility),
            new(parameters),
            parsed,
            new(body.Functions),
            MustQualify(method, compilation, cancellation),
            new(Documentation.ElementsOf(method, cancellation)),
            Distinction: HintNames.DistinctionOf(method))
        {
            Attributes = new(CallerAttributes.Of(method)),
            Warnings = new(body.Warnings),
        };

    /// <summary>Whether the method can be a loss where it stands; notes what is wrong.</summary>
    public static bool CheckDeclaration(IMethodSymbol method, Location where, List<Diagnostic> diagnostics, CancellationToken cancellation)
    {
        void Invalid(string what) => diagnostics.Add(Diagnostic.Create(InvalidDeclaration.Rule, where, method.Name, what));
        if (!Around(method).Append((ISymbol)method).All(s => SyntaxFacts.IsValidIdentifier(s.Name)))
        {
            // Half written: a type or the method has no name yet, which the compiler says.
            return false;
        }

        var kinds = KindsOf(method, cancellation).ToList();
        foreach (var kind in kinds)
        {
            Invalid(kind);
        }

        if (method.Has(LibraryNames.LossAttribute) && method.Has(LibraryNames.EntryLossAttribute))
        {
            Invalid("is marked both [Loss] and [EntryLoss]; keep the one that it is");
        }

        if (method.ReturnType.SpecialType != SpecialType.System_Double && kinds.Count == 0)
        {
            Invalid($"must return double, and returns {method.ReturnType.ToDisplayString()}");
        }

        if (Around(method).FirstOrDefault(type => type.IsFileLocal) is { } fileLocal)
        {
            Invalid($"stands in '{fileLocal.Name}', which other files cannot see, and its objective and trainer are generated into one; drop the modifier 'file'");
            return false;
        }

        if (Around(method).SelectMany(type => type.TypeParameters).FirstOrDefault(p => p.Variance != VarianceKind.None) is { } variant)
        {
            var keyword = variant.Variance == VarianceKind.In ? "in" : "out";
            Invalid($"stands in '{variant.ContainingSymbol.Name}', and in an interface with '{keyword} {variant.Name}' no types can be generated; drop the modifier '{keyword}', or move the loss to a class");
            return false;
        }

        // Regardless of case: the names of generated files are.
        var first = method.ContainingType.GetMembers().OfType<IMethodSymbol>()
            .First(m => IsLoss(m) && string.Equals(m.Name, method.Name, StringComparison.OrdinalIgnoreCase));
        if (!SymbolEqualityComparer.Default.Equals(first, method))
        {
            Invalid($"and the loss '{first.Name}' of '{method.ContainingType.Name}' have names so alike that the names generated for both collide; rename one");
            return false;
        }

        var taken = method.ContainingType.GetMembers()
            .FirstOrDefault(m => GeneratedSuffixes.Any(suffix => m.Name == method.Name + suffix) && m is not INamedTypeSymbol { Arity: not 1 } && !IsGenerated(m));
        if (taken is not null)
        {
            var kind = taken switch { INamedTypeSymbol => "the type", IMethodSymbol m when IsLoss(m) => "the loss", _ => "a member" };
            Invalid($"needs a generated type '{taken.Name}' in '{method.ContainingType.Name}', which has {kind} '{taken.Name}' already; rename one");
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

    /// <summary>Where a method is declared; a partial one is so twice.</summary>
    public static IEnumerable<SyntaxNode> Declarations(IMethodSymbol method, CancellationToken cancellation) =>
        new[] { method, method.PartialImplementationPart }.OfType<IMethodSymbol>().SelectMany(m => m.DeclaringSyntaxReferences).Select(r => r.GetSyntax(cancellation));

    /// <summary>What kind of method it is that a loss cannot be.</summary>
    private static IEnumerable<string> KindsOf(IMethodSymbol method, CancellationToken cancellation)
    {
        var declarations = Declarations(method, cancellation).OfType<MethodDeclarationSyntax>().ToList();
        if (!method.IsStatic)
        {
            yield return "must be static: it is a function of its parameters alone";
        }

        if (method.IsGenericMethod)
        {
            yield return "must not be generic; write it in double, and what is generated from it is generic over float and double";
        }

        if (declarations.Any(d => d.Modifiers.Any(SyntaxKind.AsyncKeyword)))
        {
            yield return "must not be async: a loss is one expression, computed at once";
        }

        if (method.RefKind != RefKind.None)
        {
            yield return "must not return by reference: a loss is a value";
        }

        if (declarations.Any(d => d.Modifiers.Any(SyntaxKind.UnsafeKeyword)))
        {
            yield return "must not be unsafe: a loss is made of matrices, vectors and doubles, not of pointers";
        }

        if (declarations.Any(d => d.DescendantNodes(n => n is not (LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax)).Any(n => n is YieldStatementSyntax)))
        {
            yield return "must not be an iterator: a loss is one number";
        }
    }

    /// <summary>Whether training may change a parameter.</summary>
    public static bool IsFactor(IParameterSymbol parameter) => parameter.Has(LibraryNames.FactorAttribute);

    private static bool IsLoss(IMethodSymbol method) => method.Has(LibraryNames.LossAttribute) || method.Has(LibraryNames.EntryLossAttribute);

    /// <summary>Whether an analyzer sees what the generator has made of a loss.</summary>
    private static bool IsGenerated(ISymbol symbol) =>
        symbol.DeclaringSyntaxReferences.All(r => r.SyntaxTree.FilePath.Contains(typeof(LossGenerator).FullName!));

    private static LossParameter? ParseParameter(IParameterSymbol parameter, List<Diagnostic> diagnostics)
    {
        void Invalid(string what) => diagnostics.Add(Diagnostic.Create(InvalidDeclaration.Rule, parameter.Locations[0], parameter.ContainingSymbol.Name, what));
        var kind = TensorTypes.KindOf(parameter);
        if (kind is null)
        {
            Invalid($"cannot take '{parameter.ToDisplayString(AsDeclared)}'; a parameter is a double, a Matrix, SparseMatrix, ColumnVector or RowVector of double, or an IndexVector of row numbers"
                + (parameter.RefKind != RefKind.None ? ", by value"
                    : TensorTypes.IsOtherPrecision(parameter.Type) ? "; what is generated from it is generic over float and double" : ""));
            return null;
        }

        // What cannot change is data to all that follows.
        var isFactor = IsFactor(parameter) && kind is not (TensorKind.SparseMatrix or TensorKind.IndexVector);
        if (IsFactor(parameter) && !isFactor)
        {
            Invalid(kind == TensorKind.SparseMatrix
                ? $"has the sparse factor '{parameter.Name}'; a factor is dense: a Matrix, a vector or a double"
                : $"has the factor '{parameter.Name}', which is made of whole numbers; a factor is a Matrix, a vector or a double");
        }

        var shape = parameter.GetAttributes().FirstOrDefault(a => a.AttributeClass.Is(LibraryNames.ShapeAttribute));
        if (shape is not null && ShapeNames.ProblemOf(shape, kind.Value) is { } problem)
        {
            diagnostics.Add(Diagnostic.Create(
                InvalidDeclaration.Rule, shape.ApplicationSyntaxReference?.GetSyntax().GetLocation() ?? parameter.Locations[0], parameter.ContainingSymbol.Name,
                $"has a shape that '{parameter.Name}' cannot have: {problem}"));
        }

        var (min, max) = BoundsOf(parameter);
        if (!(min <= max))
        {
            Invalid(string.Format(
                CultureInfo.InvariantCulture, "leaves nothing for '{0}': its elements shall be at least {1} and at most {2}; give a Min that is not above Max", parameter.Name, min, max));
        }

        string? Argument(int place) => shape?.ConstructorArguments.ElementAtOrDefault(place).Value is string { Length: > 0 } name ? name : null;
        return new(Identifier.Escaped(parameter.Name), kind.Value, isFactor, Argument(0), Argument(1)) { Min = min, Max = max };
    }

    private static (double Min, double Max) BoundsOf(IParameterSymbol parameter)
    {
        var named = parameter.GetAttributes().FirstOrDefault(a => a.AttributeClass.Is(LibraryNames.FactorAttribute))?.NamedArguments;
        double Bound(string name, double none) => named?.FirstOrDefault(a => a.Key == name).Value.Value is double bound ? bound : none;
        return (Bound("Min", double.NegativeInfinity), Bound("Max", double.PositiveInfinity));
    }

    public static IEnumerable<INamedTypeSymbol> Around(ISymbol symbol)
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
        var parameters = type.TypeParameters.Select(p => Identifier.Escaped(p.Name)).ToList();
        var name = Identifier.Escaped(type.Name);
        return new ContainingType(
            $"partial {keyword} {name}{(parameters.Count == 0 ? "" : $"<{string.Join(", ", parameters)}>")}", name, new(parameters));
    });

    /// <summary>
    /// Whether a short name of the library means something else in the type around the loss: a member, a neighbour, a parameter
    /// of the loss, or what the user's using directives bring in.
    /// </summary>
    private static bool MustQualify(IMethodSymbol method, Compilation compilation, CancellationToken cancellation)
    {
        var declaration = method.DeclaringSyntaxReferences[0].GetSyntax(cancellation);
        var semantics = compilation.GetSemanticModel(declaration.SyntaxTree);
        var generated = Around(method)
            .SelectMany(type => type.GetMembers().OfType<IMethodSymbol>().Where(IsLoss))
            .SelectMany(loss => GeneratedSuffixes.Select(suffix => loss.Name + suffix))
            .ToList();
        return LibraryNames.Used.Any(full =>
        {
            var name = LibraryNames.Simple(full);
            return method.Parameters.Any(p => p.Name == name)
                || generated.Contains(name)
                || semantics.LookupSymbols(declaration.SpanStart, name: name)
                    .Concat(Namespaces(method.ContainingNamespace).SelectMany(n => n.GetMembers(name)))
                    .Any(symbol => !IsType(symbol, full));
        });
    }

    private static bool IsType(ISymbol symbol, string full) =>
        symbol is INamedTypeSymbol { ContainingType: null } && symbol.Is(full);

    private static IEnumerable<INamespaceSymbol> Namespaces(INamespaceSymbol? innermost)
    {
        for (var ns = innermost; ns is not null; ns = ns.ContainingNamespace)
        {
            yield return ns;
        }
    }
}
