using System.Numerics;

namespace AutoGradMf.Kernels;

/// <summary>Where a number that the function of a sample reads comes from.</summary>
public enum SampleNumberKind
{
    /// <summary>The same number for all samples.</summary>
    Scalar,

    /// <summary>The element of a vector of factors that is in a place of the sample, such as a bias.</summary>
    Factor,

    /// <summary>A factor that is a number, which all samples read.</summary>
    Shared,

    /// <summary>The element of a vector of data that is in a place of the sample.</summary>
    Data,

    /// <summary>A number of the sample itself.</summary>
    Own,

    /// <summary>The sample's share of the regularizer of the row in a place.</summary>
    Share,
}

/// <summary>A number that the function of a sample reads.</summary>
public readonly struct SampleNumber<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    internal SampleNumber(SampleNumberKind kind, int source, int place, MatrixView<TElement> values = default, double scalar = 0)
    {
        Kind = kind;
        Source = source;
        Place = place;
        Values = values;
        Value = scalar;
    }

    /// <summary>Where it comes from.</summary>
    public SampleNumberKind Kind { get; }

    /// <summary>The number of the factor, or of the column of the samples' own numbers.</summary>
    public int Source { get; }

    /// <summary>The number of the place.</summary>
    public int Place { get; }

    /// <summary>The data.</summary>
    public MatrixView<TElement> Values { get; }

    /// <summary>The number of a <see cref="SampleNumberKind.Scalar"/>.</summary>
    public double Value { get; }
}

/// <summary>Makes the numbers of samples.</summary>
public static class SampleNumber
{
    /// <summary>The same number for all samples.</summary>
    public static SampleNumber<TElement> Scalar<TElement>(double value)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => new(SampleNumberKind.Scalar, -1, -1, default, value);

    /// <summary>An element of a factor that is a vector.</summary>
    /// <param name="factor">The number of the factor.</param>
    /// <param name="place">The place that says which element.</param>
    public static SampleNumber<TElement> Factor<TElement>(int factor, int place)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => new(SampleNumberKind.Factor, factor, place);

    /// <summary>A factor that is a number.</summary>
    public static SampleNumber<TElement> Shared<TElement>(int factor)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => new(SampleNumberKind.Shared, factor, -1);

    /// <summary>An element of a vector of data.</summary>
    /// <param name="values">The data.</param>
    /// <param name="place">The place that says which element.</param>
    public static SampleNumber<TElement> Data<TElement>(MatrixView<TElement> values, int place)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => new(SampleNumberKind.Data, -1, place, values);

    /// <summary>A number of the sample itself.</summary>
    /// <param name="column">Which of the columns of numbers that its set has.</param>
    public static SampleNumber<TElement> Own<TElement>(int column)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => new(SampleNumberKind.Own, column, -1);

    /// <summary>The sample's share of the regularizer of the row in a place.</summary>
    public static SampleNumber<TElement> Share<TElement>(int place)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => new(SampleNumberKind.Share, -1, place);
}
