using System.Numerics;

namespace AutoGradMf.Kernels;

/// <summary>Where the rows of a <see cref="RowTerm{TElement}"/> are, while its arrays are pinned.</summary>
/// <param name="term">The term.</param>
/// <param name="numbers">The first number of its matrix.</param>
/// <param name="rows">Of gathered rows, which of them each sample reads.</param>
internal readonly unsafe struct RowSource<TElement>(in RowTerm<TElement> term, TElement* numbers, int* rows)
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    private readonly nint _stride = term.Kind == RowTermKind.Same ? 0 : term.Matrix.Columns;

    /// <summary>Whether one number stands for the whole row.</summary>
    public bool IsNumber { get; } = term.Matrix.Columns == 1;

    /// <summary>Whether the term before is multiplied with it.</summary>
    public bool IsFactor { get; } = term.IsFactor;

    /// <summary>What the row is multiplied with.</summary>
    public TElement Scale { get; } = TElement.CreateTruncating(term.Scale);

    /// <summary>The row of a sample.</summary>
    public TElement* this[int sample] => numbers + (_stride * (rows == null ? sample : rows[sample]));
}
