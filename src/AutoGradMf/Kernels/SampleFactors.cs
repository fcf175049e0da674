using System.Numerics;
using System.Numerics.Tensors;
using AutoGradMf.Objectives;

namespace AutoGradMf.Kernels;

/// <summary>
/// Factors as stochastic gradient works on them, with what it remembers of past gradients: each row begins at a SIMD register's
/// boundary, zeros after its end; of factors that are read in columns, these are the rows. What all samples read lies apart, and blocks that run at once have copies of it.
/// </summary>
internal sealed unsafe class SampleFactors<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    /// <summary>
    /// The first features of a row, whose rate is their own: they begin alone, and what they learn in the first epoch slows down none but them
    /// (Chin, Zhuang, Juan &amp; Lin, PAKDD 2015, who call them slow, and the others fast).
    /// </summary>
    public const int SlowFeatures = 8;

    private readonly ParameterLayout _layout;
    private readonly PinnedBuffer<TElement> _buffer = new();
    private readonly PinnedBuffer<TElement> _copies = new();
    private readonly TElement[] _saved;
    private readonly int[] _values;
    private readonly int[] _squares;
    private readonly int[] _velocities;
    private readonly int[] _strides;
    private readonly bool[] _isShared;
    private readonly bool[] _isTurned;
    private readonly int _copiedCount;
    private readonly int _count;

    /// <param name="layout">The factors.</param>
    /// <param name="shared">Those that all samples read.</param>
    /// <param name="inColumns">Those that samples read in columns.</param>
    /// <param name="remembersGradients">Whether there are velocities.</param>
    /// <param name="isLockFree">Whether blocks that run at once change what all samples read in place, without copies.</param>
    public SampleFactors(ParameterLayout layout, IReadOnlySet<int> shared, IReadOnlySet<int> inColumns, bool remembersGradients, bool isLockFree)
    {
        _layout = layout;
        var factors = layout.Factors.Count;
        (_values, _squares, _velocities, _strides) = (new int[factors], new int[factors], new int[factors], new int[factors]);
        _isShared = [.. Enumerable.Range(0, factors).Select(shared.Contains)];
        _isTurned = [.. Enumerable.Range(0, factors).Select(inColumns.Contains)];

        // Each factor begins at a cache line, which registers may then be as wide as.
        var (count, line) = (0, CacheLine.Bytes / sizeof(TElement));
        foreach (var factor in Enumerable.Range(0, factors).OrderBy(f => !_isShared[f]))
        {
            _strides[factor] = StrideOf(factor);
            _values[factor] = Take(RowsOf(factor) * _strides[factor]);
            _squares[factor] = Take(RowsOf(factor) * SquaresStride(factor));
            _velocities[factor] = remembersGradients ? Take(RowsOf(factor) * _strides[factor]) : -1;
            _copiedCount = _isShared[factor] && !isLockFree ? count : _copiedCount;
        }

        _count = count;
        _saved = new TElement[_count];
        Start = _buffer.Reserve(_count);
        All.Clear();
        for (var factor = 0; factor < factors; factor++)
        {
            BeginSquares(factor, first: 1);
        }

        int Take(int elements)
        {
            var start = count;
            count = checked(count + ((elements + line - 1) / line * line));
            return start;
        }
    }

    /// <summary>Where the factors begin.</summary>
    public TElement* Start { get; }

    /// <summary>Makes room for so many blocks that run at once.</summary>
    public void Widen(int width) => _copies.Reserve((long)_copiedCount * width);

    /// <summary>Where the shared factors begin that the block in a place of its stratum works on.</summary>
    public TElement* Copy(int place) => _copiedCount == 0 ? Start : _copies.Reserve(0) + ((nint)place * _copiedCount);

    /// <summary>The elements from one row of a factor to the next.</summary>
    public int Stride(int factor) => _strides[factor];

    /// <summary>The elements of a row, without the zeros after its end.</summary>
    public int Length(int factor) => _isShared[factor] ? _layout.Factors[factor].Count
        : _isTurned[factor] ? _layout.Factors[factor].Rows
        : _layout.Factors[factor].Kind == FactorKind.Matrix ? _layout.Factors[factor].Columns
        : 1;

    /// <summary>From where the factors begin to the first row of one.</summary>
    public int Values(int factor) => _values[factor];

    /// <summary>Whether rows have features beside the slow ones.</summary>
    public bool HasFastFeatures(int factor) => HasFeatures(factor) && Length(factor) > SlowFeatures;

    /// <summary>Whether rows have features, and a <see cref="RowMemory{TElement}"/>.</summary>
    public bool HasFeatures(int factor) => !_isShared[factor] && _layout.Factors[factor].Kind == FactorKind.Matrix;

    /// <summary>From where the factors begin to the sum of squared gradients of a factor's first row, of its slow features if it has any.</summary>
    public int Squares(int factor) => _squares[factor];

    /// <summary>From the sum of squared gradients of a row to that of the next.</summary>
    public int SquaresStride(int factor) => HasFeatures(factor) ? RowMemory<TElement>.Count : 1;

    /// <summary>From where the factors begin to the velocity of a factor's first row.</summary>
    public int Velocities(int factor) => _velocities[factor];

    /// <summary>Forgets the past gradients of a factor.</summary>
    /// <param name="factor">Its number.</param>
    /// <param name="first">
    /// The mean squares that are there before the first: no step is then longer than the rate, nor than the gradient times the rate
    /// divided by its root (Chin, Zhuang, Juan &amp; Lin, PAKDD 2015).
    /// </param>
    public void BeginSquares(int factor, double first) =>
        new Span<TElement>(Start + _squares[factor], RowsOf(factor) * SquaresStride(factor)).Fill(TElement.CreateTruncating(first));

    /// <summary>The squared gradients of a factor's rows, summed over the past; of their elements, and not the means.</summary>
    public double SumSquares(int factor)
    {
        var (sum, stride, length) = (0.0, SquaresStride(factor), Length(factor));
        var slow = HasFastFeatures(factor) ? SlowFeatures : length;
        var squares = new ReadOnlySpan<TElement>(Start + _squares[factor], RowsOf(factor) * stride);
        for (var row = 0; row < squares.Length; row += stride)
        {
            sum += slow * double.CreateChecked(squares[row]);
            sum += slow == length ? 0 : (length - slow) * double.CreateChecked(squares[row + RowMemory<TElement>.OfFastSquares]);
        }

        return sum;
    }

    /// <summary>
    /// Takes the norms that a <see cref="RowMemory{TElement}"/> has from the rows: those that follow what rows become are rounded in each step.
    /// </summary>
    public void MeasureNorms()
    {
        for (var factor = 0; factor < _strides.Length; factor++)
        {
            if (!HasFeatures(factor))
            {
                continue;
            }

            var (stride, slow) = (_strides[factor], Math.Min(SlowFeatures, _strides[factor]));
            TElement* row = Start + _values[factor], norms = Start + _squares[factor] + RowMemory<TElement>.OfNorms;
            for (var rows = RowsOf(factor); rows > 0; rows--, row += stride, norms += RowMemory<TElement>.Count)
            {
                norms[0] = TensorPrimitives.SumOfSquares(new ReadOnlySpan<TElement>(row, slow));
                norms[1] = TensorPrimitives.SumOfSquares(new ReadOnlySpan<TElement>(row + slow, stride - slow));
            }
        }
    }

    public void Load(Parameters<TElement> parameters)
    {
        for (var factor = 0; factor < _strides.Length; factor++)
        {
            var from = parameters[factor].Span;
            var (length, rows) = (Length(factor), RowsOf(factor));
            for (var row = 0; row < rows; row++)
            {
                var into = new Span<TElement>(Start + _values[factor] + ((nint)row * _strides[factor]), _strides[factor]);
                into[length..].Clear();
                if (!_isTurned[factor])
                {
                    from.Slice(row * length, length).CopyTo(into);
                    continue;
                }

                for (var k = 0; k < length; k++)
                {
                    into[k] = from[(k * rows) + row];
                }
            }
        }
    }

    public void Store(Parameters<TElement> parameters)
    {
        for (var factor = 0; factor < _strides.Length; factor++)
        {
            var into = parameters[factor].Span;
            var (length, rows) = (Length(factor), RowsOf(factor));
            for (var row = 0; row < rows; row++)
            {
                var from = new Span<TElement>(Start + _values[factor] + ((nint)row * _strides[factor]), length);
                if (!_isTurned[factor])
                {
                    from.CopyTo(into.Slice(row * length, length));
                    continue;
                }

                for (var k = 0; k < length; k++)
                {
                    into[(k * rows) + row] = from[k];
                }
            }
        }
    }

    /// <summary>Keeps everything for <see cref="Restore"/>.</summary>
    public void Save() => All.CopyTo(_saved);

    /// <summary>Everything as it was kept.</summary>
    public void Restore() => _saved.CopyTo(All);

    /// <summary>Sets velocities to zero.</summary>
    public void ForgetVelocities()
    {
        for (var factor = 0; factor < _velocities.Length; factor++)
        {
            if (_velocities[factor] >= 0)
            {
                new Span<TElement>(Start + _velocities[factor], RowsOf(factor) * _strides[factor]).Clear();
            }
        }
    }

    /// <summary>Everything that the next epoch depends on.</summary>
    public Span<TElement> All => new(Start, _count);

    /// <summary>Gives the block in a place of its stratum its copy of the shared factors.</summary>
    public void Share(int place) => new Span<TElement>(Start, _copiedCount).CopyTo(new(Copy(place), _copiedCount));

    /// <summary>
    /// Averages what blocks that ran at once changed in their copies, in their order, each with its weight (McDonald, Hall &amp; Mann, NAACL 2010): what none
    /// changed stays as it is, bit for bit.
    /// </summary>
    public void Average(ReadOnlySpan<int> weights)
    {
        var all = 0L;
        foreach (var weight in weights)
        {
            all += weight;
        }

        var changes = Copy(0);
        for (var place = 0; place < weights.Length && _copiedCount > 0; place++)
        {
            var copy = Copy(place);
            var weight = TElement.CreateTruncating(weights[place] / (double)all);
            for (var i = 0; i < _copiedCount; i++)
            {
                var change = weight * (copy[i] - Start[i]);
                changes[i] = place == 0 ? change : changes[i] + change;
            }
        }

        for (var i = 0; i < _copiedCount; i++)
        {
            Start[i] += changes[i];
        }
    }

    /// <summary>Where a factor lies: among the shared ones of a block's copy, or with all others.</summary>
    public TElement* Base(int factor, TElement* shared) => _isShared[factor] ? shared : Start;

    private int RowsOf(int factor) => _isShared[factor] ? 1 : _layout.Factors[factor].Count / Length(factor);

    private int StrideOf(int factor) => !_isShared[factor] && Length(factor) == 1 && _layout.Factors[factor].Kind != FactorKind.Matrix ? 1 : Padded(Length(factor));

    private static int Padded(int count) => (count + Vector<TElement>.Count - 1) / Vector<TElement>.Count * Vector<TElement>.Count;
}
