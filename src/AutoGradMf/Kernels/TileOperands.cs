using System.Numerics;

namespace AutoGradMf.Kernels;

/// <summary>
/// The matrices that a dense loop multiplies, copied once per call to where its tiles read them: rows padded to whole registers and whole
/// tiles, and of the right side of dot products the transpose, panel of columns by panel.
/// </summary>
internal sealed class TileOperands<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    private readonly List<PackedMatrix<TElement>> _packed = [];
    private MatrixView<TElement>[] _packedFrom = [];
    private bool[] _isPanels = [];
    private int _count;

    /// <summary>Of each operand that is a dot product, its left rows.</summary>
    public PackedRows<TElement>[] Left { get; private set; } = [];

    /// <summary>Of each operand that is a dot product, its right rows as panels.</summary>
    public PackedRows<TElement>[] Panels { get; private set; } = [];

    /// <summary>Of each result that is a product, the rows it multiplies with.</summary>
    public PackedRows<TElement>[] With { get; private set; } = [];

    private static int Registers => ProductTile.Stride<TElement>(1) / Vector<TElement>.Count;

    /// <summary>Packs every matrix that the loop multiplies, each once in each form.</summary>
    public void Pack(ReadOnlySpan<Operand<TElement>> inputs, ReadOnlySpan<LoopResult<TElement>> results, int panelColumns, Workers workers)
    {
        (Left, Panels, With) = (AtLeast(Left, inputs.Length), AtLeast(Panels, inputs.Length), AtLeast(With, results.Length));
        var most = (2 * inputs.Length) + results.Length;
        (_packedFrom, _isPanels, _count) = (AtLeast(_packedFrom, most), AtLeast(_isPanels, most), 0);
        for (var i = 0; i < inputs.Length; i++)
        {
            if (inputs[i].Kind == OperandKind.Dot)
            {
                Left[i] = Pack(inputs[i].Values, null, workers);
                Panels[i] = Pack(inputs[i].Right, panelColumns, workers);
            }
        }

        for (var r = 0; r < results.Length; r++)
        {
            if (results[r].Kind is LoopResultKind.RowProduct or LoopResultKind.ColumnProduct)
            {
                With[r] = Pack(results[r].With, null, workers);
            }
        }

        // The views would keep the caller's arrays alive.
        _packedFrom.AsSpan(0, _count).Clear();
    }

    private static T[] AtLeast<T>(T[] array, int length) => array.Length >= length ? array : new T[length];

    private PackedRows<TElement> Pack(MatrixView<TElement> matrix, int? panelColumns, Workers workers)
    {
        for (var p = 0; p < _count; p++)
        {
            if (_isPanels[p] == panelColumns.HasValue && _packedFrom[p].Columns == matrix.Columns && _packedFrom[p].Span == matrix.Span)
            {
                return _packed[p].Rows;
            }
        }

        if (_count == _packed.Count)
        {
            _packed.Add(new());
        }

        (_packedFrom[_count], _isPanels[_count]) = (matrix, panelColumns.HasValue);
        var into = _packed[_count++];
        return panelColumns is { } columns
            ? into.PackPanels(matrix, columns, workers)
            : into.Pack<TElement>(matrix.Span, matrix.Rows, matrix.Columns, workers, Registers, ProductTile.Rows);
    }
}
