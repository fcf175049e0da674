using System.Runtime.CompilerServices;

namespace AutoGradMf.Kernels;

/// <summary>
/// What a function reads of its operands, or writes as its results, at as many points as a lane is wide. Each operand is read from
/// where its numbers are, and each result is written where it is to be, which may be in an operand's place: a function reads all
/// operands before it writes. Loops make them; whether there is an operand of a number is not checked, and operands are not to be written.
/// </summary>
/// <typeparam name="TLane">The lane.</typeparam>
public readonly unsafe ref struct Lanes<TLane>
    where TLane : struct
{
    private readonly void** _lines;
    private readonly nint _offset;

    /// <param name="lines">Where the numbers of each operand or result begin.</param>
    /// <param name="offset">The bytes from there to the points.</param>
    internal Lanes(void** lines, nint offset)
    {
        _lines = lines;
        _offset = offset;
    }

    /// <summary>The numbers of an operand or result. Its number is not checked.</summary>
    public TLane this[int number]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Unsafe.ReadUnaligned<TLane>((byte*)_lines[number] + _offset);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        set => Unsafe.WriteUnaligned((byte*)_lines[number] + _offset, value);
    }
}

/// <summary>Lanes that follow one another.</summary>
internal static unsafe class Lanes
{
    /// <summary>Writes where each of them begins into <paramref name="lines"/>.</summary>
    public static void Place<TLane>(TLane* first, int count, void** lines)
        where TLane : unmanaged
    {
        for (var number = 0; number < count; number++)
        {
            lines[number] = first + number;
        }
    }

    /// <summary>Evaluates a function of the operands, not in a hurry.</summary>
    public static void Evaluate<TFunction, TLane>(ReadOnlySpan<TLane> input, Span<TLane> output)
        where TFunction : struct, IEntryFunction
        where TLane : unmanaged, ILane<TLane>
    {
        void** lines = stackalloc void*[input.Length + output.Length];
        fixed (TLane* firstInput = input, firstOutput = output)
        {
            Place(firstInput, input.Length, lines);
            Place(firstOutput, output.Length, lines + input.Length);
            TFunction.Evaluate(new Lanes<TLane>(lines, 0), new Lanes<TLane>(lines + input.Length, 0));
        }
    }
}
