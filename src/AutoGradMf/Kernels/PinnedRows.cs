using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoGradMf.Kernels;

/// <summary>Rows of samples, each a sum of terms that is made in registers where it is read.</summary>
/// <param name="sources">Where the terms are.</param>
/// <param name="count">How many terms there are; none for rows of ones.</param>
internal readonly unsafe struct PinnedRows<TElement>(RowSource<TElement>* sources, int count)
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    /// <summary>How many terms there are.</summary>
    public int Count => count;

    /// <summary>Finds the row of a sample in each term.</summary>
    /// <param name="sample">The sample.</param>
    /// <param name="rows">Receives the first number of each term's row.</param>
    public void Find(int sample, TElement** rows)
    {
        for (var t = 0; t < count; t++)
        {
            rows[t] = sources[t][sample];
        }
    }

    /// <summary>Finds the rows of some samples, one sample after the other.</summary>
    public void Find(ReadOnlySpan<int> samples, TElement** rows)
    {
        for (var t = 0; t < count; t++)
        {
            var source = sources[t];
            for (var s = 0; s < samples.Length; s++)
            {
                rows[(s * count) + t] = source[samples[s]];
            }
        }
    }

    /// <summary>A register of the row that was found.</summary>
    /// <param name="rows">The first number of each term's row.</param>
    /// <param name="column">The first number.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TRegister Read<TRegister>(TElement** rows, int column)
        where TRegister : unmanaged, IRegister<TRegister, TElement>
    {
        if (count == 0)
        {
            return TRegister.All(TElement.One);
        }

        TRegister sum = default;
        var product = Scaled<TRegister>(rows, 0, column);
        for (var t = 1; t < count; t++)
        {
            var next = Scaled<TRegister>(rows, t, column);
            if (sources[t].IsFactor)
            {
                product *= next;
            }
            else
            {
                sum += product;
                product = next;
            }
        }

        return sum + product;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TRegister Scaled<TRegister>(TElement** rows, int t, int column)
        where TRegister : unmanaged, IRegister<TRegister, TElement> =>
        TRegister.All(sources[t].Scale) * (sources[t].IsNumber ? TRegister.All(*rows[t]) : TRegister.Load(rows[t] + column));
}

/// <summary>Pins the arrays of terms.</summary>
internal static unsafe class PinnedRows
{
    /// <summary>Runs the work on the rows of two lists of terms.</summary>
    public static void Run<TWork, TElement>(ref TWork work, ReadOnlySpan<RowTerm<TElement>> left, ReadOnlySpan<RowTerm<TElement>> right)
        where TWork : struct, IPinnedWork<TElement>, allows ref struct
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var sources = stackalloc RowSource<TElement>[left.Length + right.Length];
        Pin(ref work, left, right, sources, 0);
    }

    /// <summary>Pins one term after the other: each call holds one until those that it calls return.</summary>
    private static void Pin<TWork, TElement>(
        ref TWork work, ReadOnlySpan<RowTerm<TElement>> left, ReadOnlySpan<RowTerm<TElement>> right, RowSource<TElement>* sources, int t)
        where TWork : struct, IPinnedWork<TElement>, allows ref struct
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        if (t == left.Length + right.Length)
        {
            work.Run(new(sources, left.Length), new(sources + left.Length, right.Length));
            return;
        }

        ref readonly var term = ref t < left.Length ? ref left[t] : ref right[t - left.Length];
        fixed (TElement* numbers = term.Matrix.Span)
        fixed (int* rows = term.Index is null ? default : term.Index.ColumnIndices)
        {
            sources[t] = new(in term, numbers, rows);
            Pin(ref work, left, right, sources, t + 1);
        }
    }
}
