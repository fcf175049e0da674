using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace AutoGradMf.Kernels;

/// <summary>
/// What adaptive rates remember of the rows of a lane of samples. In memory the four numbers of a row lie side by side, so that a load and a
/// store are enough for them.
/// </summary>
internal unsafe struct RowMemory<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    /// <summary>How many numbers a row has.</summary>
    public const int Count = 4;

    /// <summary>The place of the squared gradients of fast features among them; those of slow ones are the first.</summary>
    public const int OfFastSquares = 1;

    /// <summary>The place of the squared norms, of slow features and then of fast ones.</summary>
    public const int OfNorms = 2;

    /// <summary>Mean squares of gradients of slow features, summed over the past.</summary>
    public Vector<TElement> SlowSquares;

    /// <summary>The same of fast features.</summary>
    public Vector<TElement> FastSquares;

    /// <summary>The squared norm of the slow features.</summary>
    public Vector<TElement> SlowNorm;

    /// <summary>The squared norm of the fast features.</summary>
    public Vector<TElement> FastNorm;

    private static bool IsWholeLane(int count) => Avx.IsSupported && Vector<byte>.Count == Vector256<byte>.Count && count == Vector<TElement>.Count;

    /// <param name="memory">Where the first row's is.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="count">How many, no more than a lane has; what is beyond is anything.</param>
    /// <param name="scratch">Room for four lanes.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RowMemory<TElement> Read(TElement* memory, int* rows, int count, TElement* scratch)
    {
        if (IsWholeLane(count))
        {
            return typeof(TElement) == typeof(float) ? Turned((float*)memory, rows) : Turned((double*)memory, rows);
        }

        for (var s = 0; s < count; s++)
        {
            for (var i = 0; i < Count; i++)
            {
                scratch[(i * Vector<TElement>.Count) + s] = memory[((nint)Count * rows[s]) + i];
            }
        }

        return new()
        {
            SlowSquares = Vector.Load(scratch),
            FastSquares = Vector.Load(scratch + Vector<TElement>.Count),
            SlowNorm = Vector.Load(scratch + (2 * Vector<TElement>.Count)),
            FastNorm = Vector.Load(scratch + (3 * Vector<TElement>.Count)),
        };
    }

    /// <summary>The opposite of reading.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Write(TElement* memory, int* rows, int count, TElement* scratch)
    {
        if (IsWholeLane(count))
        {
            if (typeof(TElement) == typeof(float))
            {
                Turn((float*)memory, rows);
            }
            else
            {
                Turn((double*)memory, rows);
            }

            return;
        }

        SlowSquares.Store(scratch);
        FastSquares.Store(scratch + Vector<TElement>.Count);
        SlowNorm.Store(scratch + (2 * Vector<TElement>.Count));
        FastNorm.Store(scratch + (3 * Vector<TElement>.Count));
        for (var s = 0; s < count; s++)
        {
            for (var i = 0; i < Count; i++)
            {
                memory[((nint)Count * rows[s]) + i] = scratch[(i * Vector<TElement>.Count) + s];
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static RowMemory<TElement> Turned(float* memory, int* rows)
    {
        var (r0, r1) = (Rows(memory, rows[0], rows[4]), Rows(memory, rows[1], rows[5]));
        var (r2, r3) = (Rows(memory, rows[2], rows[6]), Rows(memory, rows[3], rows[7]));
        var (squares01, norms01) = (Avx.UnpackLow(r0, r1), Avx.UnpackHigh(r0, r1));
        var (squares23, norms23) = (Avx.UnpackLow(r2, r3), Avx.UnpackHigh(r2, r3));
        return new()
        {
            SlowSquares = Lane(Avx.Shuffle(squares01, squares23, 0x44)),
            FastSquares = Lane(Avx.Shuffle(squares01, squares23, 0xEE)),
            SlowNorm = Lane(Avx.Shuffle(norms01, norms23, 0x44)),
            FastNorm = Lane(Avx.Shuffle(norms01, norms23, 0xEE)),
        };

        static Vector256<float> Rows(float* memory, nint lower, nint upper) =>
            Vector256.Create(Vector128.Load(memory + (Count * lower)), Vector128.Load(memory + (Count * upper)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static RowMemory<TElement> Turned(double* memory, int* rows)
    {
        var (r0, r1) = (Vector256.Load(memory + ((nint)Count * rows[0])), Vector256.Load(memory + ((nint)Count * rows[1])));
        var (r2, r3) = (Vector256.Load(memory + ((nint)Count * rows[2])), Vector256.Load(memory + ((nint)Count * rows[3])));
        var (slow01, fast01) = (Avx.UnpackLow(r0, r1), Avx.UnpackHigh(r0, r1));
        var (slow23, fast23) = (Avx.UnpackLow(r2, r3), Avx.UnpackHigh(r2, r3));
        return new()
        {
            SlowSquares = Lane(Avx.Permute2x128(slow01, slow23, 0x20)),
            FastSquares = Lane(Avx.Permute2x128(fast01, fast23, 0x20)),
            SlowNorm = Lane(Avx.Permute2x128(slow01, slow23, 0x31)),
            FastNorm = Lane(Avx.Permute2x128(fast01, fast23, 0x31)),
        };
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Turn(float* memory, int* rows)
    {
        var (slow, fast) = (SlowSquares.AsVector256().AsSingle(), FastSquares.AsVector256().AsSingle());
        var (slowNorm, fastNorm) = (SlowNorm.AsVector256().AsSingle(), FastNorm.AsVector256().AsSingle());
        var (squares01, squares23) = (Avx.UnpackLow(slow, fast), Avx.UnpackHigh(slow, fast));
        var (norms01, norms23) = (Avx.UnpackLow(slowNorm, fastNorm), Avx.UnpackHigh(slowNorm, fastNorm));
        Store(Avx.Shuffle(squares01, norms01, 0x44), memory, rows[0], rows[4]);
        Store(Avx.Shuffle(squares01, norms01, 0xEE), memory, rows[1], rows[5]);
        Store(Avx.Shuffle(squares23, norms23, 0x44), memory, rows[2], rows[6]);
        Store(Avx.Shuffle(squares23, norms23, 0xEE), memory, rows[3], rows[7]);

        static void Store(Vector256<float> values, float* memory, nint lower, nint upper)
        {
            values.GetLower().Store(memory + (Count * lower));
            values.GetUpper().Store(memory + (Count * upper));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Turn(double* memory, int* rows)
    {
        var (slow, fast) = (SlowSquares.AsVector256().AsDouble(), FastSquares.AsVector256().AsDouble());
        var (slowNorm, fastNorm) = (SlowNorm.AsVector256().AsDouble(), FastNorm.AsVector256().AsDouble());
        var (squares02, squares13) = (Avx.UnpackLow(slow, fast), Avx.UnpackHigh(slow, fast));
        var (norms02, norms13) = (Avx.UnpackLow(slowNorm, fastNorm), Avx.UnpackHigh(slowNorm, fastNorm));
        Avx.Permute2x128(squares02, norms02, 0x20).Store(memory + ((nint)Count * rows[0]));
        Avx.Permute2x128(squares13, norms13, 0x20).Store(memory + ((nint)Count * rows[1]));
        Avx.Permute2x128(squares02, norms02, 0x31).Store(memory + ((nint)Count * rows[2]));
        Avx.Permute2x128(squares13, norms13, 0x31).Store(memory + ((nint)Count * rows[3]));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<TElement> Lane<T>(Vector256<T> values) => values.AsVector().As<T, TElement>();
}
