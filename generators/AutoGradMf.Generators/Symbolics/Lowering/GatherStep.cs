using AutoGradMf.Generators.Symbolics.Expressions;

namespace AutoGradMf.Generators.Symbolics.Lowering;

/// <summary>Which row of its matrix a term of a sample's row is: the kinds of the library's RowTerm.</summary>
internal enum RowTermKind
{
    Gathered,
    Own,
    Same,
}

/// <summary>A term of the row that a sample reads.</summary>
/// <param name="Kind">Which row it is.</param>
/// <param name="Pattern">The pattern with the number of the row, where that is chosen.</param>
/// <param name="Matrix">The matrix that it is of.</param>
/// <param name="Scale">A number that it is multiplied with.</param>
/// <param name="IsFactor">Whether it multiplies the term before it.</param>
internal sealed record RowTerm(RowTermKind Kind, string? Pattern, Storage Matrix, Expression Scale, bool IsFactor);

/// <summary>A product with rows that samples choose, which are read where they are.</summary>
internal abstract class GatherStep(int level, Storage into, Expression meaning) : Step(level)
{
    public Storage Into { get; } = into;

    /// <summary>What it computes, for the comment above it.</summary>
    public Expression Meaning { get; } = meaning;

    /// <summary>What the rows are sums of.</summary>
    public abstract IEnumerable<RowTerm> Terms { get; }

    public override IEnumerable<Expression> Numbers => Terms.Select(t => t.Scale);

    /// <summary>Terms with other expressions for their numbers.</summary>
    protected static IReadOnlyList<RowTerm> Scaled(IReadOnlyList<RowTerm> terms, Func<Expression, Expression> number) =>
        [.. terms.Select(t => t with { Scale = number(t.Scale) })];

    /// <summary>What the rows of such terms are over; null of no terms.</summary>
    public static Dimension? WidthOf(IEnumerable<RowTerm> terms) => terms.SelectMany(t => t.Matrix.Dimensions).FirstOrDefault(d => d.IsLatent);
}

/// <summary>The dot product of two rows of each sample, or the sum of one.</summary>
internal sealed class RowDotsStep(int level, IReadOnlyList<RowTerm> left, IReadOnlyList<RowTerm> right, Storage into, Expression meaning) : GatherStep(level, into, meaning)
{
    public IReadOnlyList<RowTerm> Left { get; } = left;

    public IReadOnlyList<RowTerm> Right { get; } = right;

    public override IEnumerable<RowTerm> Terms => Left.Concat(Right);

    public override Step WithNumbers(Func<Expression, Expression> number) =>
        new RowDotsStep(Level, Scaled(Left, number), Scaled(Right, number), Into, Meaning);
}

/// <summary>Products of the elements of two rows of each sample, or those of one, summed over the samples.</summary>
internal sealed class RowGramStep(int level, Dimension samples, IReadOnlyList<RowTerm> left, IReadOnlyList<RowTerm> right, Storage into, Expression meaning) : GatherStep(level, into, meaning)
{
    public Dimension Samples { get; } = samples;

    public IReadOnlyList<RowTerm> Left { get; } = left;

    public IReadOnlyList<RowTerm> Right { get; } = right;

    public override IEnumerable<RowTerm> Terms => Left.Concat(Right);

    public override Step WithNumbers(Func<Expression, Expression> number) =>
        new RowGramStep(Level, Samples, Scaled(Left, number), Scaled(Right, number), Into, Meaning);
}

/// <summary>Rows of samples times weights, added up by what the samples chose: the adjoint of a gather.</summary>
internal sealed class ScatterStep(int level, string index, Storage weights, IReadOnlyList<RowTerm> rows, Storage into, Expression meaning) : GatherStep(level, into, meaning)
{
    /// <summary>The pattern with what each sample chose.</summary>
    public string Index { get; } = index;

    /// <summary>A number for each sample.</summary>
    public Storage Weights { get; } = weights;

    public IReadOnlyList<RowTerm> Rows { get; } = rows;

    public override IEnumerable<RowTerm> Terms => Rows;

    public override Step WithNumbers(Func<Expression, Expression> number) => new ScatterStep(Level, Index, Weights, Scaled(Rows, number), Into, Meaning);
}
