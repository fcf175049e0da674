using Microsoft.CodeAnalysis;

namespace AutoGradMf.Generators.Parsing;

/// <summary>Types that the one around a loss inherits under the names of generated ones, which then say that they are new.</summary>
internal static class HiddenTypes
{
    /// <summary>Those of the names generated for a loss that hide an inherited member. What is generated of a loss in a base is not to be seen yet.</summary>
    public static IEnumerable<string> Of(IMethodSymbol loss, Compilation compilation)
    {
        bool IsInherited(ISymbol member) => compilation.IsSymbolAccessibleWithin(member, loss.ContainingType);
        var bases = Bases(loss.ContainingType).ToList();
        var isAll = bases.SelectMany(type => type.GetMembers(loss.Name)).OfType<IMethodSymbol>().Any(m => LossParser.IsLoss(m) && IsInherited(m));
        return LossParser.GeneratedSuffixes
            .Select(suffix => loss.Name + suffix)
            .Where(name => isAll || bases.SelectMany(type => type.GetMembers(name)).Any(m => m is INamedTypeSymbol { Arity: 1 } or IMethodSymbol { Arity: 1 } && IsInherited(m)));
    }

    private static IEnumerable<INamedTypeSymbol> Bases(INamedTypeSymbol type)
    {
        for (var at = type.BaseType; at is not null; at = at.BaseType)
        {
            yield return at;
        }

        foreach (var inherited in type.TypeKind == TypeKind.Interface ? type.AllInterfaces : [])
        {
            yield return inherited;
        }
    }
}
