using AutoGradMf.Kernels;
using BenchmarkDotNet.Attributes;

namespace AutoGradMf.Benchmarks.KernelBenchmarks;

/// <summary>Products of factors with themselves, with small matrices and with sparse data, beside their scalar references, on one thread.</summary>
[GroupBenchmarksBy(BenchmarkDotNet.Configs.BenchmarkLogicalGroupRule.ByCategory)]
public class ProductKernels
{
    private const int M = 2_000;
    private const int N = 1_500;
    private const int EntriesOfRow = 50;
    private static readonly Workers One = new(1);
    private MatrixView<float> _u;
    private MatrixView<float> _v;
    private MatrixView<float> _intoU;
    private MatrixView<float> _intoV;
    private MatrixView<double> _square;
    private SparseMatrix<float> _ratings = null!;

    /// <summary>Latent features.</summary>
    [Params(8, 20, 32, 64, 128, 256)]
    public int K { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        var random = new Random(1);
        MatrixView<float> Filled(int rows) => new([.. Enumerable.Range(0, rows * K).Select(_ => random.NextSingle())], 0, rows, K);
        (_u, _v, _intoU, _intoV) = (Filled(M), Filled(N), Filled(M), Filled(N));
        _square = new(new double[K * K], 0, K, K);
        var pointers = Enumerable.Range(0, M + 1).Select(i => (long)i * EntriesOfRow).ToArray();
        var columns = Enumerable.Range(0, M).SelectMany(_ => Enumerable.Range(0, EntriesOfRow).Select(e => (e * (N / EntriesOfRow)) + random.Next(N / EntriesOfRow))).ToArray();
        _ratings = new(new(M, N, pointers, columns), [.. columns.Select(_ => random.NextSingle())]);
    }

    [BenchmarkCategory("Gram"), Benchmark(Baseline = true)]
    public void GramReference() => ReferenceProduct.Gram(_u, _u, _square);

    [BenchmarkCategory("Gram"), Benchmark]
    public void Gram() => ThinProduct.Gram(_u, _u, _square, One);

    [BenchmarkCategory("Thin"), Benchmark(Baseline = true)]
    public void ThinReference() => ReferenceProduct.Multiply(_u, _square, _intoU);

    [BenchmarkCategory("Thin"), Benchmark]
    public void Thin() => ThinProduct.Multiply(_u, _square, _intoU, One);

    [BenchmarkCategory("Sparse"), Benchmark(Baseline = true)]
    public void SparseReference() => ReferenceProduct.Multiply(_ratings.Pattern, _ratings.View, _v, _intoU);

    [BenchmarkCategory("Sparse"), Benchmark]
    public void Sparse() => SparseProduct.Multiply(_ratings.Pattern, _ratings.View, _v, _intoU, One);

    [BenchmarkCategory("Sparse, transposed"), Benchmark(Baseline = true)]
    public void SparseTransposedReference() => ReferenceProduct.MultiplyTransposed(_ratings.Pattern, _ratings.View, _u, _intoV);

    [BenchmarkCategory("Sparse, transposed"), Benchmark]
    public void SparseTransposed() => SparseProduct.MultiplyTransposed(_ratings.Pattern, _ratings.View, _u, _intoV, One);
}
