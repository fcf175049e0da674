using AutoGradMf.Generators.Symbolics.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoGradMf.Generators.Parsing;

/// <summary>
/// Guards: statements that only throw, where sizes or hyperparameters are not as the loss wants them. They compute nothing, and stay in the method
/// that the user calls.
/// </summary>
internal sealed partial class BodyParser
{
    /// <summary><c>if (rank &lt; 1) throw …</c></summary>
    private bool IsGuard(IConditionalOperation conditional, Dictionary<ISymbol, LossNode?> values) =>
        Statements(conditional.WhenTrue) is [IThrowOperation] && IsApartFromFactors(conditional.Condition, values);

    /// <summary><c>ArgumentNullException.ThrowIfNull(U)</c> and its like.</summary>
    private bool IsGuard(IInvocationOperation call, Dictionary<ISymbol, LossNode?> values) =>
        call.TargetMethod is { ReturnsVoid: true, IsStatic: true, ContainingType: { } type } method
        && method.Name.StartsWith("ThrowIf", StringComparison.Ordinal) && IsException(type)
        && call.Arguments.All(argument => IsApartFromFactors(argument.Value, values));

    private bool IsException(ITypeSymbol? type) => type is not null
        && (SymbolEqualityComparer.Default.Equals(type, compilation.GetTypeByMetadataName("System.Exception")) || IsException(type.BaseType));

    /// <summary>Whether a value holds no number of a factor: of tensors nothing but their sizes, and whether they are there at all.</summary>
    private bool IsApartFromFactors(IOperation condition, Dictionary<ISymbol, LossNode?> values)
    {
        bool IsNumberApart(ISymbol symbol) => !values.TryGetValue(symbol, out var value) || value is null || !DependsOnFactor(value);
        return condition.DescendantsAndSelf().All(part => part switch
        {
            IPropertyReferenceOperation { Instance.Type: var type } property => !TensorTypes.IsTensor(type) || property.Property.Name is "Rows" or "Columns" or "Length",
            IInvocationOperation or IObjectCreationOperation or IAnonymousFunctionOperation => false,
            IParameterReferenceOperation { Parameter: var parameter } => TensorTypes.IsTensor(parameter.Type) || IsNumberApart(parameter),
            ILocalReferenceOperation { Local: var local } => TensorTypes.IsTensor(local.Type) || IsNumberApart(local),
            _ => true,
        });
    }
}
