using System.Numerics;
using AutoGradMf.Kernels;
using AutoGradMf.Objectives;

namespace AutoGradMf.Optimizers;

/// <summary>The slices of a factor that do not mix, as rows: its rows as they lie, all values as one, or its columns, of which a copy is turned.</summary>
internal sealed class BlockRows<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    private TElement[] _turned = [];

    /// <summary>The slices along an axis; of columns, as they are now.</summary>
    public MatrixView<TElement> Of(MatrixView<TElement> values, FactorAxis axis)
    {
        if (!IsTurned(values, axis))
        {
            return axis switch { FactorAxis.Rows => values, FactorAxis.Columns => values.AsColumn, _ => values.AsRow };
        }

        _turned = _turned.Length >= values.Count ? _turned : new TElement[values.Count];
        var rows = new MatrixView<TElement>(_turned, 0, values.Columns, values.Rows);
        ThinProduct.Transpose(values, rows);
        return rows;
    }

    /// <summary>Writes slices back that were changed.</summary>
    public static void Return(MatrixView<TElement> rows, MatrixView<TElement> values, FactorAxis axis)
    {
        if (IsTurned(values, axis))
        {
            ThinProduct.Transpose(rows, values);
        }
    }

    /// <summary>The columns of a row are its elements, which lie in a column, too.</summary>
    private static bool IsTurned(MatrixView<TElement> values, FactorAxis axis) => axis == FactorAxis.Columns && values.Rows != 1;
}
