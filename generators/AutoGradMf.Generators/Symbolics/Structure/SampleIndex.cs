using AutoGradMf.Generators.Symbolics.Expressions;

namespace AutoGradMf.Generators.Symbolics.Structure;

/// <summary>The index by which samples choose rows, as a matrix: δ(i_s, row) in each sample's line.</summary>
internal static class SampleIndex
{
    public static bool Is(Expression expression) => expression is Leaf { Tensor.IsOneHot: true } leaf && leaf.Indices[0] != leaf.Indices[1];

    /// <summary>The expression with other sums, if samples choose anything in it.</summary>
    public static Expression RewriteSums(Expression expression, Func<Product, Expression> rewrite) => expression.SelfAndDescendants().Any(Is)
        ? new Rewriting(e => e is Product { Summed.Count: > 0 } sum ? rewrite(sum) : e).Apply(expression)
        : expression;
}
