using System.Globalization;
using AutoGradMf.Generators.Diagnostics;
using AutoGradMf.Generators.Emission;
using AutoGradMf.Generators.Symbolics.Checks;
using AutoGradMf.Generators.Symbolics.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AutoGradMf.Generators.Parsing;

/// <summary>Reads an annotated method: its declaration, its parameters, and its body with helpers inlined.</summary>
internal static class LossParser
{
    /// <summary>What the names of the types that are generated of a loss have after its own.</summary>
    public static readonly string[] GeneratedSuffixes = ["Objective", "Model", "Trainer"];

    /// <summary>A parameter with how it is passed and its type.</summary>
    public static readonly SymbolDisplayFormat AsDeclared = SymbolDisplayFormat.CSharpErrorMessageFormat.WithParameterOptions(
        SymbolDisplayParameterOptions.IncludeModifiers | SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeName);

    public static ParsedLoss Parse(IMethodSymbol declared, Compilation compilation, CancellationToken cancellation)
    {
        var method = declared.PartialDefinitionPart ?? declared;
        var diagnostics = new List<Diagnostic>();
        var where = method.Locations.FirstOrDefault() ?? Location.None;
        var canGenerate = LossDeclaration.Check(method, where, compilation, diagnostics, cancellation);
        var parameters = method.Parameters.Select(p => ParseParameter(p, diagnostics)).ToList();
        if (!method.Parameters.Any(IsFactor) && !method.Has(LibraryNames.EntryLossAttribute))
        {
            diagnostics.Add(Diagnostic.Create(
                InvalidDeclaration.Rule, where, LossAnalyzer.Property("factor"), method.Name, "has no factor; mark what training may change with [Factor]"));
        }

        var body = new BodyParser(compilation, diagnostics, where, cancellation);
        var parsed = method.IsAbstract ? null : body.Parse(method);
        var model = Model(method, parameters.OfType<LossParameter>(), parsed, body, compilation, cancellation);
        return new(model, canGenerate && parameters.All(p => p is not null), diagnostics, body.Locations, body.IsRead, body.Predictions);
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
            SyntaxFacts.GetText(AccessibilityOf(method)),
            new(parameters),
            parsed,
            new(body.Functions),
            new(Documentation.ElementsOf(method, cancellation)),
            Distinction: HintNames.DistinctionOf(method))
        {
            Attributes = new(CallerAttributes.Of(method)),
            Warnings = new(body.Warnings),
            Hiding = new(HiddenTypes.Of(method, compilation)),
        };

    /// <summary>
    /// That of what is generated beside a method. Nothing inherits from a sealed type: what is protected there is as accessible without that, and
    /// the compiler's warning of it (CS0628) is of the method alone.
    /// </summary>
    private static Accessibility AccessibilityOf(IMethodSymbol method) => (method.ContainingType.IsSealed, method.DeclaredAccessibility) switch
    {
        (true, Accessibility.Protected or Accessibility.ProtectedAndInternal) => Accessibility.Private,
        (true, Accessibility.ProtectedOrInternal) => Accessibility.Internal,
        (_, var declared) => declared,
    };

    /// <summary>Whether training may change a parameter.</summary>
    public static bool IsFactor(IParameterSymbol parameter) => parameter.Has(LibraryNames.FactorAttribute);

    /// <summary>Whether a method is marked as a loss, or as the term of one.</summary>
    public static bool IsLoss(IMethodSymbol method) => method.Has(LibraryNames.LossAttribute) || method.Has(LibraryNames.EntryLossAttribute);

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

            // It names nothing, then: what does not fit half of it is no further problem.
            shape = null;
        }

        var (min, max) = BoundsOf(parameter);
        if (!(min <= max))
        {
            Invalid(string.Format(
                CultureInfo.InvariantCulture, "leaves nothing for '{0}': its elements shall be at least {1} and at most {2}; give a Min that is not above Max", parameter.Name, min, max));
        }

        foreach (var number in new[] { min, max, DefaultOf(parameter) ?? 0 }.Where(n => FloatRange.InFloat(n) is not null))
        {
            diagnostics.Add(Diagnostic.Create(OutOfFloatRange.Rule, parameter.Locations[0], number.ToString("R", CultureInfo.InvariantCulture), FloatRange.InFloat(number)));
        }

        string? Argument(int place) => shape?.ConstructorArguments.ElementAtOrDefault(place).Value is string { Length: > 0 } name ? name : null;
        return new(Identifier.Escaped(parameter.Name), kind.Value, isFactor, Argument(0), Argument(1)) { Min = min, Max = max, Default = DefaultOf(parameter) };
    }

    /// <summary>The default value of a parameter, if it has one and is a number.</summary>
    public static double? DefaultOf(IParameterSymbol parameter) => parameter is { HasExplicitDefaultValue: true, ExplicitDefaultValue: double value } ? value : null;

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
}
