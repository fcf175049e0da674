using System.Numerics;

namespace AutoGradMf.Kernels;

/// <summary>Where a row that a sample reads comes from.</summary>
public enum SampleRowKind
{
    /// <summary>The row of a factor that is in a place of the sample.</summary>
    Factor,

    /// <summary>The column of a factor that is in a place of the sample: of a factor that has its features first.</summary>
    FactorColumn,

    /// <summary>A whole factor, row after row, that all samples read.</summary>
    Shared,

    /// <summary>The row of data that is in a place of the sample.</summary>
    Data,

    /// <summary>A shared matrix times another row.</summary>
    Product,

    /// <summary>The transpose of a shared matrix times another row.</summary>
    TransposedProduct,

    /// <summary>Another row times one more, element by element.</summary>
    Elementwise,
}

/// <summary>A row that a sample reads.</summary>
public readonly struct SampleRow<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    internal SampleRow(SampleRowKind kind, int factor, int place, MatrixView<TElement> values = default)
    {
        Kind = kind;
        Factor = factor;
        Place = place;
        Values = values;
    }

    /// <summary>Where it comes from.</summary>
    public SampleRowKind Kind { get; }

    /// <summary>The number of the factor; of a product, the number of the row that is the shared matrix, or of the first row.</summary>
    public int Factor { get; }

    /// <summary>The number of the place; of a product, the number of the row that is multiplied.</summary>
    public int Place { get; }

    /// <summary>The data.</summary>
    public MatrixView<TElement> Values { get; }

    /// <summary>Whether it is the row or column of a factor that is in a place of the sample.</summary>
    internal bool IsOfFactor => Kind is SampleRowKind.Factor or SampleRowKind.FactorColumn;
}

/// <summary>Makes the rows of samples.</summary>
public static class SampleRow
{
    /// <summary>The row of a factor.</summary>
    /// <param name="factor">The number of the factor.</param>
    /// <param name="place">The place that says which row.</param>
    public static SampleRow<TElement> Factor<TElement>(int factor, int place)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => new(SampleRowKind.Factor, factor, place);

    /// <summary>The column of a factor.</summary>
    /// <param name="factor">The number of the factor.</param>
    /// <param name="place">The place that says which column.</param>
    public static SampleRow<TElement> FactorColumn<TElement>(int factor, int place)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => new(SampleRowKind.FactorColumn, factor, place);

    /// <summary>A whole factor, row after row.</summary>
    public static SampleRow<TElement> Shared<TElement>(int factor)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => new(SampleRowKind.Shared, factor, -1);

    /// <summary>The row of data.</summary>
    /// <param name="values">The data.</param>
    /// <param name="place">The place that says which row.</param>
    public static SampleRow<TElement> Data<TElement>(MatrixView<TElement> values, int place)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => new(SampleRowKind.Data, -1, place, values);

    /// <summary>A shared matrix times a row.</summary>
    /// <param name="matrix">The number of the row that holds the matrix.</param>
    /// <param name="row">The number of the row, which stands before this one.</param>
    public static SampleRow<TElement> Product<TElement>(int matrix, int row)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => new(SampleRowKind.Product, matrix, row);

    /// <summary>The transpose of a shared matrix times a row.</summary>
    /// <param name="matrix">The number of the row that holds the matrix.</param>
    /// <param name="row">The number of the row, which stands before this one.</param>
    public static SampleRow<TElement> TransposedProduct<TElement>(int matrix, int row)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => new(SampleRowKind.TransposedProduct, matrix, row);

    /// <summary>Two rows multiplied element by element.</summary>
    /// <param name="left">The number of a row, which stands before this one.</param>
    /// <param name="right">The number of another one of the same length, which does, too.</param>
    public static SampleRow<TElement> Elementwise<TElement>(int left, int right)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => new(SampleRowKind.Elementwise, left, right);
}
