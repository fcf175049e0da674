using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoGradMf.Generators.Parsing;

/// <summary>Dispatch: what a call of a virtual method runs is known only where nothing can override it.</summary>
internal sealed partial class BodyParser
{
    /// <summary>Whether a call may run another body than that of the method it names; of a property's getter and an operator too.</summary>
    private static bool MayBeOverridden(IMethodSymbol method, IOperation? receiver) =>
        (method.IsVirtual || method.IsAbstract || (method.IsOverride && !method.IsSealed)) && !IsOfKnownType(receiver);

    /// <summary>Whether a value is of its type and of none derived from it.</summary>
    private static bool IsOfKnownType(IOperation? receiver) =>
        receiver is IObjectCreationOperation or { Type: INamedTypeSymbol { IsSealed: true } };
}
