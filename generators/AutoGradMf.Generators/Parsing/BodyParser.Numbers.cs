using AutoGradMf.Generators.Diagnostics;
using AutoGradMf.Generators.Symbolics.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoGradMf.Generators.Parsing;

/// <summary>Numbers that are no doubles: where they lose what a loss needs.</summary>
internal sealed partial class BodyParser
{
    /// <summary>A conversion that a loss cannot make; the operand may have problems of its own.</summary>
    private LossNode? ParseNarrowing(IConversionOperation conversion, Dictionary<ISymbol, LossNode?> values)
    {
        var operand = Parse(conversion.Operand, values);
        if (operand is null or UnknownNode)
        {
            return operand;
        }

        var text = FirstLine(conversion.Syntax);
        return TensorTypes.IsOtherPrecision(conversion.Type) ? LeavesDouble(conversion)
            : TensorTypes.IsWhole(conversion.Type) && DependsOnFactor(operand) ? Report(DerivativeLost.Rule, conversion, text)
            : Unsupported(conversion.Syntax.GetLocation(), text, TensorTypes.IsWhole(conversion.Type)
                ? "a loss computes with doubles; pass what is converted as a parameter of its own"
                : AdviceOn(conversion));
    }

    private LossNode? LeavesDouble(IOperation operation) =>
        Report(MixedPrecision.Rule, operation, FirstLine(operation.Syntax), operation.Type!.ToDisplayString(), operation is IConversionOperation { IsImplicit: false } ? "drop the conversion" : "compute in double");

    /// <summary>Notes each constant division of whole numbers, such as 1/2, whose fraction C# drops; also where a constant is declared.</summary>
    private void NoteDroppedFractions(IOperation constant)
    {
        foreach (var declared in constant.DescendantsAndSelf().OfType<IFieldReferenceOperation>().Select(f => _initializers.InitializerOf(f.Field)).OfType<IOperation>())
        {
            NoteDroppedFractions(declared);
        }

        foreach (var division in constant.DescendantsAndSelf().OfType<IBinaryOperation>().Where(o => o.OperatorKind == BinaryOperatorKind.Divide && TensorTypes.IsWhole(o.Type)))
        {
            if (Whole(division.LeftOperand) is { } dividend && Whole(division.RightOperand) is { } divisor && divisor != 0 && dividend % divisor != 0)
            {
                Report(IntegerDivision.Rule, division, FirstLine(division.Syntax), Text(decimal.Truncate(dividend / divisor)), Text(decimal.Round(dividend / divisor, 6)));
            }
        }
    }

    private static decimal? Whole(IOperation operation) => operation.ConstantValue is { HasValue: true, Value: { } value } && TensorTypes.IsWhole(operation.Type)
        ? Convert.ToDecimal(value, System.Globalization.CultureInfo.InvariantCulture)
        : null;

    private static string Text(decimal number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Whether a value may follow a factor; an element of a lambda may.</summary>
    private bool DependsOnFactor(LossNode value) =>
        value.SelfAndDescendants().Any(part => part is PlaceholderNode || (part is ParameterNode parameter && _factors.Contains(parameter.Name)));
}
