using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoGradMf.Generators.Parsing;

/// <summary>Conditions on numbers: each becomes selections between the values of its two outcomes.</summary>
internal sealed partial class BodyParser
{
    private LossNode? ParseConditional(IConditionalOperation conditional, Dictionary<ISymbol, LossNode?> values)
    {
        var condition = ParseCondition(conditional, values);
        if (condition?.IsKnown is { } holds)
        {
            return Outcome(holds ? conditional.WhenTrue : conditional.WhenFalse, values);
        }

        var (yes, no) = (Outcome(conditional.WhenTrue, values), Outcome(conditional.WhenFalse, values));
        return Select(conditional, condition, yes, no) ?? Unknown(conditional, [yes, no]);
    }

    /// <summary>One of two outcomes; null if one cannot be read, or nothing that is computed is either of them, which is then noted.</summary>
    private LossNode? Select(IOperation choice, ConditionNode? condition, LossNode? yes, LossNode? no) => condition is null || yes is null || no is null ? null
        : yes is ThrowNode || no is ThrowNode ? WithoutThrow(condition, yes, no)
        : condition.Select(yes, no) is { } chosen ? At(choice, chosen, yes, no)
        : Unsupported(HeaderOf(choice.Syntax), FirstLine(choice.Syntax), "which of these it is depends on numbers, so both must be numbers, or the same number of them");

    /// <summary>What is chosen, with its place, where it is a choice of its own.</summary>
    private LossNode At(IOperation choice, LossNode chosen, LossNode yes, LossNode no) =>
        chosen is CallNode call && !ReferenceEquals(call, yes) && !ReferenceEquals(call, no) ? new CallNode(Node(choice), call.Kind, call.Function, call.Arguments) : chosen;

    private LossNode? ParseSwitch(ISwitchExpressionOperation select, Dictionary<ISymbol, LossNode?> values)
    {
        var input = Parse(select.Value, values);
        var cases = new List<(ConditionNode? Matches, LossNode? Outcome)>();
        foreach (var arm in select.Arms)
        {
            var matches = input is null ? null : ParseArm(arm, input, values);
            if (IsLast(arm, select))
            {
                matches = ConditionNode.Of(true);
            }

            // An arm that cannot be reached is not read.
            if (matches?.IsKnown != false)
            {
                cases.Add((matches, Outcome(arm.Value, values)));
            }

            if (matches?.IsKnown == true)
            {
                return Select(select, cases) ?? Unknown(select, cases.Select(c => c.Outcome));
            }
        }

        Unsupported(select.Syntax.GetLocation(), FirstLine(select.Syntax), "end the switch in a discard, _ =>");
        return Unknown(select, cases.Select(c => c.Outcome));
    }

    /// <summary>One of several outcomes, of the kind that they have: what throws has none.</summary>
    private UnknownNode? UnknownOutcome(IOperation choice, IReadOnlyList<LossNode?> outcomes) =>
        Unknown(choice, outcomes.FirstOrDefault(o => o is not (null or ThrowNode))?.Kind, outcomes);

    /// <summary>The outcome of the first case that matches; the last one takes whatever those before it leave.</summary>
    private LossNode? Select(IOperation select, IEnumerable<(ConditionNode? Matches, LossNode? Outcome)> cases) =>
        cases.Reverse().Aggregate((all, one) => (one.Matches, Select(select, one.Matches, one.Outcome, all.Outcome))).Outcome;

    /// <summary>A switch statement of which each case returns; what no case takes goes on with what follows.</summary>
    private LossNode? ParseSwitch(ISwitchOperation select, IReadOnlyList<IOperation> following, Dictionary<ISymbol, LossNode?> values)
    {
        var input = Parse(select.Value, values);
        var otherwise = select.Cases.FirstOrDefault(c => c.Clauses.Any(clause => clause is IDefaultCaseClauseOperation));
        var cases = new List<(ConditionNode? Matches, LossNode? Outcome)>();
        foreach (var @case in select.Cases.Where(c => !ReferenceEquals(c, otherwise)))
        {
            var inner = With(values, []);
            var matches = input is null ? null : @case.Clauses.Select(clause => ParseClause(clause, input, inner)).ToList().Aggregate(Either);
            if (matches?.IsKnown != false)
            {
                cases.Add((matches, ParseStatements(@case.Body, 0, inner)));
            }

            if (matches?.IsKnown == true)
            {
                break;
            }
        }

        if (cases.Count == 0 || cases[^1].Matches?.IsKnown != true)
        {
            cases.Add((ConditionNode.Of(true), ParseStatements(otherwise?.Body ?? following, 0, With(values, []))));
        }

        var outcomes = cases.Select(c => c.Outcome).ToList();
        return Select(select, cases) ?? UnknownOutcome(select, outcomes);
    }

    private ConditionNode? ParseClause(ICaseClauseOperation clause, LossNode input, Dictionary<ISymbol, LossNode?> values) => clause switch
    {
        ISingleValueCaseClauseOperation single => Parse(single.Value, values) is { } value ? Compare(BinaryOperatorKind.Equals, input, value) ?? IsNoComparison(single) : null,
        IPatternCaseClauseOperation pattern => Guarded(ParsePattern(pattern.Pattern, input, values), pattern.Guard, values),
        _ => IsNoComparison(clause),
    };

    private ConditionNode? Guarded(ConditionNode? matches, IOperation? guard, Dictionary<ISymbol, LossNode?> values) =>
        guard is null ? matches : Both(matches, ParseCondition(guard, values));

    /// <summary>Whether an arm takes whatever the arms before it leave.</summary>
    private static bool IsLast(ISwitchExpressionArmOperation arm, ISwitchExpressionOperation select) =>
        arm.Guard is null && (arm.Pattern is IDiscardPatternOperation or IDeclarationPatternOperation { MatchesNull: true } || (select.IsExhaustive && arm == select.Arms[^1]));

    /// <summary>Whether an arm is taken: its pattern matches, and its guard holds.</summary>
    private ConditionNode? ParseArm(ISwitchExpressionArmOperation arm, LossNode input, Dictionary<ISymbol, LossNode?> values) =>
        Guarded(ParsePattern(arm.Pattern, input, values), arm.Guard, values);

    private ConditionNode? ParseCondition(IOperation condition, Dictionary<ISymbol, LossNode?> values) => Parse(condition, values) as ConditionNode;

    /// <summary>What is true or false by itself, and not by its name, its parts or its body.</summary>
    private ConditionNode? ReadCondition(IOperation condition, Dictionary<ISymbol, LossNode?> values)
    {
        switch (condition)
        {
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not:
                return ParseCondition(not.Operand, values)?.Not();
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.And } and:
                return Both(ParseCondition(and.LeftOperand, values), ParseCondition(and.RightOperand, values));
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr or BinaryOperatorKind.Or } or:
                return Either(ParseCondition(or.LeftOperand, values), ParseCondition(or.RightOperand, values));
            case IBinaryOperation binary:
                var (left, right) = (Parse(binary.LeftOperand, values), Parse(binary.RightOperand, values));
                return left is null || right is null ? null : Compare(binary.OperatorKind, left, right) ?? IsNoComparison(binary);
            case IIsPatternOperation pattern:
                return Parse(pattern.Value, values) is { } input ? ParsePattern(pattern.Pattern, input, values) : null;
            default:
                return IsNoComparison(condition);
        }
    }

    private ConditionNode? IsNoComparison(IOperation condition)
    {
        Unsupported(condition.Syntax.GetLocation(), FirstLine(condition.Syntax), "a condition compares numbers");
        return null;
    }

    /// <summary>Whether a pattern matches; the locals that it declares become values.</summary>
    private ConditionNode? ParsePattern(IPatternOperation pattern, LossNode input, Dictionary<ISymbol, LossNode?> values)
    {
        using var level = Deeper();
        LossNode? Of(IOperation operation) => Parse(operation, new(SymbolEqualityComparer.Default));
        ConditionNode Named(ISymbol? whole)
        {
            if (whole is not null)
            {
                values[whole] = input;
            }

            return ConditionNode.Of(true);
        }

        switch (pattern)
        {
            case IDiscardPatternOperation:
                return ConditionNode.Of(true);
            case IDeclarationPatternOperation declaration when declaration.MatchesNull || TensorTypes.IsDouble(declaration.NarrowedType, _typeArguments):
                return Named(declaration.DeclaredSymbol);
            case ITypePatternOperation type when TensorTypes.IsDouble(type.MatchedType, _typeArguments):
                return ConditionNode.Of(true);
            case IRecursivePatternOperation { DeconstructionSubpatterns: [], PropertySubpatterns: [] } present when SymbolEqualityComparer.Default.Equals(present.NarrowedType, present.InputType):
                // What a loss has is never null.
                return Named(present.DeclaredSymbol);
            case IRelationalPatternOperation relational when Of(relational.Value) is { } bound:
                return Compare(relational.OperatorKind, input, bound);
            case IConstantPatternOperation constant when Of(constant.Value) is not (null or NumberNode { Value: double.NaN }) and var equal && Compare(BinaryOperatorKind.Equals, input, equal) is { } equals:
                return equals;
            case IRecursivePatternOperation parts when input is PackNode members
                && parts.DeconstructionSubpatterns.Select((part, place) => (Pattern: part, Value: members[place]))
                    .Concat(parts.PropertySubpatterns.Select(part => (part.Pattern, Value: part.Member is IMemberReferenceOperation { Member.Name: var name } ? members[name] : null)))
                    .ToList() is var matched && matched.All(part => part.Value is not null):
                return matched.Select(part => ParsePattern(part.Pattern, part.Value!, values)).Aggregate((ConditionNode?)Named(parts.DeclaredSymbol), Both);
            case INegatedPatternOperation negated:
                return ParsePattern(negated.Pattern, input, values)?.Not();
            case IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.And } and:
                return Both(ParsePattern(and.LeftPattern, input, values), ParsePattern(and.RightPattern, input, values));
            case IBinaryPatternOperation or:
                return Either(ParsePattern(or.LeftPattern, input, values), ParsePattern(or.RightPattern, input, values));
            default:
                Unsupported(pattern.Syntax.GetLocation(), FirstLine(pattern.Syntax), "a pattern compares with numbers");
                return null;
        }
    }

    private static ConditionNode? Both(ConditionNode? a, ConditionNode? b) => a is null || b is null ? null : a.And(b);

    private static ConditionNode? Either(ConditionNode? a, ConditionNode? b) => a is null || b is null ? null : a.Or(b);

    /// <summary>A comparison of numbers, or of conditions; one of constants, such as options of a helper, is known.</summary>
    private static ConditionNode? Compare(BinaryOperatorKind kind, LossNode left, LossNode right) => (kind, left, right) switch
    {
        (BinaryOperatorKind.Equals, ConditionNode a, ConditionNode b) => a.Xor(b).Not(),
        (BinaryOperatorKind.NotEquals or BinaryOperatorKind.ExclusiveOr, ConditionNode a, ConditionNode b) => a.Xor(b),
        (BinaryOperatorKind.NotEquals, _, _) => Compare(BinaryOperatorKind.Equals, left, right)?.Not(),
        (BinaryOperatorKind.GreaterThan, _, _) => Compare(BinaryOperatorKind.LessThan, right, left),
        (BinaryOperatorKind.GreaterThanOrEqual, _, _) => Compare(BinaryOperatorKind.LessThanOrEqual, right, left),
        (BinaryOperatorKind.Equals, OptionNode a, OptionNode b) => ConditionNode.Of(Equals(a.Value, b.Value)),
        (BinaryOperatorKind.Equals, _, OptionNode { Value: null }) or (BinaryOperatorKind.Equals, OptionNode { Value: null }, _) => ConditionNode.Of(false),
        (_, ReadingNode or { Kind: not TensorKind.Scalar }, _) or (_, _, ReadingNode or { Kind: not TensorKind.Scalar }) => null,
        (BinaryOperatorKind.Equals, NumberNode a, NumberNode b) => ConditionNode.Of(a.Value == b.Value),
        (BinaryOperatorKind.LessThan, NumberNode a, NumberNode b) => ConditionNode.Of(a.Value < b.Value),
        (BinaryOperatorKind.LessThanOrEqual, NumberNode a, NumberNode b) => ConditionNode.Of(a.Value <= b.Value),
        (BinaryOperatorKind.LessThan, _, _) => Comparison(Operators.IfLess, left, right),
        (BinaryOperatorKind.LessThanOrEqual, _, _) => Comparison(Operators.IfLessOrEqual, left, right),
        (BinaryOperatorKind.Equals, _, _) => Comparison(Operators.IfLessOrEqual, left, right).And(Comparison(Operators.IfLessOrEqual, right, left)),
        _ => null,
    };

    private static ConditionNode Comparison(string function, LossNode left, LossNode right) => new((yes, no) =>
    {
        SymbolicBudget.Spend(4);
        return new CallNode(left.Node, KindOf(yes, no), function, new([left, right, yes, no]));
    });

    /// <summary>What one of two values is; a sparse matrix is a matrix, too.</summary>
    private static TensorKind KindOf(LossNode yes, LossNode no) => yes.Kind is TensorKind.SparseMatrix or TensorKind.Scalar ? no.Kind : yes.Kind;
}
