using AutoGradMf.Generators.Symbolics.Expressions;
using Index = AutoGradMf.Generators.Symbolics.Expressions.Index;

namespace AutoGradMf.Generators.Symbolics.Translation.Language;

/// <summary>The mean of all elements, stored or not.</summary>
internal sealed class Mean() : Reduction(overRows: true, overColumns: true)
{
    protected override Expression Scale(Index index) => Build.OverSize(index.Dimension);
}
