using AutoGradMf.Generators.Diagnostics;
using AutoGradMf.Generators.Emission;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AutoGradMf.Generators.Parsing;

/// <summary>What a method must be, and what the types around it, so that types can be generated of it.</summary>
internal static class LossDeclaration
{
    private const string UnmanagedCallersOnly = "System.Runtime.InteropServices.UnmanagedCallersOnlyAttribute";

    /// <summary>What generated code is written in.</summary>
    private const LanguageVersion Least = LanguageVersion.CSharp13;

    /// <summary>Whether the method can be a loss where it stands; notes what is wrong.</summary>
    public static bool Check(IMethodSymbol method, Location where, Compilation compilation, List<Diagnostic> diagnostics, CancellationToken cancellation)
    {
        void Invalid(string what) => diagnostics.Add(Diagnostic.Create(InvalidDeclaration.Rule, where, method.Name, what));
        if (WhyUnnamed(method, cancellation) is { } unnamed)
        {
            Invalid(unnamed);
            return false;
        }

        if (!IsNamed(method))
        {
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

        if (method.Has(LibraryNames.PredictionAttribute))
        {
            diagnostics.Add(Diagnostic.Create(InvalidPrediction.Rule, where, method.Name, "it is the loss; mark a method that the loss calls for the matrix of its predictions"));
        }

        if (method.ReturnType.SpecialType != SpecialType.System_Double && kinds.Count == 0)
        {
            Invalid($"must return double, and returns {method.ReturnType.ToDisplayString()}");
        }

        if (compilation is CSharpCompilation { LanguageVersion: < Least and var version })
        {
            Invalid($"needs C# {Least.ToDisplayString()} or later for what is generated of it, and its project is compiled as C# {version.ToDisplayString()}; set <LangVersion> to {Least.ToDisplayString()} or latest");
        }

        var notPartial = NotPartial(method, cancellation).ToList();
        diagnostics.AddRange(notPartial.Where(type => SymbolEqualityComparer.Default.Equals(FirstLoss(type, cancellation), method)).Select(type =>
            Diagnostic.Create(Diagnostics.NotPartial.Rule, type.Locations.FirstOrDefault() ?? where, type.Name, method.Name)));
        if (WhyNoTypes(method) is { } reason)
        {
            Invalid(reason);
            return false;
        }

        return notPartial.Count == 0;
    }

    /// <summary>Why generated code has no name to call a method by; null if it has one.</summary>
    public static string? WhyUnnamed(IMethodSymbol method, CancellationToken cancellation) =>
        Declarations(method, cancellation).Any(d => d.Parent is TypeDeclarationSyntax { Keyword.ValueText: "extension" })
            ? "is a member of an extension, for which no types can be generated; make it a static method of the class around it"
        : method.MethodKind == MethodKind.ExplicitInterfaceImplementation
            ? "implements a member of an interface under that alone, so that nothing can call it; give it a name of its own"
        : null;

    /// <summary>Why the types around a loss cannot have those that would be generated; null if they can.</summary>
    private static string? WhyNoTypes(IMethodSymbol method)
    {
        if (LossParser.Around(method).FirstOrDefault(type => type.IsFileLocal) is { } fileLocal)
        {
            return $"stands in '{fileLocal.Name}', which other files cannot see, and its objective and trainer are generated into one; drop the modifier 'file'";
        }

        if (LossParser.Around(method).SelectMany(type => type.TypeParameters).FirstOrDefault(p => p.Variance != VarianceKind.None) is { } variant)
        {
            var keyword = variant.Variance == VarianceKind.In ? "in" : "out";
            return $"stands in '{variant.ContainingSymbol.Name}', and in an interface with '{keyword} {variant.Name}' no types can be generated; drop the modifier '{keyword}', or move the loss to a class";
        }

        // Regardless of case: the names of generated files are.
        var first = method.ContainingType.GetMembers().OfType<IMethodSymbol>()
            .First(m => LossParser.IsLoss(m) && string.Equals(m.Name, method.Name, StringComparison.OrdinalIgnoreCase));
        if (!SymbolEqualityComparer.Default.Equals(first, method))
        {
            return first.Name == method.Name
                ? $"is one of two losses of that name in '{method.ContainingType.Name}', whose generated types would have one name; rename one"
                : $"and the loss '{first.Name}' of '{method.ContainingType.Name}' have names so alike that the names generated for both collide; rename one";
        }

        if (method.ContainingType.TypeParameters.Prepend<ISymbol>(method.ContainingType).FirstOrDefault(s => IsGeneratedName(s.Name, method)) is { } around)
        {
            return $"needs a generated type '{around.Name}' in '{method.ContainingType.Name}', which {(around is ITypeParameterSymbol ? "has a type parameter of that name" : "is called so itself")}; rename one";
        }

        var taken = method.ContainingType.GetMembers()
            .FirstOrDefault(m => IsGeneratedName(m.Name, method) && m is not INamedTypeSymbol { Arity: not 1 } && !IsGenerated(m));
        if (taken is null)
        {
            return null;
        }

        var kind = taken switch { INamedTypeSymbol => "the type", IMethodSymbol m when LossParser.IsLoss(m) => "the loss", _ => "a member" };
        return $"needs a generated type '{taken.Name}' in '{method.ContainingType.Name}', which has {kind} '{taken.Name}' already; rename one";
    }

    private static bool IsGeneratedName(string name, IMethodSymbol loss) => LossParser.GeneratedSuffixes.Any(suffix => name == loss.Name + suffix);

    /// <summary>The types around a loss that only the user can declare.</summary>
    private static IEnumerable<INamedTypeSymbol> NotPartial(IMethodSymbol method, CancellationToken cancellation) => LossParser.Around(method)
        .Where(type => !type.DeclaringSyntaxReferences
            .Select(r => r.GetSyntax(cancellation))
            .OfType<TypeDeclarationSyntax>()
            .All(d => d.Modifiers.Any(SyntaxKind.PartialKeyword)));

    /// <summary>The loss at which a type is spoken of that holds several.</summary>
    private static IMethodSymbol? FirstLoss(INamedTypeSymbol type, CancellationToken cancellation) =>
        type.GetMembers().OfType<IMethodSymbol>().FirstOrDefault(m => LossParser.IsLoss(m) && IsNamed(m) && WhyUnnamed(m, cancellation) is null)
        ?? type.GetTypeMembers().Select(t => FirstLoss(t, cancellation)).FirstOrDefault(loss => loss is not null);

    /// <summary>Whether the method and the types around it have names yet; while they are typed, the compiler says that one is missing.</summary>
    private static bool IsNamed(IMethodSymbol method) => LossParser.Around(method).Append((ISymbol)method).All(s => SyntaxFacts.IsValidIdentifier(s.Name));

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

        if (method.IsVirtual || method.IsAbstract)
        {
            yield return "must be neither virtual nor abstract: it would be another in each type that implements it; give it one body";
        }

        if (method.Has(UnmanagedCallersOnly))
        {
            yield return "must be callable, which [UnmanagedCallersOnly] forbids; let a method with that attribute call it";
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

    /// <summary>Whether an analyzer sees what the generator has made of a loss.</summary>
    private static bool IsGenerated(ISymbol symbol) =>
        symbol.DeclaringSyntaxReferences.All(r => r.SyntaxTree.FilePath.Contains(typeof(LossGenerator).FullName!));
}
