using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AutoGradMf.Benchmarks.Dense;

/// <summary>
/// Value and gradient of ½‖UVᵀ − R‖² as an expert writes them by hand: tiles of errors that stay in the cache, made and multiplied by eight rows
/// and two 512-bit registers at a time. Ranges of rows go to the threads, each with a gradient in V of its own, which are added up in the end.
/// </summary>
internal sealed unsafe class TunedDense : IDisposable
{
    private const int TileRows = 32;
    private const int TileColumns = 96;
    private const int Ranges = 8;
    private readonly DensePoint _point;
    private readonly int _stride;
    private readonly int _paddedN;
    private readonly List<nint> _memory = [];
    private readonly float* _u;
    private readonly float* _v;
    private readonly float* _transposed;
    private readonly float* _ofU;
    private readonly float* _ofV;
    private readonly float* _tiles;
    private readonly double[] _values = new double[Ranges];
    private readonly ParallelOptions _options;

    public TunedDense(DensePoint point, int threads)
    {
        (_point, _stride, _paddedN) = (point, RoundUp(point.K, TunedTile.Columns), RoundUp(point.N, TileColumns));
        _u = Allocate((point.M + TileRows) * _stride);
        _v = Allocate(_paddedN * _stride);
        _transposed = Allocate(_paddedN * _stride);
        _ofU = Allocate((point.M + TileRows) * _stride);
        _ofV = Allocate(Ranges * _paddedN * _stride);
        _tiles = Allocate(Ranges * TileRows * TileColumns);
        (OfU, OfV) = (new float[point.U.Length], new float[point.V.Length]);
        _options = new() { MaxDegreeOfParallelism = threads };
    }

    /// <summary>The gradient in U.</summary>
    public float[] OfU { get; }

    /// <summary>The gradient in V.</summary>
    public float[] OfV { get; }

    public double Evaluate()
    {
        Parallel.For(0, Ranges, _options, Pack);
        Parallel.For(0, Ranges, _options, Run);
        Parallel.For(0, Ranges, _options, AddUp);
        return _values.Sum() / 2;
    }

    public void Dispose() => _memory.ForEach(block => NativeMemory.AlignedFree((void*)block));

    private static int RoundUp(int number, int multiple) => (number + multiple - 1) / multiple * multiple;

    private float* Allocate(int count)
    {
        var block = (float*)NativeMemory.AlignedAlloc((nuint)count * sizeof(float), 64);
        new Span<float>(block, count).Clear();
        _memory.Add((nint)block);
        return block;
    }

    /// <summary>Pads the rows of a range, and makes panels of as many columns of Vᵀ as a tile has, a row for each feature.</summary>
    private void Pack(int range)
    {
        var k = _point.K;
        for (var i = Share(_point.M, range); i < Share(_point.M, range + 1); i++)
        {
            _point.U.AsSpan(i * k, k).CopyTo(new(_u + ((nint)i * _stride), k));
        }

        for (var j = Share(_point.N, range); j < Share(_point.N, range + 1); j++)
        {
            _point.V.AsSpan(j * k, k).CopyTo(new(_v + ((nint)j * _stride), k));
            var panel = _transposed + ((nint)j / TileColumns * TileColumns * _stride) + (j % TileColumns);
            for (var f = 0; f < k; f++)
            {
                panel[f * TileColumns] = _point.V[(j * k) + f];
            }
        }
    }

    /// <summary>The gradients without padding: that in V is the sum over the ranges.</summary>
    private void AddUp(int range)
    {
        var k = _point.K;
        for (var i = Share(_point.M, range); i < Share(_point.M, range + 1); i++)
        {
            new Span<float>(_ofU + ((nint)i * _stride), k).CopyTo(OfU.AsSpan(i * k, k));
        }

        for (var j = Share(_point.N, range); j < Share(_point.N, range + 1); j++)
        {
            var into = OfV.AsSpan(j * k, k);
            new Span<float>(_ofV + ((nint)j * _stride), k).CopyTo(into);
            for (var r = 1; r < Ranges; r++)
            {
                TensorPrimitives.Add(into, new ReadOnlySpan<float>(_ofV + ((((nint)r * _paddedN) + j) * _stride), k), into);
            }
        }
    }

    private static int Share(int rows, int range) => (int)((long)rows * range / Ranges);

    private void Run(int range)
    {
        var (first, end) = (Start(range), Start(range + 1));
        float* ofV = _ofV + ((nint)range * _paddedN * _stride), tile = _tiles + (range * TileRows * TileColumns);
        new Span<float>(ofV, _paddedN * _stride).Clear();
        new Span<float>(_ofU + ((nint)first * _stride), (end - first) * _stride).Clear();
        var value = 0.0;
        for (var j = 0; j < _point.N; j += TileColumns)
        {
            for (var i = first; i < end; i += TileRows)
            {
                var (rows, columns) = (Math.Min(TileRows, end - i), Math.Min(TileColumns, _point.N - j));
                for (var r = 0; r < rows; r += TunedTile.Rows)
                {
                    TunedTile.Multiply(_u + ((nint)(i + r) * _stride), 1, _stride, _transposed + ((nint)j * _stride), TileColumns, _point.K, tile + (r * TileColumns), TileColumns, TileColumns, false);
                }

                value += Subtract(tile, i, rows, j, columns);
                for (var r = 0; r < rows; r += TunedTile.Rows)
                {
                    TunedTile.Multiply(tile + (r * TileColumns), 1, TileColumns, _v + ((nint)j * _stride), _stride, columns, _ofU + ((nint)(i + r) * _stride), _stride, _stride, true);
                }

                for (var c = 0; c < columns; c += TunedTile.Rows)
                {
                    TunedTile.Multiply(tile + c, TileColumns, 1, _u + ((nint)i * _stride), _stride, rows, ofV + ((nint)(j + c) * _stride), _stride, _stride, true);
                }
            }
        }

        _values[range] = value;
    }

    /// <summary>Whole groups of rows, so that none is written by two.</summary>
    private int Start(int range) => range == Ranges ? _point.M : _point.M / TunedTile.Rows * range / Ranges * TunedTile.Rows;

    /// <summary>The errors of a tile, and the sum of their squares.</summary>
    private double Subtract(float* tile, int i, int rows, int j, int columns)
    {
        var (low, high) = (Vector512<double>.Zero, Vector512<double>.Zero);
        var rest = 0.0;
        fixed (float* ratings = _point.Ratings)
        {
            for (var r = 0; r < rows; r++)
            {
                float* line = tile + (r * TileColumns), rated = ratings + ((nint)(i + r) * _point.N) + j;
                var c = 0;
                for (; c <= columns - Vector512<float>.Count; c += Vector512<float>.Count)
                {
                    var error = Vector512.Load(line + c) - Vector512.Load(rated + c);
                    error.Store(line + c);
                    var (lower, upper) = Vector512.Widen(error * error);
                    low += lower;
                    high += upper;
                }

                for (; c < columns; c++)
                {
                    line[c] -= rated[c];
                    rest += line[c] * line[c];
                }
            }
        }

        return Vector512.Sum(low + high) + rest;
    }
}
