using System.Numerics;

namespace AutoGradMf.Kernels;

/// <summary>What a thread keeps between calls of <see cref="RowSystems"/>.</summary>
internal sealed unsafe class RowSystemScratch<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    /// <summary>How many rows are gathered at a time: at k = 64 they, their weighted copies and the square fit a first-level cache in float.</summary>
    public const int PanelRows = 32;

    [ThreadStatic]
    private static RowSystemScratch<TElement>? _ofThread;

    private readonly PinnedBuffer<TElement> _square = new();
    private readonly PinnedBuffer<TElement> _gathered = new();
    private readonly PinnedBuffer<TElement> _common = new();
    private readonly PinnedBuffer<TElement> _right = new();
    private readonly PinnedBuffer<TElement> _panel = new();
    private readonly PinnedBuffer<TElement> _weightedPanel = new();
    private readonly List<PackedMatrix<TElement>> _packed = [];
    private readonly List<ColumnNumbers<TElement>> _columnNumbers = [];
    private TElement[] _tile = [];

    /// <summary>This thread's.</summary>
    public static RowSystemScratch<TElement> OfThread => _ofThread ??= new();

    /// <summary>Makes room for all that systems of k numbers need.</summary>
    public void Prepare(int k)
    {
        Square(k);
        Gathered(k);
        Common(k);
        Right(k);
        Panel(k);
        WeightedPanel(k);
    }

    /// <summary>Room for a k × k square.</summary>
    public TElement* Square(int k) => _square.Reserve((long)ProductTile.RoundUp(k) * ProductTile.Stride<TElement>(k));

    /// <summary>Room for a k × k square that is kept while it is damped.</summary>
    public TElement* Gathered(int k) => _gathered.Reserve((long)ProductTile.RoundUp(k) * ProductTile.Stride<TElement>(k));

    /// <summary>Room for a k × k square that those of all rows begin as.</summary>
    public TElement* Common(int k) => _common.Reserve((long)ProductTile.RoundUp(k) * ProductTile.Stride<TElement>(k));

    /// <summary>Room for a right side.</summary>
    public TElement* Right(int k) => _right.Reserve(ProductTile.Stride<TElement>(k));

    /// <summary>Room for gathered rows.</summary>
    public TElement* Panel(int k) => _panel.Reserve((long)PanelRows * ProductTile.Stride<TElement>(k));

    /// <summary>Room for gathered rows times their weights.</summary>
    public TElement* WeightedPanel(int k) => _weightedPanel.Reserve((long)PanelRows * ProductTile.Stride<TElement>(k));

    /// <summary>Room for the weights of some rows.</summary>
    public MatrixView<TElement> Tile(int rows, int columns)
    {
        var count = checked(rows * columns);
        _tile = _tile.Length >= count ? _tile : new TElement[count];
        return new(_tile, 0, rows, columns);
    }

    /// <summary>The rows of a term that is a sum, or of its square, as last packed.</summary>
    public PackedRows<TElement> Rows(int term) => _packed[term].Rows;

    /// <summary>The numbers of a term in column order, as last packed, if copies were worth their while.</summary>
    public ColumnNumbers<TElement> ColumnNumbers(int term) => _columnNumbers[term];

    /// <summary>Copies the rows of all terms that are sums, and squares, padded; and the numbers of large terms that are summed over columns in their order.</summary>
    public void Pack(ReadOnlySpan<CurvatureTerm<TElement>> terms, Workers workers)
    {
        for (var t = 0; t < terms.Length; t++)
        {
            if (_packed.Count == t)
            {
                _packed.Add(new());
                _columnNumbers.Add(new());
            }

            _columnNumbers[t].Clear();
            if (terms[t] is { Kind: CurvatureTermKind.SampledTransposed, Pattern: { } pattern } && ColumnNumbers<TElement>.IsWorthwhile(pattern))
            {
                _columnNumbers[t].Copy(pattern, terms[t].HasWeights ? terms[t].Weights.Span : [], terms[t].HasSlopes ? terms[t].Slopes.Span : [], workers);
            }

            if (terms[t].IsSum)
            {
                _packed[t].Pack<TElement>(terms[t].Rows.Span, terms[t].Rows.Rows, terms[t].Rows.Columns, workers);
            }
            else if (terms[t].Kind is CurvatureTermKind.Shared or CurvatureTermKind.Weighted)
            {
                _packed[t].Pack<double>(terms[t].Square.Span, terms[t].Square.Rows, terms[t].Square.Columns, workers);
            }
        }
    }
}
