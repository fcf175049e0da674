using System.Numerics;
using System.Runtime.Intrinsics;

namespace AutoGradMf.Kernels;

/// <summary>
/// A block of a loop's points at a time: one line of numbers per operand of the function and one per output. A line is a whole
/// number of lanes long; what is computed beyond the last point is never read. An output may have the line of an operand.
/// </summary>
/// <param name="lines">Where the line of each operand begins, and then that of each output.</param>
/// <param name="inputs">Number of the function's operands.</param>
/// <param name="outputs">Number of its sums and results.</param>
internal readonly unsafe ref struct PointBlock<TElement>(TElement** lines, int inputs, int outputs)
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    /// <summary>The numbers of operand <paramref name="operand"/>.</summary>
    public ref TElement* Input(int operand) => ref lines[operand];

    /// <summary>The numbers of output <paramref name="output"/>.</summary>
    public ref TElement* Output(int output) => ref lines[inputs + output];

    /// <summary>Gives each operand and output a line of its own, of <paramref name="capacity"/> elements, one after the other.</summary>
    public void Place(TElement* memory, int capacity)
    {
        for (var line = 0; line < inputs + outputs; line++)
        {
            lines[line] = memory + (line * capacity);
        }
    }

    /// <summary>Writes the operands that are the same at every point of the loop, <paramref name="capacity"/> times.</summary>
    public void FillScalars(ReadOnlySpan<Operand<TElement>> operands, int capacity)
    {
        for (var o = 0; o < operands.Length; o++)
        {
            if (operands[o].Kind == OperandKind.Scalar)
            {
                new Span<TElement>(Input(o), capacity).Fill(TElement.CreateTruncating(operands[o].Scalar));
            }
        }
    }

    /// <summary>Evaluates the function at the first <paramref name="count"/> points, in the widest lanes.</summary>
    public void Evaluate<TFunction>(int count)
        where TFunction : struct, IEntryFunction
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Evaluate<TFunction, WideLane<TElement>>(count);
        }
        else
        {
            Evaluate<TFunction, VectorLane<TElement>>(count);
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

    private void Evaluate<TFunction, TLane>(int count)
        where TFunction : struct, IEntryFunction
        where TLane : unmanaged, ILane<TLane>
    {
        void** ofInputs = (void**)lines, ofOutputs = ofInputs + inputs;
        for (nint p = 0; p < count * (nint)sizeof(TElement); p += sizeof(TLane))
        {
            TFunction.Evaluate(new Lanes<TLane>(ofInputs, p), new Lanes<TLane>(ofOutputs, p));
        }
    }
}
