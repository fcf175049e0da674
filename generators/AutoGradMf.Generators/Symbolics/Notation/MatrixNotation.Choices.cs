using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;
using Index = AutoGradMf.Generators.Symbolics.Expressions.Index;

namespace AutoGradMf.Generators.Symbolics.Notation;

/// <summary>Choices between two outcomes; one between 1 and 0 is its condition in brackets, after Iverson.</summary>
internal abstract partial class MatrixNotation
{
    private readonly Dictionary<Expression, Choice> _choices = new(SameExpression.Instance);

    protected abstract string NoMoreThan { get; }

    protected abstract string And { get; }

    protected abstract string Or { get; }

    protected abstract string Brackets(string text);

    protected abstract string Cases(string condition, string yes, string no);

    private string WriteChoice(Choice choice, Index? row, Index? column)
    {
        var condition = WriteCondition(choice.Condition, row, column);
        return choice is { Yes: Constant { Value: 1 }, No: Constant { Value: 0 } }
            ? Brackets(condition)
            : Cases(condition, Write(choice.Yes, row, column, 0), Write(choice.No, row, column, 0));
    }

    private string WriteCondition(Condition condition, Index? row, Index? column)
    {
        string Of(Condition part) => WriteCondition(part, row, column);
        string Side(Expression side) => Write(side, row, column, 0);
        string Sign(Comparison comparison) => comparison.IsStrict ? "<" : NoMoreThan;
        return condition switch
        {
            Comparison c => $"{Side(c.Left)} {Sign(c)} {Side(c.Right)}",
            Equality e => $"{Side(e.Left)} = {Side(e.Right)}",
            Both { First: Comparison low, Second: Comparison high } when low.Right.Equals(high.Left) =>
                $"{Side(low.Left)} {Sign(low)} {Side(low.Right)} {Sign(high)} {Side(high.Right)}",
            Both both => $"{Parenthesised(Of(both.First), both.First is Either)} {And} {Parenthesised(Of(both.Second), both.Second is Either)}",
            Either either => $"{Of(either.First)} {Or} {Of(either.Second)}",
            _ => throw new InvalidOperationException($"No notation for {condition.GetType().Name}."),
        };
    }
}
