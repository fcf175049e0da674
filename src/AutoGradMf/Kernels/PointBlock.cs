using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoGradMf.Kernels;

/// <summary>
/// A block of a loop's points at a time: one line of numbers per operand of the function and one per output. A line is a whole
/// number of lanes long; what is computed beyond the last point is never read.
/// </summary>
/// <param name="memory">Room for <c>(inputs + outputs) · capacity</c> elements.</param>
/// <param name="inputs">Number of the function's operands.</param>
/// <param name="outputs">Number of its sums and results.</param>
/// <param name="capacity">The most points of a block, a multiple of every lane's width.</param>
internal readonly unsafe ref struct PointBlock<TElement>(TElement* memory, int inputs, int outputs, int capacity)
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    /// <summary>The numbers of operand <paramref name="operand"/>.</summary>
    public TElement* Input(int operand) => memory + (operand * capacity);

    /// <summary>The numbers of output <paramref name="output"/>.</summary>
    public TElement* Output(int output) => memory + ((inputs + output) * capacity);

    /// <summary>Writes the operands that are the same at every point of the loop.</summary>
    public void FillScalars(ReadOnlySpan<Operand<TElement>> operands)
    {
        for (var o = 0; o < operands.Length; o++)
        {
            if (operands[o].Kind == OperandKind.Scalar)
            {
                new Span<TElement>(Input(o), capacity).Fill(TElement.CreateTruncating(operands[o].Scalar));
            }
        }
    }

    /// <summary>Evaluates the function at the first <paramref name="count"/> points.</summary>
    [SkipLocalsInit]
    public void Evaluate<TFunction>(int count)
        where TFunction : struct, IEntryFunction
    {
        Span<VectorLane<TElement>> input = stackalloc VectorLane<TElement>[inputs];
        Span<VectorLane<TElement>> output = stackalloc VectorLane<TElement>[outputs];
        for (var p = 0; p < count; p += VectorLane<TElement>.Width)
        {
            for (var i = 0; i < input.Length; i++)
            {
                input[i] = new(Vector.Load(Input(i) + p));
            }

            TFunction.Evaluate<VectorLane<TElement>>(input, output);
            for (var o = 0; o < output.Length; o++)
            {
                output[o].Value.Store(Output(o) + p);
            }
        }
    }

    /// <summary>Adds the first outputs, over the first <paramref name="count"/> points, to the sums of a chunk.</summary>
    public void AddTo(Span<double> sums, int count)
    {
        for (var s = 0; s < sums.Length; s++)
        {
            sums[s] += Simd.Sum(Output(s), count);
        }
    }
}
