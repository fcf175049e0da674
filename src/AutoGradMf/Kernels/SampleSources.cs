using System.Numerics;
using AutoGradMf.Objectives;

namespace AutoGradMf.Kernels;

/// <summary>
/// What the samples of a set read beside factors, in memory that does not move: rows of data, and numbers in the grid's order, which
/// are gathered once and not in every step, also where they are of rows. Tells also which factors all samples read, and which column by
/// column.
/// </summary>
internal sealed unsafe class SampleSources<TElement>(SampleSet<TElement> set, SampleGrid<TElement> grid) : ISampleVisitor<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    private readonly List<PinnedBuffer<TElement>> _buffers = [];
    private int _used;

    /// <summary>For each row of the form where its data begins; null for what is no data.</summary>
    public nint[] Rows { get; private set; } = [];

    /// <summary>For each number of the form where those of the samples begin; null for what is no data.</summary>
    public nint[] Numbers { get; private set; } = [];

    /// <summary>The factors that all samples read.</summary>
    public HashSet<int> Shared { get; } = [];

    /// <summary>The factors of which samples read columns.</summary>
    public HashSet<int> InColumns { get; } = [];

    /// <summary>
    /// The factors that the step of a sample changes, once for each part of it that does, and whether in a row or in a number.
    /// </summary>
    public List<(int Factor, bool IsRow)> Changed { get; } = [];

    public void Visit<TFunction, TPenalty>(in SampleForm<TElement> form)
        where TFunction : struct, IEntryFunction
        where TPenalty : struct, IEntryFunction
    {
        if (Rows.Length + Numbers.Length == 0)
        {
            (Rows, Numbers) = (new nint[form.Rows.Length], new nint[form.Numbers.Length]);
            FindChanged(in form);
        }

        _used = 0;
        for (var r = 0; r < form.Rows.Length; r++)
        {
            ref readonly var row = ref form.Rows[r];
            Rows[r] = row.Kind == SampleRowKind.Data ? Pin(row.Values.Span) : 0;
            if (row.Kind == SampleRowKind.Shared)
            {
                Shared.Add(row.Factor);
            }
            else if (row.Kind == SampleRowKind.FactorColumn)
            {
                InColumns.Add(row.Factor);
            }
        }

        for (var n = 0; n < form.Numbers.Length; n++)
        {
            ref readonly var number = ref form.Numbers[n];
            Numbers[n] = number.Kind switch
            {
                SampleNumberKind.Own => grid.Numbers[number.Source],
                SampleNumberKind.Data => Gather(number.Values.Span, number.Place),
                SampleNumberKind.Share => Gather(set.Shares(number.Place), number.Place),
                _ => 0,
            };
            if (number.Kind == SampleNumberKind.Shared)
            {
                Shared.Add(number.Source);
            }
        }
    }

    private void FindChanged(in SampleForm<TElement> form)
    {
        var found = new HashSet<(bool IsRow, int Into)>();
        foreach (ref readonly var part in form.Gradients)
        {
            var isRow = part.Kind != SampleGradientKind.Number;
            if (found.Add((isRow, part.Into)))
            {
                Changed.Add((isRow ? form.Rows[part.Into].Factor : form.Numbers[part.Into].Source, isRow));
            }
        }
    }

    private nint Gather(ReadOnlySpan<TElement> values, int place) =>
        (nint)NextBuffer().Gather(values, new((int*)grid.Rows[place], set.Count));

    private nint Pin(ReadOnlySpan<TElement> values)
    {
        var into = NextBuffer().Reserve(values.Length);
        values.CopyTo(new(into, values.Length));
        return (nint)into;
    }

    /// <summary>Of each visit the same ones.</summary>
    private PinnedBuffer<TElement> NextBuffer()
    {
        if (_used == _buffers.Count)
        {
            _buffers.Add(new());
        }

        return _buffers[_used++];
    }
}
