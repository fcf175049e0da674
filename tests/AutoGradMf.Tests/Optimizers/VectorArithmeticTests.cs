using AutoGradMf.Kernels;
using AutoGradMf.Optimizers;
using Xunit;

namespace AutoGradMf.Tests.Optimizers;

public sealed class VectorArithmeticTests
{
    [Fact]
    public void Dot_products_of_floats_accumulate_in_double()
    {
        // In float, 2²⁴ + 1 is 2²⁴: the ones would be lost.
        var x = Enumerable.Repeat(1f, 10_000).ToArray();
        x[0] = 4096;

        Assert.Equal(16_777_216.0 + 9_999, new VectorArithmetic<float>(x.Length, Workers.Shared).Dot(x, x));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(VectorArithmetic<double>.ChunkLength)]
    [InlineData((2 * VectorArithmetic<double>.ChunkLength) + 3)]
    public void Sums_and_dot_products_cover_every_chunk(int length)
    {
        using var workers = new Workers(3);
        var arithmetic = new VectorArithmetic<double>(length, workers);
        var x = Enumerable.Range(0, length).Select(p => (double)(p % 17)).ToArray();
        var y = Enumerable.Range(0, length).Select(p => (double)(p % 5)).ToArray();
        var sum = new double[length];

        arithmetic.Add(x, 2, y, sum);

        Assert.Equal(x.Zip(y, (a, b) => a + (2 * b)), sum);
        Assert.Equal(x.Zip(y, (a, b) => a * b).Sum(), arithmetic.Dot(x, y));
        Assert.Equal(sum.Zip(y, (a, b) => (a - (3 * b)) * b).Sum(), arithmetic.AddAndDot(sum, -3, y, y));
        Assert.Equal(x.Zip(y, (a, b) => a - b), sum);
    }
}
