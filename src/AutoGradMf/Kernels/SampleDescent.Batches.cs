using AutoGradMf.Objectives;

namespace AutoGradMf.Kernels;

/// <summary>Batches: which forms take the steps of a batch of samples at once.</summary>
internal sealed unsafe partial class SampleDescent<TElement>
{
    /// <summary>
    /// Whether samples read two or three rows of one length, whose gradients are combinations of them: then a batch of them takes its steps at once.
    /// </summary>
    private bool IsBatched(in SampleForm<TElement> form)
    {
        if (_rule.Momentum != 0 || form.Rows.Length is < 2 or > 3 || form.Products.IsEmpty
            || form.Products.Length + form.Numbers.Length > Frame.Few || form.Gradients.Length > Frame.Few)
        {
            return false;
        }

        foreach (var product in form.Products)
        {
            if (product.Left == product.Right || (form.Rows.Length == 2 && form.Products.Length > 1))
            {
                return false;
            }
        }

        return AreCombinations(form.Gradients) && AreRowsApart(form.Rows);
    }

    /// <summary>Whether gradients are combinations of rows, with one coefficient for each row.</summary>
    private static bool AreCombinations(ReadOnlySpan<SampleGradient> gradients)
    {
        for (var p = 0; p < gradients.Length; p++)
        {
            if (gradients[p].Kind is SampleGradientKind.Outer or SampleGradientKind.Penalty)
            {
                return false;
            }

            for (var other = 0; other < p && gradients[p].Kind == SampleGradientKind.Row; other++)
            {
                if (gradients[other].Kind == SampleGradientKind.Row && gradients[other].Into == gradients[p].Into && gradients[other].Left == gradients[p].Left)
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>Whether rows are of factors and of one length, and none of them is another one in any sample.</summary>
    private bool AreRowsApart(ReadOnlySpan<SampleRow<TElement>> rows)
    {
        for (var r = 0; r < rows.Length; r++)
        {
            if (!rows[r].IsOfFactor || _factors.Length(rows[r].Factor) != _factors.Length(rows[0].Factor))
            {
                return false;
            }

            for (var other = 0; other < r; other++)
            {
                if (rows[other].Factor == rows[r].Factor && _grid.HaveCommonRow(rows[other].Place, rows[r].Place))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private void Batches<TFunction, TAdaptivity>(in SampleForm<TElement> form, in Frame frame)
        where TFunction : struct, IEntryFunction
        where TAdaptivity : struct, IAdaptivity
    {
        if (form.Rows.Length == 2)
        {
            Pairs<TFunction, TAdaptivity>(in form, in frame);
        }
        else
        {
            Triples<TFunction, TAdaptivity>(in form, in frame);
        }
    }

    /// <summary>
    /// The first sample of the batch after one; where that has fewer samples, which is at the end of a block, of the same again, since a check for
    /// each of them is not worth it.
    /// </summary>
    private int NextOf(ReadOnlySpan<int> batches, int b)
    {
        var (first, end) = _grid.Batch(batches[b]);
        var (next, nextEnd) = b + 1 < batches.Length ? _grid.Batch(batches[b + 1]) : (first, end);
        return nextEnd - next < end - first ? first : next;
    }

    /// <summary>The result that is the coefficient of a row in the gradient of another; that which is zero if it has none.</summary>
    private static int Coefficient(in SampleForm<TElement> form, in Frame frame, int into, int row)
    {
        foreach (ref readonly var part in form.Gradients)
        {
            if (part.Kind == SampleGradientKind.Row && part.Into == into && part.Left == row)
            {
                return part.Coefficient;
            }
        }

        return frame.OutputCount;
    }
}
