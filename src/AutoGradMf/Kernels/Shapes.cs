using System.Numerics;

namespace AutoGradMf.Kernels;

/// <summary>Which shapes kernels take for which: a vector may come as a column or as a row.</summary>
internal static class Shapes
{
    /// <summary>Whether a found × found view serves as a vector of <paramref name="length"/> elements.</summary>
    public static bool IsVector(int foundRows, int foundColumns, int length) =>
        ((long)foundRows * foundColumns) == length && (foundRows == 1 || foundColumns == 1 || length == 0);

    /// <summary>Whether a found × found view serves as rows × columns.</summary>
    public static bool Fits(int foundRows, int foundColumns, int rows, int columns) =>
        (foundRows == rows && foundColumns == columns)
        || ((rows == 1 || columns == 1) && IsVector(foundRows, foundColumns, checked(rows * columns)));

    /// <summary>Whether a view serves as rows × columns.</summary>
    public static bool Fits<TElement>(MatrixView<TElement> found, int rows, int columns)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => Fits(found.Rows, found.Columns, rows, columns);

    /// <summary>The shape as messages write it.</summary>
    public static string Text<TElement>(MatrixView<TElement> view)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => $"{view.Rows}×{view.Columns}";
}
