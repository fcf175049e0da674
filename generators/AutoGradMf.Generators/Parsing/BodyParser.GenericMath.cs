using AutoGradMf.Generators.Symbolics.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoGradMf.Generators.Parsing;

/// <summary>Generic math: what <c>T.Exp(x)</c>, <c>T.One</c> and <c>T.CreateChecked(2)</c> are where T is double.</summary>
internal sealed partial class BodyParser
{
    private static readonly Dictionary<string, double> GenericConstants = new(StringComparer.Ordinal)
    {
        ["Zero"] = 0, ["One"] = 1, ["NegativeOne"] = -1, ["AdditiveIdentity"] = 0, ["MultiplicativeIdentity"] = 1, ["Pi"] = Math.PI, ["E"] = Math.E, ["Tau"] = 2 * Math.PI,
    };

    /// <summary>Whether a static member of an interface is that of double.</summary>
    private bool IsOfDouble(ISymbol member) =>
        member is { IsStatic: true, ContainingType: { TypeKind: TypeKind.Interface, TypeArguments: [var self, ..] } type }
        && type.ContainingNamespace.ToDisplayString() == "System.Numerics" && TensorTypes.IsDouble(self, _typeArguments);

    /// <summary>The function of double that a call of an interface's is; the method itself, if it is none such.</summary>
    /// <param name="method">What is called.</param>
    /// <param name="target">The same with its type arguments.</param>
    private IMethodSymbol OfDouble(IMethodSymbol method, IMethodSymbol target) => !IsOfDouble(target) ? method : compilation.GetSpecialType(SpecialType.System_Double)
        .GetMembers(method.Name).OfType<IMethodSymbol>()
        .FirstOrDefault(m => m.Parameters.Length == method.Parameters.Length && m.Parameters.All(p => p.Type.SpecialType == SpecialType.System_Double)) ?? method;

    /// <summary>A constant that an interface asks of each number.</summary>
    private NumberNode? ParseGenericConstant(IPropertyReferenceOperation property) =>
        IsOfDouble(property.Property) && GenericConstants.TryGetValue(property.Property.Name, out var value) ? new(Node(property), value) : null;

    /// <summary>Whether a call makes the number of another type.</summary>
    private bool IsCreation(IMethodSymbol method) =>
        method is { Name: "CreateChecked" or "CreateSaturating" or "CreateTruncating", Parameters.Length: 1 } && IsOfDouble(method);
}
