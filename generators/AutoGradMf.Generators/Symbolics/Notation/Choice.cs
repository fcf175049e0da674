using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;

namespace AutoGradMf.Generators.Symbolics.Notation;

/// <summary>When a choice takes its first outcome.</summary>
internal abstract record Condition
{
    /// <summary>When it takes its second one.</summary>
    public abstract Condition Negated { get; }
}

/// <summary>Left &lt; right, or left ≤ right.</summary>
internal sealed record Comparison(Expression Left, bool IsStrict, Expression Right) : Condition
{
    public override Condition Negated => new Comparison(Right, !IsStrict, Left);
}

/// <summary>Left = right, or left ≠ right.</summary>
internal sealed record Equality(Expression Left, Expression Right, bool IsNegated = false) : Condition
{
    public override Condition Negated => this with { IsNegated = !IsNegated };
}

/// <summary>Both of two conditions.</summary>
internal sealed record Both(Condition First, Condition Second) : Condition
{
    public override Condition Negated => new Either(First.Negated, Second.Negated);
}

/// <summary>At least one of two conditions.</summary>
internal sealed record Either(Condition First, Condition Second) : Condition
{
    public override Condition Negated => new Both(First.Negated, Second.Negated);
}

/// <summary>A selection as people write it: nested ones that have an outcome in common are one, under a condition made of theirs.</summary>
internal sealed record Choice(Condition Condition, Expression Yes, Expression No)
{
    /// <summary>What is nested deeper is read as it stands.</summary>
    private const int MostNested = 50;

    /// <param name="selection">The selection.</param>
    /// <param name="known">Those that were read before, since one may stand in many places.</param>
    /// <param name="nested">How many it stands in.</param>
    public static Choice Of(Apply selection, Dictionary<Expression, Choice> known, int nested = 0)
    {
        if (!known.TryGetValue(selection, out var choice))
        {
            known[selection] = choice = Read(selection, known, nested);
        }

        return choice;
    }

    private static Choice Read(Apply selection, Dictionary<Expression, Choice> known, int nested)
    {
        var choice = AsItStands(selection, known, nested);
        while (Joined(choice, known, nested) is { } joined)
        {
            choice = joined;
        }

        return choice;
    }

    /// <summary>The selection by itself: by the condition that a mask stands for, if it is one that selects.</summary>
    private static Choice AsItStands(Apply selection, Dictionary<Expression, Choice> known, int nested)
    {
        var (left, right, yes, no) = (selection.Operands[0], selection.Operands[1], selection.Operands[2], selection.Operands[3]);
        return left is Constant { Value: 0 } && right is Apply { Masked: not null } mask && nested < MostNested
            ? Of(mask, known, nested + 1) switch
            {
                { Yes: Constant { Value: 1 }, No: Constant { Value: 0 } } holds => holds with { Yes = yes, No = no },
                { Yes: Constant { Value: 0 }, No: Constant { Value: 1 } } fails => fails with { Yes = no, No = yes },
                _ => Compared(),
            }
            : Compared();

        Choice Compared() => new(new Comparison(left, selection.Function.Name == ElementwiseFunction.IfLess.Name, right), yes, no);
    }

    /// <summary>A choice with one that it nests, if they have an outcome in common.</summary>
    private static Choice? Joined(Choice choice, Dictionary<Expression, Choice> known, int nested)
    {
        static Apply? Selection(Expression outcome) => outcome is Apply { Function.IsSelection: true } selection ? selection : null;
        Choice? Inner(Expression outcome) => nested < MostNested && Selection(outcome) is { } inner ? Of(inner, known, nested + 1) : null;
        foreach (var then in new[] { Selection(choice.Yes) is { } yes ? AsItStands(yes, known, nested + 1) : null, Inner(choice.Yes) }.OfType<Choice>())
        {
            if (then.No.Equals(choice.No))
            {
                return choice with { Condition = And(choice.Condition, then.Condition), Yes = then.Yes };
            }

            if (then.Yes.Equals(choice.No))
            {
                return choice with { Condition = And(choice.Condition, then.Condition.Negated), Yes = then.No };
            }
        }

        foreach (var otherwise in new[] { Selection(choice.No) is { } no ? AsItStands(no, known, nested + 1) : null, Inner(choice.No) }.OfType<Choice>())
        {
            if (otherwise.Yes.Equals(choice.Yes))
            {
                return choice with { Condition = new Either(choice.Condition, otherwise.Condition), No = otherwise.No };
            }

            if (otherwise.No.Equals(choice.Yes))
            {
                return choice with { Condition = new Either(choice.Condition, otherwise.Condition.Negated), No = otherwise.Yes };
            }
        }

        return null;
    }

    private static Condition And(Condition first, Condition second) => (first, second) switch
    {
        (Both both, _) => new Both(both.First, And(both.Second, second)),
        (Comparison { IsStrict: false } one, Comparison { IsStrict: false } other) when one.Left.Equals(other.Right) && one.Right.Equals(other.Left) =>
            new Equality(one.Left, one.Right),
        _ => new Both(first, second),
    };
}
