using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace AutoGradMf.Benchmarks.Gradients;

/// <summary>
/// Value and gradient as an expert writes them by hand for one loss, float, and k a multiple of 32: a pass over rows that takes 16 ratings at a
/// time, their derivatives kept, and a pass over columns. Ranges of rows and columns with equally many ratings go to the threads.
/// </summary>
internal sealed unsafe class TunedGradient<TTerm>
    where TTerm : struct, ITerm
{
    private const int Width = 16;
    private const int Panel = 2 * Width;
    private const int Ranges = 64;
    private readonly int _m;
    private readonly int _n;
    private readonly int _k;
    private readonly float _ridge;
    private readonly int[] _columns;
    private readonly int[] _rows;
    private readonly int[] _order;
    private readonly long[] _rowPointers;
    private readonly long[] _columnPointers;
    private readonly float[] _ratings;
    private readonly float[] _derivatives;
    private readonly float[] _gramOfU;
    private readonly float[] _gramOfV;
    private readonly List<float[]> _pinned = [];
    private readonly double[] _values = new double[Ranges];
    private readonly ParallelOptions _options;
    private readonly float* _u;
    private readonly float* _v;

    public TunedGradient(SparseMatrix<float> ratings, float[] u, float[] v, int k, float ridge, int threads)
    {
        var pattern = ratings.Pattern;
        (_m, _n, _k, _ridge) = (pattern.Rows, pattern.Columns, k, ridge);
        (_columns, _rows, _order) = (pattern.ColumnIndices.ToArray(), pattern.RowIndices.ToArray(), pattern.ColumnOrder.ToArray());
        (_rowPointers, _columnPointers) = (pattern.RowPointers.ToArray(), pattern.ColumnPointers.ToArray());
        _ratings = Padded(ratings.View.Span);
        _derivatives = new float[pattern.Count + Width];
        (_gramOfU, _gramOfV) = (new float[k * k], new float[k * k]);
        _u = Aligned(u);
        _v = Aligned(v);
        OfU = Aligned(new float[u.Length]);
        OfV = Aligned(new float[v.Length]);
        _options = new() { MaxDegreeOfParallelism = threads };
    }

    public float* OfU { get; }

    public float* OfV { get; }

    /// <summary>Whether it is written for so many features.</summary>
    public static bool Supports(int k) => k % Panel == 0 && Avx512F.IsSupported;

    public double Evaluate()
    {
        if (TTerm.HasGram)
        {
            Gram(_u, _m, _gramOfU);
            Gram(_v, _n, _gramOfV);
        }

        Run(_rowPointers, _m, Rows);
        Run(_columnPointers, _n, Columns);
        var value = _values.Sum();
        for (var e = 0; TTerm.HasGram && e < _k * _k; e++)
        {
            value += 0.5 * _gramOfU[e] * _gramOfV[e];
        }

        return value;
    }

    private static float[] Padded(ReadOnlySpan<float> values)
    {
        var padded = new float[values.Length + Width];
        values.CopyTo(padded);
        return padded;
    }

    private float* Aligned(float[] values)
    {
        var pinned = GC.AllocateArray<float>(values.Length + Width, pinned: true);
        var first = (float*)(((nuint)Unsafe.AsPointer(ref pinned[0]) + 63) & ~(nuint)63);
        values.CopyTo(new Span<float>(first, values.Length));
        _pinned.Add(pinned);
        return first;
    }

    private void Run(long[] pointers, int count, Action<int, int, int> range)
    {
        if (_options.MaxDegreeOfParallelism == 1)
        {
            for (var r = 0; r < Ranges; r++)
            {
                range(r, Bound(pointers, count, r), Bound(pointers, count, r + 1));
            }
        }
        else
        {
            Parallel.For(0, Ranges, _options, r => range(r, Bound(pointers, count, r), Bound(pointers, count, r + 1)));
        }
    }

    private static int Bound(long[] pointers, int count, int range)
    {
        var found = Array.BinarySearch(pointers, pointers[count] * range / Ranges);
        return range == Ranges ? count : range == 0 ? 0 : found < 0 ? ~found : found;
    }

    private void Rows(int range, int from, int to)
    {
        var value = 0.0;
        fixed (int* columns = _columns)
        fixed (float* ratings = _ratings, derivatives = _derivatives, gram = _gramOfV)
        {
            var predictions = stackalloc float[Width];
            new Span<float>(predictions, Width).Clear();
            for (var i = from; i < to; i++)
            {
                float* u = _u + ((nint)i * _k), into = OfU + ((nint)i * _k);
                value += Start(u, gram, into);
                for (var e = _rowPointers[i]; e < _rowPointers[i + 1]; e += Width)
                {
                    var count = (int)Math.Min(Width, _rowPointers[i + 1] - e);
                    Predict(u, columns + e, count, predictions);
                    var values = TTerm.Evaluate(Vector512.Load(predictions), Vector512.Load(ratings + e), out var derivative);
                    if (count == Width)
                    {
                        derivative.Store(derivatives + e);
                        value += Vector512.Sum(values);
                    }
                    else
                    {
                        for (var lane = 0; lane < count; lane++)
                        {
                            derivatives[e + lane] = derivative[lane];
                            value += values[lane];
                        }
                    }

                    Add(derivatives + e, columns + e, count, into);
                }
            }
        }

        _values[range] = value;
    }

    private void Predict(float* u, int* columns, int count, float* predictions)
    {
        for (var e = 0; e < count; e += 4)
        {
            float* v0 = _v + ((nint)columns[e] * _k);
            float* v1 = e + 1 < count ? _v + ((nint)columns[e + 1] * _k) : v0;
            float* v2 = e + 2 < count ? _v + ((nint)columns[e + 2] * _k) : v0;
            float* v3 = e + 3 < count ? _v + ((nint)columns[e + 3] * _k) : v0;
            Vector512<float> sum0 = default, sum1 = default, sum2 = default, sum3 = default;
            for (var f = 0; f < _k; f += Width)
            {
                var factor = Vector512.Load(u + f);
                sum0 = Vector512.FusedMultiplyAdd(factor, Vector512.Load(v0 + f), sum0);
                sum1 = Vector512.FusedMultiplyAdd(factor, Vector512.Load(v1 + f), sum1);
                sum2 = Vector512.FusedMultiplyAdd(factor, Vector512.Load(v2 + f), sum2);
                sum3 = Vector512.FusedMultiplyAdd(factor, Vector512.Load(v3 + f), sum3);
            }

            Sums(sum0, sum1, sum2, sum3).Store(predictions + e);
        }
    }

    /// <summary>The sums over the lanes of four registers, by two steps that add halves of pairs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Sums(Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d)
    {
        var ab = (Avx512F.UnpackLow(a, b) + Avx512F.UnpackHigh(a, b)).AsDouble();
        var cd = (Avx512F.UnpackLow(c, d) + Avx512F.UnpackHigh(c, d)).AsDouble();
        var all = Avx512F.UnpackLow(ab, cd).AsSingle() + Avx512F.UnpackHigh(ab, cd).AsSingle();
        var half = all.GetLower() + all.GetUpper();
        return half.GetLower() + half.GetUpper();
    }

    private void Add(float* weights, int* columns, int count, float* into)
    {
        for (var f = 0; f < _k; f += Panel)
        {
            var (sum0, sum1) = (Vector512.Load(into + f), Vector512.Load(into + f + Width));
            for (var e = 0; e < count; e++)
            {
                var weight = Vector512.Create(weights[e]);
                var v = _v + ((nint)columns[e] * _k) + f;
                sum0 = Vector512.FusedMultiplyAdd(weight, Vector512.Load(v), sum0);
                sum1 = Vector512.FusedMultiplyAdd(weight, Vector512.Load(v + Width), sum1);
            }

            sum0.Store(into + f);
            sum1.Store(into + f + Width);
        }
    }

    private void Columns(int range, int from, int to)
    {
        fixed (int* rows = _rows, order = _order)
        fixed (float* derivatives = _derivatives, gram = _gramOfU)
        {
            for (var j = from; j < to; j++)
            {
                float* v = _v + ((nint)j * _k), into = OfV + ((nint)j * _k);
                _values[range] += Start(v, gram, into);
                for (var f = 0; f < _k; f += Panel)
                {
                    var (sum0, sum1) = (Vector512.Load(into + f), Vector512.Load(into + f + Width));
                    for (var place = _columnPointers[j]; place < _columnPointers[j + 1]; place++)
                    {
                        var weight = Vector512.Create(derivatives[order[place]]);
                        var u = _u + ((nint)rows[place] * _k) + f;
                        sum0 = Vector512.FusedMultiplyAdd(weight, Vector512.Load(u), sum0);
                        sum1 = Vector512.FusedMultiplyAdd(weight, Vector512.Load(u + Width), sum1);
                    }

                    sum0.Store(into + f);
                    sum1.Store(into + f + Width);
                }
            }
        }
    }

    /// <summary>The gradient of the ridge, and that of the Gram matrix if there is one; the ridge's value.</summary>
    private double Start(float* row, float* gram, float* into)
    {
        var squares = Vector512<float>.Zero;
        for (var f = 0; f < _k; f += Width)
        {
            var values = Vector512.Load(row + f);
            squares = Vector512.FusedMultiplyAdd(values, values, squares);
            var sum = _ridge * values;
            for (var g = 0; TTerm.HasGram && g < _k; g++)
            {
                sum = Vector512.FusedMultiplyAdd(Vector512.Create(row[g]), Vector512.Load(gram + (g * _k) + f), sum);
            }

            sum.Store(into + f);
        }

        return _ridge / 2 * Vector512.Sum(squares);
    }

    private void Gram(float* factor, int rows, float[] into)
    {
        Array.Clear(into);
        fixed (float* gram = into)
        {
            for (var i = 0; i < rows; i++)
            {
                var row = factor + ((nint)i * _k);
                for (var a = 0; a < _k; a++)
                {
                    var weight = Vector512.Create(row[a]);
                    for (var f = 0; f < _k; f += Width)
                    {
                        var place = gram + (a * _k) + f;
                        Vector512.FusedMultiplyAdd(weight, Vector512.Load(row + f), Vector512.Load(place)).Store(place);
                    }
                }
            }
        }
    }
}
