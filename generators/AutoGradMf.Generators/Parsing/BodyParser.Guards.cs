using AutoGradMf.Generators.Symbolics.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoGradMf.Generators.Parsing;

/// <summary>
/// Guards: statements and outcomes that throw, where sizes or hyperparameters are not as the loss wants them. They compute nothing, and stay in the method
/// that the user calls.
/// </summary>
internal sealed partial class BodyParser
{
    /// <summary>What is chosen where one of two outcomes throws: the other one, if no factor decides.</summary>
    private LossNode? WithoutThrow(ConditionNode condition, LossNode yes, LossNode no) => condition.IsKnown is { } holds ? holds ? yes : no
        : yes is not ThrowNode guard ? WithoutThrow(condition.Not(), no, yes)
        : no is ThrowNode || !DependsOnFactor(condition) ? no
        : Unsupported(guard, AdviceOn(guard.Throw));

    /// <summary>An outcome where a value is asked for; one that throws, whatever the hyperparameters are, is noted.</summary>
    private LossNode? Value(LossNode? outcome) =>
        outcome is ThrowNode thrown ? Unsupported(thrown, "whatever the hyperparameters are, it is thrown, and the loss has no value") : outcome;

    private LossNode? Unsupported(ThrowNode thrown, string advice) => Unsupported(thrown.Throw.Syntax.GetLocation(), FirstLine(thrown.Throw.Syntax), advice);

    /// <summary>The condition of a choice; that of a guard may be of what a loss cannot compute with, such as whole numbers, and then lets pass.</summary>
    private ConditionNode? ParseCondition(IConditionalOperation choice, Dictionary<ISymbol, LossNode?> values)
    {
        bool Throws(IOperation? outcome) => Statements(outcome) is [IThrowOperation or IConversionOperation { Operand: IThrowOperation }];
        return (Throws(choice.WhenTrue) || Throws(choice.WhenFalse)) && IsApartFromFactors(choice.Condition, values)
            ? Tried(() => ParseCondition(choice.Condition, values)) ?? ConditionNode.Of(!Throws(choice.WhenTrue))
            : ParseCondition(choice.Condition, values);
    }

    /// <summary><c>weights ?? throw …</c></summary>
    private LossNode? ParseGuard(ICoalesceOperation guard, Dictionary<ISymbol, LossNode?> values) =>
        Parse(guard.Value, values) is var value and not OptionNode { Value: null } ? value : Outcome(guard.WhenNull, values);

    /// <summary><c>ArgumentNullException.ThrowIfNull(U)</c>, <c>Debug.Assert(reg >= 0)</c> and their like.</summary>
    private bool IsGuard(IInvocationOperation call, Dictionary<ISymbol, LossNode?> values) =>
        (call.TargetMethod is { Name: "Assert", ContainingType: var assertions } && (assertions.Is("System.Diagnostics.Debug") || assertions.Is("System.Diagnostics.Trace"))
            && call.Arguments.Where(argument => argument.Parameter?.Type.SpecialType == SpecialType.System_Boolean).All(argument => IsApartFromFactors(argument.Value, values)))
        || IsGuardOfException(call, values);

    private bool IsGuardOfException(IInvocationOperation call, Dictionary<ISymbol, LossNode?> values) =>
        call.TargetMethod is { ReturnsVoid: true, IsStatic: true, ContainingType: { } type } method
        && method.Name.StartsWith("ThrowIf", StringComparison.Ordinal) && IsException(type)
        && call.Arguments.All(argument => IsInput(argument) && IsApartFromFactors(argument.Value, values));

    private bool IsException(ITypeSymbol? type) => type is not null
        && (SymbolEqualityComparer.Default.Equals(type, compilation.GetTypeByMetadataName("System.Exception")) || IsException(type.BaseType));

    /// <summary>Whether a value holds no number of a factor: of tensors nothing but their sizes, and whether they are there at all.</summary>
    private bool IsApartFromFactors(IOperation condition, Dictionary<ISymbol, LossNode?> values)
    {
        bool IsNumberApart(ISymbol symbol) => !values.TryGetValue(symbol, out var value) || value is null || !DependsOnFactor(value);
        return condition.DescendantsAndSelf().All(part => part switch
        {
            IPropertyReferenceOperation { Instance.Type: var type, Property.Name: var name } =>
                !TensorTypes.IsTensor(type) || name is "Rows" or "Columns" or "Length",
            // What a static method is given is read below; that it gets no tensor is enough.
            IInvocationOperation { Instance: null, TargetMethod.MethodKind: MethodKind.Ordinary } call =>
                call.Arguments.All(argument => IsInput(argument) && IsTruthNumberOrText(argument.Value.Type)),
            IInvocationOperation or IObjectCreationOperation or IAnonymousFunctionOperation => false,
            IAssignmentOperation or IIncrementOrDecrementOperation => false,
            IParameterReferenceOperation { Parameter: var parameter } => TensorTypes.IsTensor(parameter.Type) || IsNumberApart(parameter),
            ILocalReferenceOperation { Local: var local } => TensorTypes.IsTensor(local.Type) || IsNumberApart(local),
            _ => true,
        });
    }

    /// <summary>Whether a method only reads what it is given.</summary>
    public static bool IsInput(IArgumentOperation argument) =>
        argument.Parameter?.RefKind is RefKind.None or RefKind.In;

    /// <summary>Whether a value is a bool, a char, a number or a string: objects, arrays and collections may hold a factor.</summary>
    private static bool IsTruthNumberOrText(ITypeSymbol? type) =>
        type?.SpecialType is >= SpecialType.System_Boolean and <= SpecialType.System_String;
}
