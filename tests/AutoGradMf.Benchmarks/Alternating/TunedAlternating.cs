using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using AutoGradMf.Benchmarks.Dense;

namespace AutoGradMf.Benchmarks.Alternating;

/// <summary>
/// Alternating least squares as an expert writes it by hand: for each row, the weighted rows of the other factor are gathered, their outer
/// products added up eight rows and two 512-bit registers at a time, and the system solved by Cholesky. For k a multiple of 32.
/// </summary>
/// <param name="ratings">R.</param>
/// <param name="k">Features.</param>
/// <param name="alpha">Confidence of implicit feedback; null for the observed ratings alone.</param>
/// <param name="ridge">λ.</param>
/// <param name="threads">Threads to compute on.</param>
internal sealed unsafe class TunedAlternating(SparseMatrix<float> ratings, int k, float? alpha, float ridge, int threads)
{
    private const int PanelRows = 64;
    private const int Batch = 32;
    private readonly SparsePattern _pattern = ratings.Pattern;
    private readonly float[] _ratings = ratings.View.Span.ToArray();
    private readonly float[] _gram = new float[k * k];
    private readonly ParallelOptions _options = new() { MaxDegreeOfParallelism = threads };

    /// <summary>Whether it is written for so many features on this machine.</summary>
    public static bool Supports(int k) => k % TunedTile.Columns == 0 && Vector512.IsHardwareAccelerated;

    /// <summary>Solves for U, and then for V.</summary>
    public void Iterate(float[] u, float[] v)
    {
        Solve(u, _pattern.Rows, v, _pattern.Columns, isTransposed: false);
        Solve(v, _pattern.Columns, u, _pattern.Rows, isTransposed: true);
    }

    private void Solve(float[] factor, int rows, float[] other, int otherRows, bool isTransposed)
    {
        if (alpha is not null)
        {
            Gram(other, otherRows);
        }

        Parallel.For(0, (rows + Batch - 1) / Batch, _options, () => (nint)NativeMemory.AlignedAlloc((nuint)(((2 * PanelRows) + k + 1) * k * sizeof(float)), 64), (batch, _, memory) =>
        {
            fixed (float* from = other, into = factor)
            {
                for (var i = batch * Batch; i < Math.Min(rows, (batch + 1) * Batch); i++)
                {
                    SolveRow(i, from, into + ((nint)i * k), isTransposed, (float*)memory);
                }
            }

            return memory;
        }, memory => NativeMemory.AlignedFree((void*)memory));
    }

    private void Gram(float[] factor, int rows)
    {
        Array.Clear(_gram);
        fixed (float* values = factor, gram = _gram)
        {
            for (var a = 0; a < k; a += TunedTile.Rows)
            {
                TunedTile.Multiply(values + a, k, 1, values, k, rows, gram + (a * k), k, k, isAdding: false);
            }
        }
    }

    private void SolveRow(int i, float* other, float* x, bool isTransposed, float* memory)
    {
        float* panel = memory, weighted = panel + (PanelRows * k), square = weighted + (PanelRows * k), right = square + (k * k);
        var pointers = isTransposed ? _pattern.ColumnPointers : _pattern.RowPointers;
        var places = isTransposed ? _pattern.RowIndices : _pattern.ColumnIndices;
        var order = isTransposed ? _pattern.ColumnOrder : [];
        _gram.AsSpan().CopyTo(new(square, k * k));
        new Span<float>(right, k).Clear();
        for (var start = (int)pointers[i]; start < (int)pointers[i + 1]; start += PanelRows)
        {
            var count = Math.Min(PanelRows, (int)pointers[i + 1] - start);
            for (var p = 0; p < count; p++)
            {
                var rating = _ratings[isTransposed ? order[start + p] : start + p];
                var (weight, target) = alpha is { } confidence ? (confidence * rating, 1 + (confidence * rating)) : (1, rating);
                var row = other + ((nint)places[start + p] * k);
                for (var c = 0; c < k; c += 16)
                {
                    var number = Vector512.Load(row + c);
                    number.Store(panel + (p * k) + c);
                    (number * weight).Store(weighted + (p * k) + c);
                    (Vector512.Load(right + c) + (number * target)).Store(right + c);
                }
            }

            for (var a = 0; a < k; a += TunedTile.Rows)
            {
                var b = a / TunedTile.Columns * TunedTile.Columns;
                TunedTile.Multiply(weighted + a, k, 1, panel + b, k, count, square + (a * k) + b, k, k - b, isAdding: true);
            }
        }

        for (var c = 0; c < k; c++)
        {
            square[(c * k) + c] += ridge;
        }

        Factor(square);
        Substitute(square, right);
        new Span<float>(right, k).CopyTo(new(x, k));
    }

    /// <summary>The upper triangle becomes R of RᵀR.</summary>
    private void Factor(float* square)
    {
        for (var c = 0; c < k; c++)
        {
            var row = square + (c * k);
            Scale(row, c, 1 / MathF.Sqrt(row[c]));
            for (var d = c + 1; d < k; d++)
            {
                Add(square + (d * k), row, d, -row[d]);
            }
        }
    }

    private void Substitute(float* factor, float* y)
    {
        for (var c = 0; c < k; c++)
        {
            y[c] /= factor[(c * k) + c];
            for (var d = c + 1; d < k; d++)
            {
                y[d] -= factor[(c * k) + d] * y[c];
            }
        }

        for (var c = k - 1; c >= 0; c--)
        {
            for (var d = c + 1; d < k; d++)
            {
                y[c] -= factor[(c * k) + d] * y[d];
            }

            y[c] /= factor[(c * k) + c];
        }
    }

    private void Scale(float* row, int first, float scale)
    {
        for (var c = first / 16 * 16; c < k; c += 16)
        {
            (Vector512.Load(row + c) * scale).Store(row + c);
        }
    }

    private void Add(float* into, float* row, int first, float scale)
    {
        for (var c = first / 16 * 16; c < k; c += 16)
        {
            Vector512.FusedMultiplyAdd(Vector512.Load(row + c), Vector512.Create(scale), Vector512.Load(into + c)).Store(into + c);
        }
    }
}
