using AutoGradMf.Generators.Emission;
using Microsoft.CodeAnalysis;

namespace AutoGradMf.Generators.Parsing;

/// <summary>The form of a method that declares its derivatives: generated code calls it with numbers and by its full name, and gives it as a delegate.</summary>
internal static class FunctionForm
{
    /// <summary>Lanes map functions of so many numbers; those of the library have forms for lanes.</summary>
    private const int MostParameters = 3;

    /// <summary>Why generated code could not call a method, as what follows its name; null if it can.</summary>
    public static string? ProblemOf(IMethodSymbol method) => method switch
    {
        { MethodKind: MethodKind.LocalFunction } => "is a local function, which generated code cannot call; make it a static method",
        { MethodKind: not MethodKind.Ordinary } => "is no ordinary method; make it a static method",
        { IsStatic: false } => "belongs to an object, and a function depends on its parameters alone; make it static",
        { IsAbstract: true } or { IsVirtual: true } => "may be another in each type that implements it; give it one body",
        { IsGenericMethod: true } => "is generic; write it in double, and generated code takes it for float, too",
        _ when LossParser.Around(method).FirstOrDefault(type => type.Arity > 0) is { } generic =>
            $"stands in '{generic.Name}', which has type parameters; move it to a type without",
        _ when LossParser.Around(method).Any(type => !type.CanBeReferencedByName) => "is a member of an extension; make it a static method of the class around it",
        { Parameters.Length: > MostParameters } when !method.ContainingType.Is(LibraryNames.LossMath) => $"has {method.Parameters.Length} parameters; a function has {MostParameters} at most",
        _ when method.Parameters.FirstOrDefault(p => !IsDouble(p.Type) || p.RefKind != RefKind.None) is { } other =>
            $"takes '{other.ToDisplayString(LossParser.AsDeclared)}'; each parameter is a double, by value",
        _ when !IsDouble(method.ReturnType) || method.RefKind != RefKind.None => $"returns {(method.RefKind == RefKind.None ? "" : "by reference ")}{method.ReturnType.ToDisplayString()}; a function returns a double",
        _ => null,
    };

    private static bool IsDouble(ITypeSymbol type) => type.SpecialType == SpecialType.System_Double;
}
