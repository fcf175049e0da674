using System.Numerics;

namespace AutoGradMf.Kernels;

/// <summary>What <see cref="ThinProduct"/>, <see cref="SparseProduct"/> and <see cref="GatheredRows"/> compute, with plain loops: their reference.</summary>
internal static class ReferenceProduct
{
    /// <summary>See <see cref="ThinProduct.Gram"/>.</summary>
    public static void Gram<TElement>(MatrixView<TElement> left, MatrixView<TElement> right, MatrixView<double> into)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        for (var k = 0; k < left.Columns; k++)
        {
            for (var l = 0; l < right.Columns; l++)
            {
                double sum = 0;
                for (var i = 0; i < left.Rows; i++)
                {
                    sum += double.CreateTruncating(left[i, k]) * double.CreateTruncating(right[i, l]);
                }

                into[k, l] = sum;
            }
        }
    }

    /// <summary>See <see cref="ThinProduct.Moments"/>.</summary>
    public static void Moments<TElement>(MatrixView<TElement> outer, MatrixView<TElement> left, MatrixView<TElement> right, MatrixView<double> into)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        for (var r = 0; r < outer.Columns; r++)
        {
            for (var k = 0; k < left.Columns; k++)
            {
                for (var l = 0; l < right.Columns; l++)
                {
                    double sum = 0;
                    for (var i = 0; i < left.Rows; i++)
                    {
                        sum += double.CreateTruncating(outer[i, r]) * double.CreateTruncating(left[i, k]) * double.CreateTruncating(right[i, l]);
                    }

                    into[(r * left.Columns) + k, l] = sum;
                }
            }
        }
    }

    /// <summary>See <see cref="ThinProduct.MultiplyMoments"/>.</summary>
    public static void MultiplyMoments<TElement>(
        MatrixView<TElement> outer, MatrixView<TElement> left, MatrixView<double> moments, MatrixView<TElement> into)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        into.Span.Clear();
        for (var i = 0; i < left.Rows; i++)
        {
            for (var r = 0; r < outer.Columns; r++)
            {
                for (var k = 0; k < left.Columns; k++)
                {
                    for (var l = 0; l < moments.Columns; l++)
                    {
                        into[i, l] += outer[i, r] * left[i, k] * TElement.CreateTruncating(moments[(r * left.Columns) + k, l]);
                    }
                }
            }
        }
    }

    /// <summary>See <see cref="ThinProduct.Multiply"/>.</summary>
    public static void Multiply<TElement, THeld>(MatrixView<TElement> left, MatrixView<THeld> right, MatrixView<TElement> into)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
        where THeld : unmanaged, IBinaryFloatingPointIeee754<THeld>
    {
        for (var i = 0; i < left.Rows; i++)
        {
            for (var l = 0; l < right.Columns; l++)
            {
                var sum = TElement.Zero;
                for (var k = 0; k < left.Columns; k++)
                {
                    sum += left[i, k] * TElement.CreateTruncating(right[k, l]);
                }

                into[i, l] = sum;
            }
        }
    }

    /// <summary>See <see cref="SparseProduct.Multiply{TElement}(SparsePattern, MatrixView{TElement}, MatrixView{TElement}, MatrixView{TElement}, Workers)"/>; <paramref name="into"/> is rows × k.</summary>
    public static void Multiply<TElement>(
        SparsePattern pattern, MatrixView<TElement> values, MatrixView<TElement> right, MatrixView<TElement> into)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        into.Span.Clear();
        for (var i = 0; i < pattern.Rows; i++)
        {
            for (var entry = (int)pattern.RowPointers[i]; entry < pattern.RowPointers[i + 1]; entry++)
            {
                for (var k = 0; k < right.Columns; k++)
                {
                    into[i, k] += values.Span[entry] * right[pattern.ColumnIndices[entry], k];
                }
            }
        }
    }

    /// <summary>See <see cref="SparseProduct.MultiplyTransposed{TElement}(SparsePattern, MatrixView{TElement}, MatrixView{TElement}, MatrixView{TElement}, Workers)"/>; <paramref name="into"/> is columns × k.</summary>
    public static void MultiplyTransposed<TElement>(
        SparsePattern pattern, MatrixView<TElement> values, MatrixView<TElement> right, MatrixView<TElement> into)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        into.Span.Clear();
        for (var i = 0; i < pattern.Rows; i++)
        {
            for (var entry = (int)pattern.RowPointers[i]; entry < pattern.RowPointers[i + 1]; entry++)
            {
                for (var k = 0; k < right.Columns; k++)
                {
                    into[pattern.ColumnIndices[entry], k] += values.Span[entry] * right[i, k];
                }
            }
        }
    }

    /// <summary>See <see cref="GatheredRows.Dots"/>; rows are functions of the sample and the feature.</summary>
    public static void RowDots<TElement>(int k, Func<int, int, TElement> left, Func<int, int, TElement> right, MatrixView<TElement> into)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        for (var s = 0; s < into.Rows; s++)
        {
            into[s, 0] = TElement.Zero;
            for (var f = 0; f < k; f++)
            {
                into[s, 0] += left(s, f) * right(s, f);
            }
        }
    }

    /// <summary>See <see cref="GatheredRows.Gram"/>; rows are functions of the sample and the feature.</summary>
    public static void Gram<TElement>(int samples, Func<int, int, TElement> left, Func<int, int, TElement> right, MatrixView<double> into)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        into.Span.Clear();
        for (var s = 0; s < samples; s++)
        {
            for (var k = 0; k < into.Rows; k++)
            {
                for (var l = 0; l < into.Columns; l++)
                {
                    into[k, l] += double.CreateTruncating(left(s, k)) * double.CreateTruncating(right(s, l));
                }
            }
        }
    }

    /// <summary>See <see cref="GatheredRows.Scatter"/>; rows are a function of the sample and the feature.</summary>
    public static void Scatter<TElement>(SparsePattern index, MatrixView<TElement> weights, Func<int, int, TElement> rows, MatrixView<TElement> into)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        into.Span.Clear();
        for (var s = 0; s < index.Rows; s++)
        {
            for (var f = 0; f < into.Columns; f++)
            {
                into[index.ColumnIndices[s], f] += weights.Span[s] * rows(s, f);
            }
        }
    }
}
