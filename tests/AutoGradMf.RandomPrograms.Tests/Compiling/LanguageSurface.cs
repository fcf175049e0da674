using AutoGradMf.Generators.Symbolics.Translation.Language;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AutoGradMf.RandomPrograms.Tests.Compiling;

/// <summary>The members of the library that losses are written with, by the ids that documentation calls them by; each overload is one.</summary>
internal static class LanguageSurface
{
    private static readonly string[] Tensors = ["Matrix`1", "SparseMatrix`1", "ColumnVector`1", "RowVector`1"];

    /// <summary>All that a loss can be written with: what the library declares, and what of System.Math it has a name for.</summary>
    public static IReadOnlySet<string> Of(Compilation compilation)
    {
        var language = compilation.GetTypeByMetadataName(typeof(LossMath).FullName!)!;
        var methods = language.GetMembers().OfType<IMethodSymbol>().Where(m => m.DeclaredAccessibility == Accessibility.Public).ToArray();
        var withRules = methods.Where(m => m.GetAttributes().Any(a => a.AttributeClass?.Name == nameof(PartialAttribute))).Select(m => m.Name);
        var names = LossLanguage.FunctionNames.Concat(withRules).ToHashSet(StringComparer.Ordinal);
        var tensors = Tensors.SelectMany(name => compilation.GetTypeByMetadataName("AutoGradMf." + name)!.GetMembers()).Where(IsOfLosses);
        var aliases = language.ContainingAssembly.GetAttributes()
            .Where(a => a.AttributeClass?.Name == nameof(FunctionAliasAttribute))

            // Those of double are the same functions by the same table.
            .Where(a => a.ConstructorArguments[0].Value is INamedTypeSymbol { Name: nameof(Math) })
            .SelectMany(a => ((INamedTypeSymbol)a.ConstructorArguments[0].Value!).GetMembers((string)a.ConstructorArguments[1].Value!))
            .Where(m => m is IMethodSymbol method && method.Parameters.All(p => p.Type.SpecialType == SpecialType.System_Double) && !IsLogToBase(method));
        return methods.Where(m => names.Contains(m.Name)).Concat(tensors).Concat(aliases).Select(Id).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>What a method is written with.</summary>
    public static IEnumerable<string> UsedBy(MethodDeclarationSyntax method, SemanticModel semantics) =>
        ((IOperation?)semantics.GetOperation(method))?.Descendants().Select(Member).OfType<ISymbol>().Select(m => Id(m.OriginalDefinition)) ?? [];

    private static ISymbol? Member(IOperation operation) => operation switch
    {
        IInvocationOperation call => call.TargetMethod,
        IMethodReferenceOperation group => group.Method,
        IBinaryOperation binary => binary.OperatorMethod,
        IUnaryOperation unary => unary.OperatorMethod,
        IPropertyReferenceOperation property => property.Property,
        _ => null,
    };

    /// <summary>Operators, transposes and gathers.</summary>
    private static bool IsOfLosses(ISymbol member) => member switch
    {
        IMethodSymbol { MethodKind: MethodKind.UserDefinedOperator } => true,
        IPropertySymbol { Name: "T" } => true,
        IPropertySymbol { IsIndexer: true } indexer => indexer.Parameters is [{ Type.Name: nameof(IndexVector) }],
        _ => false,
    };

    private static bool IsLogToBase(IMethodSymbol method) => method is { Name: nameof(Math.Log), Parameters.Length: 2 };

    private static string Id(ISymbol member) => member.GetDocumentationCommentId()!;
}
