using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Structure;
using Index = AutoGradMf.Generators.Symbolics.Expressions.Index;

namespace AutoGradMf.Generators.Symbolics.Analysis;

/// <summary>A part of the second derivative in one row i of a factor, as a kernel adds it to the row's matrix.</summary>
/// <param name="Scale">A number that it is multiplied with.</param>
internal abstract record BlockTerm(Expression Scale)
{
    /// <summary>The identity.</summary>
    public sealed record Ridge(Expression Scale) : BlockTerm(Scale);

    /// <summary>The same matrix for each row, which may be the same in all of its own rows or columns.</summary>
    public sealed record Shared(Expression Square, Index Column, Index Other) : BlockTerm(Build.One);

    /// <summary>The same matrix for each row, times a number w_i; or the same few matrices, Σ_r w_ir S_r.</summary>
    /// <param name="Weights">The numbers.</param>
    /// <param name="Square">The matrix: all terms together are symmetric, and one alone need not be.</param>
    /// <param name="Column">The index of its rows.</param>
    /// <param name="Other">That of its columns.</param>
    public sealed record Weighted(Expression Weights, Expression Square, Index Column, Index Other) : BlockTerm(Build.One);

    /// <summary>A diagonal matrix d_ik, or d_i times the identity.</summary>
    public sealed record Diagonal(Expression Elements) : BlockTerm(Build.One);

    /// <summary>The outer product of row i of an array with itself, times a number w_i unless that is null.</summary>
    public sealed record Outer(Expression Scale, Expression? Weights, Expression Rows, Index Row) : BlockTerm(Scale);

    /// <summary>The sum of the outer products of rows j with themselves, times w_ij, over the entries of a pattern.</summary>
    public sealed record Sampled(Expression Scale, Expression Weights, Support Support, Expression Rows, Index Row, Index Other) : BlockTerm(Scale);

    /// <summary>The sum of the outer products of all rows j with themselves, times w_ij.</summary>
    public sealed record Dense(Expression Scale, Expression Weights, Expression Rows, Index Row, Index Other) : BlockTerm(Scale);

    /// <summary>The sum of another term's matrices over the rows that chose row i.</summary>
    public sealed record Scattered(Leaf Chosen, BlockTerm Term) : BlockTerm(Build.One);
}
