using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoGradMf.Generators.Parsing;

/// <summary>Dispatch: what a call of a virtual method runs is known only where nothing can override it.</summary>
internal sealed partial class BodyParser
{
    /// <summary>Whether a call may run another body than that of the method it names; of a property's getter and an operator too.</summary>
    /// <param name="method">The method, or the implementation of it where its type is known.</param>
    /// <param name="receiver">What it is called on.</param>
    /// <param name="parameter">The type parameter that a static member of an interface is called on.</param>
    private bool MayBeOverridden(IMethodSymbol method, IOperation? receiver, ITypeSymbol? parameter) =>
        (method.IsVirtual || method.IsAbstract || (method.IsOverride && !method.IsSealed)) && !IsOfKnownType(receiver)
        && !(method.IsStatic && !method.IsAbstract && parameter is not null && _typesFor.TryGetValue(parameter, out var type) && type.TypeKind is TypeKind.Class or TypeKind.Struct);

    /// <summary>The type parameter that a static member of an interface is called on; null of other members.</summary>
    private static ITypeSymbol? ConstrainedTo(IOperation call) => call switch
    {
        IInvocationOperation invocation => invocation.ConstrainedToType,
        IPropertyReferenceOperation property => property.ConstrainedToType,
        IMethodReferenceOperation method => method.ConstrainedToType,
        _ => null,
    };

    /// <summary>The types that type parameters stand for here.</summary>
    private readonly Dictionary<ITypeSymbol, ITypeSymbol> _typesFor = new(TypeParameters.ByPlace);

    /// <summary>What a member of an interface is in the type that a type parameter stands for; the member itself, where that is not known.</summary>
    private TMember Implementation<TMember>(TMember member, ITypeSymbol? parameter)
        where TMember : class, ISymbol
    {
        if (parameter is null || member.ContainingType?.TypeKind != TypeKind.Interface || !_typesFor.TryGetValue(parameter, out var type) || IsOfDouble(member)
            || !(member.IsStatic || type.IsValueType || type.IsSealed))
        {
            return member;
        }

        var declared = type.AllInterfaces.SelectMany(i => i.GetMembers(member.Name)).FirstOrDefault(m => SymbolEqualityComparer.Default.Equals(m.OriginalDefinition, member.OriginalDefinition));
        return declared is null ? member : type.FindImplementationForInterfaceMember(declared) switch
        {
            IMethodSymbol { IsGenericMethod: true } method when member is IMethodSymbol called => method.Construct([.. called.TypeArguments]) as TMember ?? member,
            TMember found => found,
            _ => member,
        };
    }

    /// <summary>Whether a value is of its type and of none derived from it.</summary>
    private static bool IsOfKnownType(IOperation? receiver) =>
        receiver is IObjectCreationOperation or { Type: INamedTypeSymbol { IsSealed: true } };
}
