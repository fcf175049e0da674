using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;
using Index = AutoGradMf.Generators.Symbolics.Expressions.Index;

namespace AutoGradMf.Generators.Symbolics.Notation;

/// <summary>Choices between two outcomes; one between 1 and 0 is its condition in brackets, after Iverson.</summary>
internal abstract partial class MatrixNotation
{
    private readonly Dictionary<Expression, Choice> _choices = new(SameExpression.Instance);

    protected abstract string NoMoreThan { get; }

    protected abstract string NotEqual { get; }

    protected abstract string And { get; }

    protected abstract string Or { get; }

    protected abstract string Brackets(string text);

    /// <summary>The outcomes, each with its condition, and the one under none of these.</summary>
    protected abstract string Cases(IReadOnlyList<(string Outcome, string Condition)> cases, string otherwise);

    /// <summary>A choice; of one that has an outcome of zero, the other outcome times its condition in brackets.</summary>
    private string WriteChoice(Apply selection, Index? row, Index? column, int outer)
    {
        if (AsProduct(selection) is Product product)
        {
            return Write(product, row, column, outer);
        }

        var choice = Choice.Of(selection, _choices);
        if (choice is { Yes: Constant { Value: 1 }, No: Constant { Value: 0 } })
        {
            return Brackets(WriteCondition(choice.Condition, row, column));
        }

        if (choice is { Yes: Constant { Value: 0 }, No: Constant { Value: 1 } })
        {
            return Brackets(WriteCondition(choice.Condition.Negated, row, column));
        }

        var cases = new List<(string, string)>();
        for (; ; choice = Choice.Of((Apply)choice.No, _choices))
        {
            cases.Add((Write(choice.Yes, row, column, 0), WriteCondition(choice.Condition, row, column)));
            if (!IsChoice(choice.No) || _nodes >= MostNodes)
            {
                return Cases(cases, Write(choice.No, row, column, 0));
            }
        }
    }

    /// <summary>Whether an expression is written as a choice: what is stored is not.</summary>
    private static bool IsChoice(Expression expression) =>
        expression is Apply { Function.IsSelection: true } selection && !ReferenceEquals(selection.Function, ElementwiseFunction.IfStored);

    /// <summary>A selection with an outcome of zero as the other one times a selection between 1 and 0, or 0 and 1; anything else as it is.</summary>
    private Expression AsProduct(Expression term)
    {
        if (WithoutScale(term) is { } product)
        {
            return product;
        }

        if (term is not Apply { Function.IsSelection: true } selection || ReferenceEquals(selection.Function, ElementwiseFunction.IfStored))
        {
            return term;
        }

        var choice = Choice.Of(selection, _choices);
        var outcome = choice.No is Constant { Value: 0 } ? choice.Yes : choice.Yes is Constant { Value: 0 } ? choice.No : null;
        if (outcome is null or Constant { Value: 0 or 1 } or Apply { Function.IsSelection: true })
        {
            return term;
        }

        var (coefficient, rest) = Build.SplitCoefficient(outcome);
        Expression[] factors = rest is Constant ? [] : rest is Product { Summed.Count: 0 } factored ? factored.Operands : [rest];
        return new Product(coefficient, [Mask(selection, outcome), .. factors], IndexSet.Empty);
    }

    /// <summary>The selection with 1 for its outcome that is not zero.</summary>
    private static Expression Mask(Expression selection, Expression outcome) => selection.Equals(outcome) ? Build.One
        : selection is Apply { Function.IsSelection: true } apply ? new Apply(
            apply.Function, [apply.Operands[0], apply.Operands[1], Mask(apply.Operands[2], outcome), Mask(apply.Operands[3], outcome)])
        : selection;

    private string WriteCondition(Condition condition, Index? row, Index? column)
    {
        string Of(Condition part) => WriteCondition(part, row, column);
        string Side(Expression side) => Write(side, row, column, 0);
        string Sign(Comparison comparison) => comparison.IsStrict ? "<" : NoMoreThan;
        return condition switch
        {
            Comparison c => $"{Side(c.Left)} {Sign(c)} {Side(c.Right)}",
            Equality e => $"{Side(e.Left)} {(e.IsNegated ? NotEqual : "=")} {Side(e.Right)}",
            Both { First: Comparison low, Second: Comparison high } when low.Right.Equals(high.Left) =>
                $"{Side(low.Left)} {Sign(low)} {Side(low.Right)} {Sign(high)} {Side(high.Right)}",
            Both both => $"{Parenthesised(Of(both.First), both.First is Either)} {And} {Parenthesised(Of(both.Second), both.Second is Either)}",
            Either either => $"{Of(either.First)} {Or} {Of(either.Second)}",
            _ => throw new InvalidOperationException($"No notation for {condition.GetType().Name}."),
        };
    }
}
