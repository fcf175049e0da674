using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AutoGradMf.Generators.Parsing;

/// <summary>Attributes by which the compiler tells something to those who use a member: that it is obsolete, or experimental.</summary>
internal static class CallerAttributes
{
    private const string Obsolete = "System.ObsoleteAttribute";
    private const string Experimental = "System.Diagnostics.CodeAnalysis.ExperimentalAttribute";

    /// <summary>Those of a method as code: what is generated calls the method, so the same holds of it.</summary>
    public static IEnumerable<string> Of(IMethodSymbol method) => method.GetAttributes().Where(IsForCallers).Select(attribute =>
    {
        var arguments = attribute.ConstructorArguments.Select(a => a.ToCSharpString()).Concat(attribute.NamedArguments.Select(a => $"{a.Key} = {a.Value.ToCSharpString()}"));
        return $"[{attribute.AttributeClass!.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)}({string.Join(", ", arguments)})]";
    });

    /// <summary>The compiler's names of what it says where a member is used.</summary>
    public static IEnumerable<string> WarningsOf(ISymbol member) => LossParser.Around(member).Prepend(member).Append(member.ContainingAssembly)
        .SelectMany(symbol => symbol.GetAttributes())
        .Where(IsForCallers)
        .SelectMany(attribute => attribute.AttributeClass.Is(Obsolete)
            ? attribute.NamedArguments.FirstOrDefault(a => a.Key == "DiagnosticId").Value.Value is string own ? [own] : ["CS0612", "CS0618"]
            : new[] { (string)attribute.ConstructorArguments[0].Value! });

    private static bool IsForCallers(AttributeData attribute) =>
        attribute.AttributeClass.Is(Obsolete)
        || (attribute.AttributeClass.Is(Experimental) && attribute.ConstructorArguments is [{ Value: string }]);
}
