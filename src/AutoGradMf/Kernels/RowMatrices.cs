using System.Numerics;
using System.Numerics.Tensors;

namespace AutoGradMf.Kernels;

/// <summary>The matrices A_i that <see cref="RowSystems"/> solves with: gathers one and factorizes it.</summary>
internal readonly unsafe ref struct RowMatrices<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    /// <summary>The damping of an indefinite matrix begins at this times its largest element, and grows tenfold.</summary>
    private const double FirstDamping = 1e-8;

    private const int MostDampings = 24;

    /// <summary>By how much longer than of the damping alone a step may be.</summary>
    private const double MostGrowth = 100;
    private readonly ReadOnlySpan<CurvatureTerm<TElement>> _terms;
    private readonly RowSystemScratch<TElement> _shared;
    private readonly TElement* _common;
    private readonly int _k;

    /// <summary>Sums the terms that all rows have in common.</summary>
    /// <param name="terms">What the matrices are sums of.</param>
    /// <param name="shared">The calling thread's scratch, which has the terms' rows.</param>
    /// <param name="k">Their size.</param>
    public RowMatrices(ReadOnlySpan<CurvatureTerm<TElement>> terms, RowSystemScratch<TElement> shared, int k)
    {
        _terms = terms;
        _shared = shared;
        _k = k;
        Stride = ProductTile.Stride<TElement>(k);
        _common = shared.Common(k);
        SumCommon();
    }

    /// <summary>The terms of rows that samples read.</summary>
    public ReadOnlySpan<RowTerm<TElement>> Rows { get; init; }

    /// <summary>The weights of a term that is streamed, of some rows at a time.</summary>
    public MatrixView<TElement> Tile { get; init; }

    /// <summary>The row that the tile's first row belongs to.</summary>
    public int First { get; init; }

    /// <summary>The elements from one row of a matrix to the next.</summary>
    public int Stride { get; }

    private int Count => ProductTile.RoundUp(_k) * Stride;

    /// <summary>Whether all rows have the same one.</summary>
    public bool AreShared
    {
        get
        {
            foreach (ref readonly var term in _terms)
            {
                if (!IsCommon(in term))
                {
                    return false;
                }
            }

            return true;
        }
    }

    /// <summary>Makes A_i and its factor R in <paramref name="square"/>; full of NaN where no damping is enough.</summary>
    /// <param name="i">The row.</param>
    /// <param name="square">Receives R.</param>
    /// <param name="right">What the slopes are added to.</param>
    /// <param name="damped">Where A_i is damped, receives it as it is; null if it is not wanted.</param>
    /// <returns>Whether A_i is positive definite, and not damped.</returns>
    public bool Factor(int i, TElement* square, TElement* right, TElement* damped = null)
    {
        Gather(i, square, right);
        if (Cholesky.Factor(square, _k, Stride))
        {
            return true;
        }

        FlopCount.Pause();
        FactorDamped(i, square, damped == null ? RowSystemScratch<TElement>.OfThread.Gathered(_k) : damped);
        FlopCount.Resume();
        return false;
    }

    private void FactorDamped(int i, TElement* square, TElement* gathered)
    {
        Gather(i, gathered, null);
        var damping = FirstDamping * Largest(gathered);
        for (var attempt = 0; attempt < MostDampings; attempt++, damping *= 10)
        {
            new Span<TElement>(gathered, Count).CopyTo(new(square, Count));
            AddToDiagonal(square, TElement.CreateTruncating(damping));
            if (Cholesky.Factor(square, _k, Stride) && !IsNearlySingular(square, damping))
            {
                return;
            }
        }

        new Span<TElement>(square, _k * Stride).Fill(TElement.NaN);
    }

    /// <summary>
    /// Whether damping has done no more than to make a pivot positive: −a + λ of λ = a (1 + ε), which is rounding alone. Of R, the diagonal holds the roots of
    /// reciprocals.
    /// </summary>
    private bool IsNearlySingular(TElement* factor, double damping)
    {
        for (var c = 0; c < _k; c++)
        {
            var root = double.CreateTruncating(factor[(c * (nint)Stride) + c]);
            if (!(damping * root * root <= MostGrowth))
            {
                return true;
            }
        }

        return false;
    }

    private double Largest(TElement* square)
    {
        var largest = TElement.Zero;
        for (var c = 0; c < _k; c++)
        {
            largest = TElement.MaxMagnitudeNumber(largest, square[(c * (nint)Stride) + c]);
        }

        // No curvature, or none that can be damped: any multiple of the gradient is as good.
        var size = Math.Abs(double.CreateTruncating(largest));
        return TElement.IsNormal(TElement.CreateTruncating(FirstDamping * size)) ? size : 1 / FirstDamping;
    }

    private static bool IsCommon(ref readonly CurvatureTerm<TElement> term) => term.Kind is CurvatureTermKind.Ridge or CurvatureTermKind.Shared;

    private void SumCommon()
    {
        new Span<TElement>(_common, Count).Clear();
        for (var t = 0; t < _terms.Length; t++)
        {
            ref readonly var term = ref _terms[t];
            if (term.Kind == CurvatureTermKind.Ridge)
            {
                AddToDiagonal(_common, TElement.CreateTruncating(term.Scale));
            }
            else if (term.Kind == CurvatureTermKind.Shared)
            {
                AddSquare(_common, _shared.Rows(t), 0, TElement.One);
            }
        }
    }

    private void Gather(int i, TElement* square, TElement* right)
    {
        new Span<TElement>(_common, Count).CopyTo(new(square, Count));
        for (var t = 0; t < _terms.Length; t++)
        {
            ref readonly var term = ref _terms[t];
            if (term.Chosen is { } chosen)
            {
                foreach (var row in chosen.RowIndices[(int)chosen.ColumnPointers[i]..(int)chosen.ColumnPointers[i + 1]])
                {
                    Add(square, right, in term, t, row);
                }
            }
            else
            {
                Add(square, right, in term, t, i);
            }
        }
    }

    /// <summary>Adds what a term has for row i.</summary>
    private void Add(TElement* square, TElement* right, ref readonly CurvatureTerm<TElement> term, int t, int i)
    {
        switch (term.Kind)
        {
            case CurvatureTermKind.Ridge or CurvatureTermKind.Shared:
                break;
            case CurvatureTermKind.Weighted:
                AddSquares(square, in term, t, i);
                break;
            case CurvatureTermKind.Diagonal:
                AddDiagonal(square, term.Rows, i);
                break;
            case CurvatureTermKind.Outer:
                AddOuter(square, in term, i);
                break;
            case CurvatureTermKind.Gathered:
                AddGathered(square, in term, i);
                break;
            case CurvatureTermKind.Sampled:
                AddSampled(square, right, in term, t, term.Pattern!.RowPointers, term.Pattern.ColumnIndices, [], i);
                break;
            case CurvatureTermKind.Dense:
                AddDense(square, in term, t, term.Weights.Span[(i * term.Weights.Columns)..], 1);
                break;
            case CurvatureTermKind.DenseTransposed:
                AddDense(square, in term, t, term.Weights.Span[i..], term.Weights.Columns);
                break;
            case CurvatureTermKind.Streamed:
                AddDense(square, in term, t, Tile.Row(i - First), 1);
                break;
            default:
                AddSampled(square, right, in term, t, term.Pattern!.ColumnPointers, term.Pattern.RowIndices, term.Pattern.ColumnOrder, i);
                break;
        }
    }

    private void AddToDiagonal(TElement* square, TElement value)
    {
        FlopCount.Add(_k);
        for (var c = 0; c < _k; c++)
        {
            square[(c * (nint)Stride) + c] += value;
        }
    }

    /// <summary>Each of the squares, times the row's number for it.</summary>
    private void AddSquares(TElement* square, ref readonly CurvatureTerm<TElement> term, int t, int i)
    {
        var (rows, count) = (_shared.Rows(t), term.Square.Rows / _k);
        for (var s = 0; s < count; s++)
        {
            AddSquare(square, rows, s * _k, term.Weights.Span[(i * count) + s]);
        }
    }

    /// <summary>Whole registers, of which the first may begin before the diagonal.</summary>
    private void AddSquare(TElement* square, PackedRows<TElement> rows, int first, TElement scale)
    {
        FlopCount.Add((long)_k * (_k + 1));
        FlopCount.Spare((long)_k * (_k - 1));
        var factor = new Vector<TElement>(scale);
        for (var c = 0; c < _k; c++)
        {
            TElement* into = square + (c * (nint)Stride), row = rows[first + c];
            for (var d = c / Vector<TElement>.Count * Vector<TElement>.Count; d < rows.Stride; d += Vector<TElement>.Count)
            {
                Simd.MultiplyAdd(factor, Vector.Load(row + d), Vector.Load(into + d)).Store(into + d);
            }
        }
    }

    private void AddDiagonal(TElement* square, MatrixView<TElement> diagonals, int i)
    {
        if (diagonals.Columns == 1)
        {
            AddToDiagonal(square, diagonals.Span[i]);
            return;
        }

        FlopCount.Add(_k);
        var diagonal = diagonals.Row(i);
        for (var c = 0; c < _k; c++)
        {
            square[(c * (nint)Stride) + c] += diagonal[c];
        }
    }

    private void AddOuter(TElement* square, ref readonly CurvatureTerm<TElement> term, int i)
    {
        var scale = TElement.CreateTruncating(term.Scale) * (term.HasWeights ? term.Weights.Span[i] : TElement.One);
        var row = term.Rows.Row(i);
        FlopCount.Add((long)_k * (_k + 2));
        FlopCount.Spare((long)_k * (_k - 1));
        for (var c = 0; c < _k; c++)
        {
            var weighted = scale * row[c];
            for (var d = c; d < _k; d++)
            {
                square[(c * (nint)Stride) + d] += weighted * row[d];
            }
        }
    }

    /// <summary>Rows are gathered panel by panel, and each panel's outer products added up in registers, while the next panel's rows are on their way from memory.</summary>
    private void AddSampled(
        TElement* square, TElement* right, ref readonly CurvatureTerm<TElement> term, int t, ReadOnlySpan<long> pointers, ReadOnlySpan<int> places, ReadOnlySpan<int> order, int i)
    {
        var own = RowSystemScratch<TElement>.OfThread;
        TElement* panel = own.Panel(_k), weighted = own.WeightedPanel(_k);
        var scale = TElement.CreateTruncating(term.Scale);
        ReadOnlySpan<TElement> weights = term.HasWeights ? term.Weights.Span : [];
        ReadOnlySpan<TElement> slopes = term.HasSlopes && right != null ? term.Slopes.Span : [];
        var (first, end) = (pointers[i], pointers[i + 1]);
        if (!term.HasWeights && scale == TElement.One)
        {
            weighted = null;
        }

        FlopCount.Add((end - first) * ((weighted != null ? 1 : 0) + (slopes.IsEmpty ? 0 : 2)) * _k);
        fixed (int* place = places, at = order)
        fixed (TElement* weight = weights, slope = slopes)
        {
            var byColumn = _shared.ColumnNumbers(t);
            var isCopied = byColumn.Weights != null || byColumn.Slopes != null;
            var gather = new RowGather<TElement>(_shared.Rows(t), place, isCopied ? null : at, Stride)
            {
                Weights = isCopied ? byColumn.Weights : weight,
                Scale = scale,
                Slopes = slope == null ? null : isCopied ? byColumn.Slopes : slope,
                SlopeScale = TElement.CreateTruncating(term.SlopeScale),
                NumberStep = isCopied ? byColumn.Step : 1,
                Sum = right,
            };
            for (var start = first; start < end; start += RowSystemScratch<TElement>.PanelRows)
            {
                var count = (int)Math.Min(RowSystemScratch<TElement>.PanelRows, end - start);
                gather.Copy(start, count, panel, weighted);
                AddPanel(square, weighted == null ? panel : weighted, panel, count, in gather, start + count, places.Length);
            }
        }
    }

    /// <summary>Fetches a part of as many rows more, which may be those of other systems, beside each row of tiles.</summary>
    private void AddPanel(TElement* square, TElement* left, TElement* right, int count, ref readonly RowGather<TElement> next, long start, long end)
    {
        RankUpdate.Count(count, _k);
        var part = Math.Min(((count * ProductTile.Rows) + _k - 1) / _k, count);
        for (var a = 0; a < _k; a += ProductTile.Rows, start += part)
        {
            next.Fetch(Math.Min(start, end), Math.Min(start + part, end));
            RankUpdate.AddTileRow(left + a, Stride, right, count, square, Stride, a);
        }
    }

    /// <summary>Rows are made panel by panel from what the samples of row i chose.</summary>
    private void AddGathered(TElement* square, ref readonly CurvatureTerm<TElement> term, int i)
    {
        var own = RowSystemScratch<TElement>.OfThread;
        TElement* panel = own.Panel(_k), weighted = own.WeightedPanel(_k);
        var rows = new SampleRows<TElement>(Rows.Slice(term.FirstRow, term.RowCount), _k);
        var weights = term.Weights.Span;
        var scale = TElement.CreateTruncating(term.Scale);
        var (start, end) = ((int)term.Pattern!.ColumnPointers[i], (int)term.Pattern.ColumnPointers[i + 1]);
        FlopCount.Add((end - start) * (1L + rows.Operations) * _k);
        for (; start < end; start += RowSystemScratch<TElement>.PanelRows)
        {
            var count = Math.Min(RowSystemScratch<TElement>.PanelRows, end - start);
            for (var p = 0; p < count; p++)
            {
                var sample = term.Pattern.RowIndices[start + p];
                TElement* into = panel + (p * (nint)Stride), part = weighted + (p * (nint)Stride);
                rows.Read(sample, 0, new(into, _k), new(part, _k)).CopyTo(new(into, _k));
                Pad(into, _k);
                TensorPrimitives.Multiply(new ReadOnlySpan<TElement>(into, Stride), scale * weights[sample], new Span<TElement>(part, Stride));
            }

            RankUpdate.Add(weighted, panel, count, square, _k, Stride);
        }
    }

    /// <summary>All rows, the weights of which lie <paramref name="step"/> apart.</summary>
    private void AddDense(TElement* square, ref readonly CurvatureTerm<TElement> term, int t, ReadOnlySpan<TElement> weights, int step)
    {
        var own = RowSystemScratch<TElement>.OfThread;
        TElement* panel = own.Panel(_k), weighted = own.WeightedPanel(_k);
        var (rows, scale) = (_shared.Rows(t), TElement.CreateTruncating(term.Scale));
        FlopCount.Add((long)term.Rows.Rows * _k);
        for (var start = 0; start < term.Rows.Rows; start += RowSystemScratch<TElement>.PanelRows)
        {
            var count = Math.Min(RowSystemScratch<TElement>.PanelRows, term.Rows.Rows - start);
            for (var p = 0; p < count; p++)
            {
                var row = rows[start + p];
                Copy(row, panel + (p * (nint)Stride), rows.Stride);
                CopyScaled(row, scale * weights[(start + p) * step], weighted + (p * (nint)Stride), rows.Stride);
            }

            RankUpdate.Add(weighted, panel, count, square, _k, Stride);
        }
    }

    private void Copy(TElement* row, TElement* into, int length)
    {
        for (var c = 0; c < length; c += Vector<TElement>.Count)
        {
            Vector.Load(row + c).Store(into + c);
        }

        Pad(into, length);
    }

    private void CopyScaled(TElement* row, TElement scale, TElement* into, int length)
    {
        var factor = new Vector<TElement>(scale);
        for (var c = 0; c < length; c += Vector<TElement>.Count)
        {
            (factor * Vector.Load(row + c)).Store(into + c);
        }

        Pad(into, length);
    }

    /// <summary>Tiles may be wider than registers.</summary>
    private void Pad(TElement* into, int length)
    {
        for (var c = length; c < Stride; c++)
        {
            into[c] = TElement.Zero;
        }
    }
}
