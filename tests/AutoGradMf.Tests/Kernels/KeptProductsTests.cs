using AutoGradMf.Kernels;
using AutoGradMf.Objectives;
using Xunit;

namespace AutoGradMf.Tests.Kernels;

/// <summary>Whether a product was computed shows where the sparse numbers, which ought not to change, did.</summary>
public sealed class KeptProductsTests : IDisposable
{
    private const int K = 3;
    private readonly Workers _workers = new(2);
    private readonly SparsePattern _pattern = KernelData.Pattern(9, 7, 0.5, 5);
    private readonly MatrixView<float> _values;
    private readonly MatrixView<float> _columns = KernelData.Random<float>(7, K, 2);
    private readonly MatrixView<float> _rows = KernelData.Random<float>(9, K, 3);

    public KeptProductsTests() => _values = KernelData.Random<float>(_pattern.Count, 1, 1);

    [Fact]
    public void Products_are_computed_each_time_unless_they_are_to_be_kept()
    {
        var workspace = new Temporaries(_workers);
        var before = Products(workspace);
        _values.Span[0]++;
        Assert.NotEqual(before, Products(workspace));
    }

    [Fact]
    public void Products_are_kept_while_the_factor_stays_as_it_is_bit_for_bit()
    {
        var workspace = new Temporaries(_workers) { KeepsProducts = true };
        _columns[0, 0] = _rows[0, 0] = 0;
        var before = Products(workspace);
        _values.Span.Fill(2);
        Assert.Equal(before, Products(workspace));

        _columns[0, 0] = _rows[0, 0] = -0f;
        var after = Products(workspace);
        Assert.NotEqual(before, after);
        Assert.Equal(Products(new(_workers)), after);
    }

    [Fact]
    public void What_is_kept_is_of_one_matrix_and_one_side()
    {
        var workspace = new Temporaries(_workers) { KeepsProducts = true };
        var square = KernelData.Pattern(9, 9, 0.5, 6);
        var (one, other) = (KernelData.Random<float>(square.Count, 1, 1), KernelData.Random<float>(square.Count, 1, 2));
        foreach (var (values, isTransposed) in new[] { (one, false), (other, false), (one, true), (other, true), (one, false) })
        {
            Assert.Equal(Product(new(_workers), square, values, isTransposed), Product(workspace, square, values, isTransposed));
        }
    }

    [Fact]
    public void What_was_kept_is_forgotten_with_the_wish_to()
    {
        var workspace = new Temporaries(_workers) { KeepsProducts = true };
        var before = Products(workspace);
        _values.Span.Fill(2);
        workspace.KeepsProducts = false;
        workspace.KeepsProducts = true;
        Assert.NotEqual(before, Products(workspace));
    }

    public void Dispose() => _workers.Dispose();

    private float[] Products(Temporaries workspace)
    {
        var (product, transposed) = (KernelData.Unwritten<float>(9, K), KernelData.Unwritten<float>(7, K));
        SparseProduct.Multiply(_pattern, _values, _columns, product, workspace);
        SparseProduct.MultiplyTransposed(_pattern, _values, _rows, transposed, workspace);
        return [.. product.Span, .. transposed.Span];
    }

    private float[] Product(Temporaries workspace, SparsePattern square, MatrixView<float> values, bool isTransposed)
    {
        var into = KernelData.Unwritten<float>(9, K);
        if (isTransposed)
        {
            SparseProduct.MultiplyTransposed(square, values, _rows, into, workspace);
        }
        else
        {
            SparseProduct.Multiply(square, values, _rows, into, workspace);
        }

        return into.Span.ToArray();
    }

    private sealed class Temporaries(Workers workers) : Workspace(workers);
}
