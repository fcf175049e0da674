using System.Numerics;

namespace AutoGradMf.Kernels;

/// <summary>Whether a term of the systems of <see cref="RowSystems"/> fits the factor's rows.</summary>
internal static class RowSystemShapes
{
    /// <exception cref="ArgumentException">It does not; the message names the shapes.</exception>
    public static void Check<TElement>(MatrixView<TElement> gradient, ref readonly CurvatureTerm<TElement> term, ReadOnlySpan<RowTerm<TElement>> rows = default)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var (m, k) = (term.Chosen?.Rows ?? gradient.Rows, gradient.Columns);
        var fits = (term.Chosen is null || IsScattered(in term, gradient.Rows)) && term.Kind switch
        {
            CurvatureTermKind.Ridge => true,
            CurvatureTermKind.Shared => IsSquare(in term, k),
            CurvatureTermKind.Weighted => AreSquares(in term, m, k),
            CurvatureTermKind.Diagonal => Shapes.Fits(term.Rows, m, k) || Shapes.IsVector(term.Rows.Rows, term.Rows.Columns, m),
            CurvatureTermKind.Outer => Shapes.Fits(term.Rows, m, k) && (!term.HasWeights || Shapes.IsVector(term.Weights.Rows, term.Weights.Columns, m)),
            CurvatureTermKind.Gathered => Gathers(in term, rows, m, k),
            CurvatureTermKind.Sampled => Samples(in term, term.Pattern!.Rows, term.Pattern.Columns, m, k),
            CurvatureTermKind.Dense => Shapes.Fits(term.Weights, m, term.Rows.Rows) && term.Rows.Columns == k,
            CurvatureTermKind.DenseTransposed => Shapes.Fits(term.Weights, term.Rows.Rows, m) && term.Rows.Columns == k,
            CurvatureTermKind.Streamed => term.Rows.Columns == k,
            _ => Samples(in term, term.Pattern!.Columns, term.Pattern.Rows, m, k),
        };
        if (!fits || (term.HasSlopes && (term.Chosen is not null || term.Kind is not (CurvatureTermKind.Sampled or CurvatureTermKind.SampledTransposed))))
        {
            var scattered = term.Chosen is { } chosen ? $", which {chosen.Count} entries of {chosen.Rows}×{chosen.Columns} scatter," : "";
            var found = term.Kind == CurvatureTermKind.Gathered ? $"rows {term.FirstRow} to {term.FirstRow + term.RowCount} of {rows.Length}, chosen by {term.Pattern!.Count} entries of {term.Pattern.Rows}×{term.Pattern.Columns},"
                : term.Pattern is { } pattern ? $"a {pattern.Rows}×{pattern.Columns} pattern with rows {Shapes.Text(term.Rows)}"
                : term.Kind is CurvatureTermKind.Shared or CurvatureTermKind.Weighted ? Shapes.Text(term.Square)
                : Shapes.Text(term.Rows);
            throw new ArgumentException(
                $"The curvature term {term.Kind} of {found}{scattered} does not fit a factor of {gradient.Rows}×{k}{(term.HasWeights ? $"; it has {Shapes.Text(term.Weights)} weights" : "")}{(term.HasSlopes ? $"; it has {Shapes.Text(term.Slopes)} slopes, which only terms that sample rows take" : "")}.",
                nameof(term));
        }
    }

    private static bool IsScattered<TElement>(ref readonly CurvatureTerm<TElement> term, int rows)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> =>
        term.Chosen!.Columns == rows && term.Chosen.Count == term.Chosen.Rows
        && term.Kind is not (CurvatureTermKind.Ridge or CurvatureTermKind.Shared or CurvatureTermKind.Streamed);

    private static bool IsSquare<TElement>(ref readonly CurvatureTerm<TElement> term, int k)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => Shapes.Fits(term.Square, k, k);

    private static bool AreSquares<TElement>(ref readonly CurvatureTerm<TElement> term, int m, int k)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> =>
        term.Square.Columns == k && (term.Square.Rows == k ? Shapes.IsVector(term.Weights.Rows, term.Weights.Columns, m) : Shapes.Fits(term.Square, term.Weights.Columns * k, k) && term.Weights.Rows == m);

    private static bool Gathers<TElement>(ref readonly CurvatureTerm<TElement> term, ReadOnlySpan<RowTerm<TElement>> rows, int m, int k)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var (samples, end) = (term.Pattern!.Rows, term.FirstRow + term.RowCount);
        var fits = term.Pattern.Columns == m && term.Pattern.Count == samples && Shapes.IsVector(term.Weights.Rows, term.Weights.Columns, samples)
            && term.RowCount > 0 && end <= rows.Length && !rows[term.FirstRow].IsFactor;
        for (var r = term.FirstRow; r < end && fits; r++)
        {
            fits = rows[r].Fits(samples, k);
        }

        return fits;
    }

    private static bool Samples<TElement>(ref readonly CurvatureTerm<TElement> term, int rows, int columns, int m, int k)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> =>
        rows == m && Shapes.Fits(term.Rows, columns, k) && (!term.HasWeights || IsOfEntries(term.Weights, term.Pattern!)) && (!term.HasSlopes || IsOfEntries(term.Slopes, term.Pattern!));

    private static bool IsOfEntries<TElement>(MatrixView<TElement> numbers, SparsePattern pattern)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => Shapes.IsVector(numbers.Rows, numbers.Columns, pattern.Count);
}
