using System.Numerics;
using System.Numerics.Tensors;

namespace AutoGradMf.Kernels;

/// <summary>Rows of samples, each a sum of terms that is made where it is read.</summary>
/// <param name="terms">The terms.</param>
/// <param name="width">Numbers of a row.</param>
internal readonly ref struct SampleRows<TElement>(ReadOnlySpan<RowTerm<TElement>> terms, int width)
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    private readonly ReadOnlySpan<RowTerm<TElement>> _terms = terms;

    /// <summary>Numbers of a row.</summary>
    public int Width => width;

    /// <summary>Whether there are no terms: rows of ones, which are not read.</summary>
    public bool AreOnes => _terms.IsEmpty;

    /// <summary>Operations for each number of a row.</summary>
    public int Operations => OperationsOf(_terms);

    /// <summary>Operations for each number of the sum of terms.</summary>
    public static int OperationsOf(ReadOnlySpan<RowTerm<TElement>> terms)
    {
        var operations = terms.Length - 1;
        foreach (ref readonly var term in terms)
        {
            operations += Math.Abs(term.Scale) == 1 ? 0 : 1;
        }

        return operations;
    }

    /// <summary>The most columns that a term has: what others have one of stands for as many.</summary>
    public static int WidthOf(ReadOnlySpan<RowTerm<TElement>> terms)
    {
        var width = 1;
        foreach (ref readonly var term in terms)
        {
            width = Math.Max(width, term.Matrix.Columns);
        }

        return width;
    }

    /// <summary>Numbers of a sample's row: those of a matrix, or their sum in <paramref name="sum"/>.</summary>
    /// <param name="sample">The sample.</param>
    /// <param name="column">The first of them.</param>
    /// <param name="sum">As many as are asked for.</param>
    /// <param name="part">As many again.</param>
    public ReadOnlySpan<TElement> Read(int sample, int column, Span<TElement> sum, Span<TElement> part)
    {
        ref readonly var first = ref _terms[0];
        if (_terms.Length == 1 && first.Scale == 1 && first.Matrix.Columns == width)
        {
            return first.Row(sample).Slice(column, sum.Length);
        }

        for (var t = 0; t < _terms.Length;)
        {
            ref readonly var term = ref _terms[t];
            var end = EndOfTerm(t);
            if (t == 0)
            {
                Multiplied(t, end, sample, column, sum);
            }
            else if (end == t + 1 && term.Matrix.Columns == width)
            {
                TensorPrimitives.MultiplyAdd(term.Row(sample).Slice(column, sum.Length), TElement.CreateTruncating(term.Scale), sum, sum);
            }
            else
            {
                Multiplied(t, end, sample, column, part);
                TensorPrimitives.Add<TElement>(sum, part, sum);
            }

            t = end;
        }

        return sum;
    }

    /// <summary>Where the factors of the term at place <paramref name="start"/> end.</summary>
    private int EndOfTerm(int start)
    {
        var end = start + 1;
        while (end < _terms.Length && _terms[end].IsFactor)
        {
            end++;
        }

        return end;
    }

    /// <summary>A term times its factors.</summary>
    private void Multiplied(int start, int end, int sample, int column, Span<TElement> into)
    {
        Scaled(in _terms[start], sample, column, into);
        for (var t = start + 1; t < end; t++)
        {
            Multiply(in _terms[t], sample, column, into);
        }
    }

    private static void Scaled(in RowTerm<TElement> term, int sample, int column, Span<TElement> into)
    {
        var row = term.Row(sample);
        var scale = TElement.CreateTruncating(term.Scale);
        if (row.Length == 1)
        {
            into.Fill(scale * row[0]);
        }
        else
        {
            TensorPrimitives.Multiply(row.Slice(column, into.Length), scale, into);
        }
    }

    private static void Multiply(in RowTerm<TElement> term, int sample, int column, Span<TElement> into)
    {
        var row = term.Row(sample);
        var scale = TElement.CreateTruncating(term.Scale);
        if (row.Length > 1)
        {
            TensorPrimitives.Multiply(into, row.Slice(column, into.Length), into);
        }

        var number = row.Length > 1 ? scale : scale * row[0];
        if (number != TElement.One)
        {
            TensorPrimitives.Multiply(into, number, into);
        }
    }
}
