using AutoGradMf.Generators.Symbolics.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoGradMf.Generators.Parsing;

/// <summary>Conditions on numbers: each becomes selections between the values of its two outcomes.</summary>
internal sealed partial class BodyParser
{
    private LossNode? ParseConditional(IConditionalOperation conditional, Dictionary<ISymbol, LossNode?> values)
    {
        var (condition, yes, no) = (ParseCondition(conditional.Condition, values), Parse(conditional.WhenTrue, values), Parse(conditional.WhenFalse, values));
        return condition is null || yes is null || no is null ? Unknown(conditional, [yes, no]) : condition(yes, no);
    }

    private LossNode? ParseSwitch(ISwitchExpressionOperation select, Dictionary<ISymbol, LossNode?> values)
    {
        var input = ParseInput(select.Value, values);
        var outcomes = new List<LossNode?>();
        LossNode? result = null;
        foreach (var arm in select.Arms.Reverse())
        {
            var matches = input is null ? null : ParseArm(arm, input, values);
            var outcome = Parse(arm.Value, values);
            outcomes.Add(outcome);
            result = IsLast(arm) ? outcome
                : matches is null || outcome is null || result is null ? null
                : matches(outcome, result);
        }

        if (!select.Arms.Any(IsLast))
        {
            Unsupported(select.Syntax.GetLocation(), FirstLine(select.Syntax), "end the switch in a discard, _ =>");
        }

        return result ?? Unknown(select, outcomes);
    }

    /// <summary>Whether an arm takes whatever the arms before it leave.</summary>
    private static bool IsLast(ISwitchExpressionArmOperation arm) =>
        arm is { Guard: null, Pattern: IDiscardPatternOperation or IDeclarationPatternOperation { MatchesNull: true } };

    /// <summary>Whether an arm is taken: its pattern matches, and its guard holds.</summary>
    private Func<LossNode, LossNode, LossNode>? ParseArm(ISwitchExpressionArmOperation arm, LossNode[] input, Dictionary<ISymbol, LossNode?> values)
    {
        var matches = ParsePattern(arm.Pattern, input, values);
        return arm.Guard is null ? matches : Both(matches, ParseCondition(arm.Guard, values));
    }

    /// <summary>What patterns are matched with: a number, or each of a tuple; null if one cannot be read.</summary>
    private LossNode[]? ParseInput(IOperation value, Dictionary<ISymbol, LossNode?> values)
    {
        var parts = (value is ITupleOperation tuple ? tuple.Elements : [value]).Select(part => Parse(part, values)).ToArray();
        return parts.Contains(null) ? null : [.. parts.OfType<LossNode>()];
    }

    /// <summary>The value of a flag that does not change between evaluations: a constant, or an option that a helper is called with.</summary>
    private bool? FlagOf(IOperation operation) => operation switch
    {
        { ConstantValue: { HasValue: true, Value: bool constant } } => constant,
        IParameterReferenceOperation p when _flags.TryGetValue(p.Parameter, out var flag) => flag,
        IFieldReferenceOperation { Field: { IsStatic: true, IsReadOnly: true } field } when InitializerOf(field) is { } initializer && !IsSetInStaticConstructor(field) => FlagOf(initializer),
        _ => null,
    };

    /// <summary>A condition, as the choice that it makes between two values; null if it cannot be read.</summary>
    private Func<LossNode, LossNode, LossNode>? ParseCondition(IOperation condition, Dictionary<ISymbol, LossNode?> values)
    {
        switch (condition)
        {
            case var flag when FlagOf(flag) is { } isSet:
                return (yes, no) => isSet ? yes : no;
            case IParenthesizedOperation p:
                return ParseCondition(p.Operand, values);
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not:
                return ParseCondition(not.Operand, values) is { } negated ? (yes, no) => negated(no, yes) : null;
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } and:
                return Both(ParseCondition(and.LeftOperand, values), ParseCondition(and.RightOperand, values));
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr } or:
                return Either(ParseCondition(or.LeftOperand, values), ParseCondition(or.RightOperand, values));
            case IBinaryOperation { OperatorKind: >= BinaryOperatorKind.Equals and <= BinaryOperatorKind.GreaterThan } comparison:
                var (left, right) = (Parse(comparison.LeftOperand, values), Parse(comparison.RightOperand, values));
                return left is null || right is null ? null : Compare(comparison.OperatorKind, left, right);
            case IIsPatternOperation pattern:
                return ParseInput(pattern.Value, values) is { } input ? ParsePattern(pattern.Pattern, input, values) : null;
            default:
                Unsupported(condition.Syntax.GetLocation(), FirstLine(condition.Syntax), "a condition compares numbers");
                return null;
        }
    }

    /// <summary>Whether a pattern matches; the locals that it declares become values.</summary>
    private Func<LossNode, LossNode, LossNode>? ParsePattern(IPatternOperation pattern, LossNode[] input, Dictionary<ISymbol, LossNode?> values)
    {
        LossNode? Of(IOperation operation) => Parse(operation, new(SymbolEqualityComparer.Default));
        switch (pattern)
        {
            case IDiscardPatternOperation:
                return (yes, _) => yes;
            case IDeclarationPatternOperation declaration when input is [var value] && TensorTypes.IsDouble(declaration.NarrowedType, _typeArguments):
                if (declaration.DeclaredSymbol is { } local)
                {
                    values[local] = value;
                }

                return (yes, _) => yes;
            case IRelationalPatternOperation relational when input is [var value] && Of(relational.Value) is { } bound:
                return Compare(relational.OperatorKind, value, bound);
            case IConstantPatternOperation constant when input is [var value] && Of(constant.Value) is { } equal:
                return Compare(BinaryOperatorKind.Equals, value, equal);
            case IRecursivePatternOperation { PropertySubpatterns: [], DeconstructionSubpatterns: var parts } when parts.Length == input.Length:
                return parts.Select((part, place) => ParsePattern(part, [input[place]], values)).ToList().Aggregate(Both);
            case INegatedPatternOperation negated:
                return ParsePattern(negated.Pattern, input, values) is { } inner ? (yes, no) => inner(no, yes) : null;
            case IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.And } and:
                return Both(ParsePattern(and.LeftPattern, input, values), ParsePattern(and.RightPattern, input, values));
            case IBinaryPatternOperation or:
                return Either(ParsePattern(or.LeftPattern, input, values), ParsePattern(or.RightPattern, input, values));
            default:
                Unsupported(pattern.Syntax.GetLocation(), FirstLine(pattern.Syntax), "a pattern compares with numbers");
                return null;
        }
    }

    private static Func<LossNode, LossNode, LossNode>? Both(Func<LossNode, LossNode, LossNode>? a, Func<LossNode, LossNode, LossNode>? b) =>
        a is null || b is null ? null : (yes, no) => a(b(yes, no), no);

    private static Func<LossNode, LossNode, LossNode>? Either(Func<LossNode, LossNode, LossNode>? a, Func<LossNode, LossNode, LossNode>? b) =>
        a is null || b is null ? null : (yes, no) => a(yes, b(yes, no));

    private static Func<LossNode, LossNode, LossNode>? Compare(BinaryOperatorKind kind, LossNode left, LossNode right)
    {
        CallNode Select(string function, LossNode a, LossNode b, LossNode yes, LossNode no) =>
            new(left.Node, TensorKind.Scalar, function, new([a, b, yes, no]));
        CallNode Equal(LossNode yes, LossNode no) =>
            Select(Operators.IfLessOrEqual, left, right, Select(Operators.IfLessOrEqual, right, left, yes, no), no);
        return kind switch
        {
            BinaryOperatorKind.LessThan => (yes, no) => Select(Operators.IfLess, left, right, yes, no),
            BinaryOperatorKind.GreaterThan => (yes, no) => Select(Operators.IfLess, right, left, yes, no),
            BinaryOperatorKind.LessThanOrEqual => (yes, no) => Select(Operators.IfLessOrEqual, left, right, yes, no),
            BinaryOperatorKind.GreaterThanOrEqual => (yes, no) => Select(Operators.IfLessOrEqual, right, left, yes, no),
            BinaryOperatorKind.Equals => Equal,
            BinaryOperatorKind.NotEquals => (yes, no) => Equal(no, yes),
            _ => null,
        };
    }
}
