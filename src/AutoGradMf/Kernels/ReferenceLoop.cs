using System.Numerics;

namespace AutoGradMf.Kernels;

/// <summary>
/// What <see cref="SampledLoop"/> and <see cref="DenseLoop"/> compute, one point after the other with plain loops: their reference.
/// </summary>
internal static class ReferenceLoop
{
    /// <summary>See <see cref="SampledLoop.Evaluate"/>.</summary>
    public static void Sampled<TFunction, TElement>(
        SparsePattern pattern, ReadOnlySpan<Operand<TElement>> inputs, Span<double> sums, ReadOnlySpan<LoopResult<TElement>> results)
        where TFunction : struct, IEntryFunction
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        Clear(sums, results);
        var extremes = new TElement[pattern.Rows * results.Length];
        for (var i = 0; i < pattern.Rows; i++)
        {
            for (var entry = (int)pattern.RowPointers[i]; entry < pattern.RowPointers[i + 1]; entry++)
            {
                AddPoint<TFunction, TElement>(i, pattern.ColumnIndices[entry], entry, inputs, sums, results, extremes);
            }
        }
    }

    /// <summary>See <see cref="DenseLoop.Evaluate"/>.</summary>
    public static void Dense<TFunction, TElement>(
        int rows, int columns, ReadOnlySpan<Operand<TElement>> inputs, Span<double> sums, ReadOnlySpan<LoopResult<TElement>> results)
        where TFunction : struct, IEntryFunction
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        Clear(sums, results);
        var extremes = new TElement[rows * results.Length];
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < columns; j++)
            {
                AddPoint<TFunction, TElement>(i, j, (i * columns) + j, inputs, sums, results, extremes);
            }
        }
    }

    private static void Clear<TElement>(Span<double> sums, ReadOnlySpan<LoopResult<TElement>> results)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        sums.Clear();
        foreach (ref readonly var result in results)
        {
            result.Into.Span.Fill(result.Kind switch
            {
                LoopResultKind.RowMax => TElement.NegativeInfinity,
                LoopResultKind.RowMin => TElement.PositiveInfinity,
                LoopResultKind.RowArgMax or LoopResultKind.RowArgMin => TElement.NegativeOne,
                _ => TElement.Zero,
            });
        }
    }

    private static void AddPoint<TFunction, TElement>(
        int i,
        int j,
        int entry,
        ReadOnlySpan<Operand<TElement>> inputs,
        Span<double> sums,
        ReadOnlySpan<LoopResult<TElement>> results,
        TElement[] extremes)
        where TFunction : struct, IEntryFunction
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var input = new ScalarLane<TElement>[inputs.Length];
        var output = new ScalarLane<TElement>[sums.Length + LoopShapes.Slots(results)];
        for (var o = 0; o < inputs.Length; o++)
        {
            input[o] = new(Number(in inputs[o], i, j, entry));
        }

        Lanes.Evaluate<TFunction, ScalarLane<TElement>>(input, output);
        for (var s = 0; s < sums.Length; s++)
        {
            sums[s] += double.CreateTruncating(output[s].Value);
        }

        for (var r = 0; r < results.Length; r++)
        {
            Add(in results[r], output[sums.Length + results[r].Slot].Value, i, j, entry, ref extremes[(i * results.Length) + r]);
        }
    }

    private static TElement Number<TElement>(in Operand<TElement> operand, int i, int j, int entry)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        if (operand.Kind == OperandKind.Scalar)
        {
            return TElement.CreateTruncating(operand.Scalar);
        }

        if (operand.Kind == OperandKind.Dot)
        {
            var dot = TElement.Zero;
            for (var k = 0; k < operand.Right.Columns; k++)
            {
                dot += operand.Values[i, k] * operand.Right[j, k];
            }

            return dot;
        }

        if (operand.Pattern is not null)
        {
            return operand.Kind switch
            {
                OperandKind.Sparse => Stored(in operand, i, j),
                OperandKind.SparseTransposed => Stored(in operand, j, i),
                _ => Product(in operand, i, j),
            };
        }

        var index = operand.Kind switch
        {
            OperandKind.Row => i,
            OperandKind.Column => j,
            _ => entry,
        };
        return operand.IsWide ? TElement.CreateTruncating(operand.Wide.Span[index]) : operand.Values.Span[index];
    }

    private static TElement Stored<TElement>(in Operand<TElement> operand, int row, int column)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var pattern = operand.Pattern!;
        var stored = pattern.ColumnIndices[(int)pattern.RowPointers[row]..(int)pattern.RowPointers[row + 1]].IndexOf(column);
        return stored < 0 ? TElement.Zero : operand.Values.Span[(int)pattern.RowPointers[row] + stored];
    }

    private static TElement Product<TElement>(in Operand<TElement> operand, int i, int j)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var sum = TElement.Zero;
        var isSparseLeft = operand.Kind == OperandKind.SparseTimesDense;
        for (var p = 0; p < (isSparseLeft ? operand.Right.Rows : operand.Right.Columns); p++)
        {
            sum += isSparseLeft ? Stored(in operand, i, p) * operand.Right[p, j] : operand.Right[i, p] * Stored(in operand, p, j);
        }

        return sum;
    }

    private static void Add<TElement>(in LoopResult<TElement> result, TElement g, int i, int j, int entry, ref TElement extreme)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var into = result.Into.Span;
        var with = result.With;
        switch (result.Kind)
        {
            case LoopResultKind.Store:
                into[entry] = g;
                break;
            case LoopResultKind.RowSums:
                into[i] += g;
                break;
            case LoopResultKind.ColumnSums:
                into[j] += g;
                break;
            case LoopResultKind.RowMax:
                into[i] = TElement.Max(into[i], g);
                break;
            case LoopResultKind.RowMin:
                into[i] = TElement.Min(into[i], g);
                break;
            case LoopResultKind.RowArgMax or LoopResultKind.RowArgMin:
                var isBetter = result.Kind == LoopResultKind.RowArgMax ? g > extreme : g < extreme;
                if (into[i] < TElement.Zero || isBetter || (TElement.IsNaN(g) && !TElement.IsNaN(extreme)))
                {
                    (into[i], extreme) = (TElement.CreateTruncating(j), g);
                }

                break;
            default:
                var (to, from) = result.Kind == LoopResultKind.RowProduct ? (i, j) : (j, i);
                for (var k = 0; k < with.Columns; k++)
                {
                    into[(to * with.Columns) + k] += g * with[from, k];
                }

                break;
        }
    }
}
