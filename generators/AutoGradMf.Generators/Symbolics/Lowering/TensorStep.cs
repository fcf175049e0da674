using AutoGradMf.Generators.Symbolics.Expressions;
using Index = AutoGradMf.Generators.Symbolics.Expressions.Index;

namespace AutoGradMf.Generators.Symbolics.Lowering;

/// <summary>A number times an Einstein product of small arrays.</summary>
/// <param name="Scale">The number.</param>
/// <param name="Operands">The arrays.</param>
internal sealed record TensorTerm(Expression Scale, IReadOnlyList<Placement> Operands);

/// <summary>A sum of Einstein products of small arrays over features, of which some have three indices.</summary>
internal sealed class TensorStep(int level, IReadOnlyList<TensorTerm> terms, Placement into, Expression meaning) : Step(level)
{
    public IReadOnlyList<TensorTerm> Terms { get; } = terms;

    public Placement Into { get; } = into;

    /// <summary>What it computes, for the comment above it.</summary>
    public Expression Meaning { get; } = meaning;

    public override IEnumerable<Expression> Numbers => Terms.Select(t => t.Scale);

    public override Step WithNumbers(Func<Expression, Expression> number) =>
        new TensorStep(Level, [.. Terms.Select(t => t with { Scale = number(t.Scale) })], Into, Meaning);

    /// <summary>All indices of a term, those of the result first.</summary>
    public IReadOnlyList<Index> IndicesOf(TensorTerm term) => [.. Into.Indices.Concat(term.Operands.SelectMany(o => o.Indices)).Distinct()];
}
