using System.Numerics;

namespace AutoGradMf.Kernels;

/// <summary>
/// What the term of one sample is made of: a function of inner products of rows and of numbers, whose derivatives are the coefficients of
/// the gradient, a combination of rows.
/// </summary>
/// <typeparam name="TElement"><see cref="float"/> or <see cref="double"/>.</typeparam>
public readonly ref struct SampleForm<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    /// <summary>The parts of a sample's term.</summary>
    public SampleForm(
        ReadOnlySpan<SampleRow<TElement>> rows,
        ReadOnlySpan<SampleProduct> products,
        ReadOnlySpan<SampleNumber<TElement>> numbers,
        ReadOnlySpan<SampleGradient> gradients,
        ReadOnlySpan<int> penalized)
    {
        Rows = rows;
        Products = products;
        Numbers = numbers;
        Gradients = gradients;
        Penalized = penalized;
    }

    /// <summary>The rows that a sample reads.</summary>
    public ReadOnlySpan<SampleRow<TElement>> Rows { get; }

    /// <summary>The inner products that its function reads first.</summary>
    public ReadOnlySpan<SampleProduct> Products { get; }

    /// <summary>The numbers that its function reads after them.</summary>
    public ReadOnlySpan<SampleNumber<TElement>> Numbers { get; }

    /// <summary>What its gradient is.</summary>
    public ReadOnlySpan<SampleGradient> Gradients { get; }

    /// <summary>The rows with a penalty on each element; shorter ones count as if zeros followed.</summary>
    public ReadOnlySpan<int> Penalized { get; }
}
