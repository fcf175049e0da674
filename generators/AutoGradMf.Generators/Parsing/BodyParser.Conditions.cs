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
        var value = Parse(select.Value, values);
        var outcomes = new List<LossNode?>();
        LossNode? result = null;
        foreach (var arm in select.Arms.Reverse())
        {
            var outcome = Parse(arm.Value, values);
            outcomes.Add(outcome);
            if (arm is { Pattern: IDiscardPatternOperation, Guard: null })
            {
                result = outcome;
            }
            else
            {
                var matches = value is null ? null : ParseArm(arm, value, values);
                result = matches is null || outcome is null || result is null ? null : matches(outcome, result);
            }
        }

        if (!select.Arms.Any(a => a is { Pattern: IDiscardPatternOperation, Guard: null }))
        {
            Unsupported(select.Syntax.GetLocation(), FirstLine(select.Syntax), "end the switch in a discard, _ =>");
        }

        return result ?? Unknown(select, outcomes);
    }

    /// <summary>Whether an arm is taken: its pattern matches, and its guard holds.</summary>
    private Func<LossNode, LossNode, LossNode>? ParseArm(ISwitchExpressionArmOperation arm, LossNode value, Dictionary<ISymbol, LossNode?> values)
    {
        var matches = arm.Pattern is IDiscardPatternOperation ? (yes, _) => yes : ParsePattern(arm.Pattern, value);
        return arm.Guard is null ? matches : Both(matches, ParseCondition(arm.Guard, values));
    }

    /// <summary>A condition, as the choice that it makes between two values; null if it cannot be read.</summary>
    private Func<LossNode, LossNode, LossNode>? ParseCondition(IOperation condition, Dictionary<ISymbol, LossNode?> values)
    {
        switch (condition)
        {
            case { ConstantValue: { HasValue: true, Value: bool fixedValue } }:
                return (yes, no) => fixedValue ? yes : no;
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
            case IIsPatternOperation pattern when Parse(pattern.Value, values) is { } value:
                return ParsePattern(pattern.Pattern, value);
            default:
                Unsupported(condition.Syntax.GetLocation(), FirstLine(condition.Syntax), "a condition compares numbers");
                return null;
        }
    }

    private Func<LossNode, LossNode, LossNode>? ParsePattern(IPatternOperation pattern, LossNode value)
    {
        LossNode? Of(IOperation operation) => Parse(operation, new(SymbolEqualityComparer.Default));
        switch (pattern)
        {
            case IRelationalPatternOperation relational when Of(relational.Value) is { } bound:
                return Compare(relational.OperatorKind, value, bound);
            case IConstantPatternOperation constant when Of(constant.Value) is { } equal:
                return Compare(BinaryOperatorKind.Equals, value, equal);
            case INegatedPatternOperation negated:
                return ParsePattern(negated.Pattern, value) is { } inner ? (yes, no) => inner(no, yes) : null;
            case IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.And } and:
                return Both(ParsePattern(and.LeftPattern, value), ParsePattern(and.RightPattern, value));
            case IBinaryPatternOperation or:
                return Either(ParsePattern(or.LeftPattern, value), ParsePattern(or.RightPattern, value));
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
