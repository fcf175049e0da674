using AutoGradMf.Kernels;
using Xunit;

namespace AutoGradMf.Tests.Kernels;

public sealed class SmallTensorTests
{
    private const int A = 2, B = 3, C = 4;
    private readonly MatrixView<double> _tensor = KernelData.Random<double>(A * B, C, 1);
    private readonly MatrixView<double> _matrix = KernelData.Random<double>(C, A, 2);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_product_is_summed_over_what_the_result_lacks(bool isAdding)
    {
        var into = new MatrixView<double>([1, 2, 3, 4, 5, 6], 0, B, A);
        SmallTensor.Contract("abc,ca->ba", [A, B, C], 0.5, [_tensor, _matrix], into, isAdding);
        for (var b = 0; b < B; b++)
        {
            for (var a = 0; a < A; a++)
            {
                var before = isAdding ? 1 + (b * A) + a : 0;
                Assert.Equal(before + (0.5 * Enumerable.Range(0, C).Sum(c => Element(a, b, c) * _matrix[c, a])), into[b, a], 1e-14);
            }
        }
    }

    [Fact]
    public void Indices_are_permuted_and_diagonals_read()
    {
        var (permuted, diagonal) = (KernelData.Unwritten<double>(C * A, B), KernelData.Unwritten<double>(A, 1));
        SmallTensor.Contract("abc->cab", [A, B, C], 1, [_tensor], permuted);
        SmallTensor.Contract("aab,b->a", [A, C], 1, [KernelData.Random<double>(A * A, C, 3), KernelData.Random<double>(C, 1, 4)], diagonal);

        Assert.Equal(Element(1, 2, 3), permuted[(3 * A) + 1, 2]);
        var square = KernelData.Random<double>(A * A, C, 3);
        Assert.Equal(Enumerable.Range(0, C).Sum(b => square[3, b] * KernelData.Random<double>(C, 1, 4)[b, 0]), diagonal[1, 0], 1e-15);
    }

    [Fact]
    public void A_number_is_the_sum_of_all_products_and_of_nothing_zero()
    {
        var number = KernelData.Unwritten<double>(1, 1);
        SmallTensor.Contract("abc,abc->", [A, B, C], 1, [_tensor, _tensor], number);
        Assert.Equal(_tensor.Span.ToArray().Sum(x => x * x), number[0, 0], 1e-14);

        SmallTensor.Contract("ab->", [0, B], 1, [KernelData.Random<double>(0, B, 1)], number);
        Assert.Equal(0, number[0, 0]);
    }

    [Fact]
    public void An_array_of_another_size_is_refused()
    {
        var thrown = Assert.Throws<ArgumentException>(() => SmallTensor.Contract("abc,cb->a", [A, B, C], 1, [_tensor, _matrix], KernelData.Unwritten<double>(A, 1)));
        Assert.Contains("indices cb has 12 elements, and got 8", thrown.Message, StringComparison.Ordinal);
    }

    private double Element(int a, int b, int c) => _tensor[(a * B) + b, c];
}
