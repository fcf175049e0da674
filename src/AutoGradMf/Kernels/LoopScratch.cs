using System.Numerics;

namespace AutoGradMf.Kernels;

/// <summary>
/// The buffers that a loop keeps between its calls: they grow in the first one, and the later ones allocate nothing. For one loop
/// at a time; different loops of one thread may share it.
/// </summary>
/// <typeparam name="TElement"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class LoopScratch<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    private readonly List<PackedMatrix<TElement>> _packed = [];
    private MatrixView<TElement>[] _packedFrom = [];
    private int _packedCount;

    /// <summary>Of each operand that is a dot product, its left rows.</summary>
    internal PackedRows<TElement>[] Left { get; private set; } = [];

    /// <summary>Of each operand that is a dot product, its right rows.</summary>
    internal PackedRows<TElement>[] Right { get; private set; } = [];

    /// <summary>Of each result that is a product, the rows it multiplies with.</summary>
    internal PackedRows<TElement>[] With { get; private set; } = [];

    /// <summary>What a dense loop multiplies.</summary>
    internal TileOperands<TElement> Tiles { get; } = new();

    /// <summary>The results of a sparse loop that a second pass sums over columns: one number per slot and entry.</summary>
    internal PinnedBuffer<TElement> Kept { get; } = new();

    /// <summary>The sums over columns of each chunk of a dense loop.</summary>
    internal PinnedBuffer<TElement> ColumnTotals { get; } = new();

    /// <summary>The products of rows that a dense loop sums.</summary>
    internal PinnedBuffer<TElement> RowTotals { get; } = new();

    /// <summary>Of each result that is the place of a row's extreme, the extreme so far of each row.</summary>
    internal PinnedBuffer<TElement> Extremes { get; } = new();

    /// <summary>The sums of each chunk.</summary>
    internal PinnedBuffer<double> Sums { get; } = new();

    /// <summary>Packs every matrix whose rows the loop visits, each once.</summary>
    internal void Pack(ReadOnlySpan<Operand<TElement>> inputs, ReadOnlySpan<LoopResult<TElement>> results, Workers workers)
    {
        Left = AtLeast(Left, inputs.Length);
        Right = AtLeast(Right, inputs.Length);
        With = AtLeast(With, results.Length);
        _packedFrom = AtLeast(_packedFrom, (2 * inputs.Length) + results.Length);
        _packedCount = 0;
        for (var i = 0; i < inputs.Length; i++)
        {
            if (inputs[i].Kind == OperandKind.Dot)
            {
                Left[i] = Pack(inputs[i].Values, workers);
                Right[i] = Pack(inputs[i].Right, workers);
            }
        }

        for (var r = 0; r < results.Length; r++)
        {
            if (results[r].Kind is LoopResultKind.RowProduct or LoopResultKind.ColumnProduct)
            {
                With[r] = Pack(results[r].With, workers);
            }
        }

        // The views would keep the caller's arrays alive.
        _packedFrom.AsSpan(0, _packedCount).Clear();
    }

    private static T[] AtLeast<T>(T[] array, int length) => array.Length >= length ? array : new T[length];

    private PackedRows<TElement> Pack(MatrixView<TElement> matrix, Workers workers)
    {
        for (var p = 0; p < _packedCount; p++)
        {
            if (_packedFrom[p].Columns == matrix.Columns && _packedFrom[p].Span == matrix.Span)
            {
                return _packed[p].Rows;
            }
        }

        if (_packedCount == _packed.Count)
        {
            _packed.Add(new());
        }

        _packedFrom[_packedCount] = matrix;
        return _packed[_packedCount++].Pack<TElement>(matrix.Span, matrix.Rows, matrix.Columns, workers);
    }
}
