using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace AutoGradMf.Kernels;

/// <summary>Products of dense matrices, eight rows of them at a time, in the widest registers of the hardware.</summary>
internal static unsafe class ProductTile
{
    /// <summary>How many rows of the product a tile has.</summary>
    public const int Rows = 8;

    /// <summary>Whether there are 32 registers: where there are 16, they hold no more than eight sums and what is multiplied.</summary>
    public static bool HasManyRegisters => Avx512F.IsSupported || AdvSimd.IsSupported;

    /// <summary>The next multiple of a tile's rows.</summary>
    public static int RoundUp(int rows) => (rows + Rows - 1) / Rows * Rows;

    /// <summary>Elements from one padded row of so many columns to the next: whole registers, and whole tiles of the transpose.</summary>
    public static int Stride<TElement>(int columns)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var multiple = Math.Max(Rows, RegisterChoice.WidestCount<TElement>());
        return (columns + multiple - 1) / multiple * multiple;
    }

    /// <summary>
    /// <c>into[r, l] = Σ_t left[t · leftStep + r · leftRow] · right[t, l]</c> over <paramref name="terms"/> terms, for eight rows r and
    /// <paramref name="columns"/> columns l, a multiple of the widest register's; or += where it <paramref name="isAdding"/>.
    /// </summary>
    public static void Multiply<TElement>(
        TElement* left,
        nint leftStep,
        nint leftRow,
        TElement* right,
        nint rightStride,
        int terms,
        TElement* into,
        nint intoStride,
        int columns,
        bool isAdding)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        if (Register512<TElement>.IsSupported)
        {
            ProductTile<Register512<TElement>, TElement>.Multiply(left, leftStep, leftRow, right, rightStride, terms, into, intoStride, columns, isAdding);
        }
        else if (Register256<TElement>.IsSupported)
        {
            ProductTile<Register256<TElement>, TElement>.Multiply(left, leftStep, leftRow, right, rightStride, terms, into, intoStride, columns, isAdding);
        }
        else if (Register128<TElement>.IsSupported)
        {
            ProductTile<Register128<TElement>, TElement>.Multiply(left, leftStep, leftRow, right, rightStride, terms, into, intoStride, columns, isAdding);
        }
        else
        {
            ProductTile<Register1<TElement>, TElement>.Multiply(left, leftStep, leftRow, right, rightStride, terms, into, intoStride, columns, isAdding);
        }
    }
}

/// <summary>
/// The inner loop of all products of dense matrices: eight rows of the product, of which one or two registers of columns at a time
/// are summed in registers (Goto &amp; van de Geijn, "Anatomy of high-performance matrix multiplication", ACM TOMS 34, 2008).
/// </summary>
internal static unsafe class ProductTile<TRegister, TElement>
    where TRegister : unmanaged, IRegister<TRegister, TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    /// <summary>
    /// <c>into[r, l] = Σ_t left[t · leftStep + r · leftRow] · right[t, l]</c> over <paramref name="terms"/> terms, for eight rows r and
    /// <paramref name="columns"/> columns l, a multiple of the register's; or += where it <paramref name="isAdding"/>.
    /// </summary>
    public static void Multiply(
        TElement* left,
        nint leftStep,
        nint leftRow,
        TElement* right,
        nint rightStride,
        int terms,
        TElement* into,
        nint intoStride,
        int columns,
        bool isAdding)
    {
        var registers = columns / TRegister.Count;
        while (registers > 0)
        {
            var taken = ProductTile.HasManyRegisters ? Math.Min(registers, 2) : 1;
            if (taken == 2)
            {
                AddTwo(left, leftStep, leftRow, right, rightStride, terms, into, intoStride, isAdding);
            }
            else
            {
                AddOne(left, leftStep, leftRow, right, rightStride, terms, into, intoStride, isAdding);
            }

            registers -= taken;
            right += taken * TRegister.Count;
            into += taken * TRegister.Count;
        }
    }

    private static void AddTwo(
        TElement* left, nint leftStep, nint leftRow, TElement* right, nint rightStride, int terms, TElement* into, nint intoStride, bool isAdding)
    {
        var count = TRegister.Count;
        TElement* left1 = left + leftRow, left2 = left1 + leftRow, left3 = left2 + leftRow, left4 = left3 + leftRow;
        TElement* left5 = left4 + leftRow, left6 = left5 + leftRow, left7 = left6 + leftRow;
        TRegister sum00 = default, sum10 = default, sum20 = default, sum30 = default, sum40 = default, sum50 = default, sum60 = default, sum70 = default;
        TRegister sum01 = default, sum11 = default, sum21 = default, sum31 = default, sum41 = default, sum51 = default, sum61 = default, sum71 = default;
        nint at = 0;
        for (var t = 0; t < terms; t++)
        {
            var (x0, x1) = (TRegister.Load(right), TRegister.Load(right + count));
            var y = TRegister.All(left[at]);
            sum00 = TRegister.MultiplyAdd(y, x0, sum00);
            sum01 = TRegister.MultiplyAdd(y, x1, sum01);
            y = TRegister.All(left1[at]);
            sum10 = TRegister.MultiplyAdd(y, x0, sum10);
            sum11 = TRegister.MultiplyAdd(y, x1, sum11);
            y = TRegister.All(left2[at]);
            sum20 = TRegister.MultiplyAdd(y, x0, sum20);
            sum21 = TRegister.MultiplyAdd(y, x1, sum21);
            y = TRegister.All(left3[at]);
            sum30 = TRegister.MultiplyAdd(y, x0, sum30);
            sum31 = TRegister.MultiplyAdd(y, x1, sum31);
            y = TRegister.All(left4[at]);
            sum40 = TRegister.MultiplyAdd(y, x0, sum40);
            sum41 = TRegister.MultiplyAdd(y, x1, sum41);
            y = TRegister.All(left5[at]);
            sum50 = TRegister.MultiplyAdd(y, x0, sum50);
            sum51 = TRegister.MultiplyAdd(y, x1, sum51);
            y = TRegister.All(left6[at]);
            sum60 = TRegister.MultiplyAdd(y, x0, sum60);
            sum61 = TRegister.MultiplyAdd(y, x1, sum61);
            y = TRegister.All(left7[at]);
            sum70 = TRegister.MultiplyAdd(y, x0, sum70);
            sum71 = TRegister.MultiplyAdd(y, x1, sum71);
            at += leftStep;
            right += rightStride;
        }

        Put(sum00, sum01, into, isAdding);
        Put(sum10, sum11, into + intoStride, isAdding);
        Put(sum20, sum21, into + (2 * intoStride), isAdding);
        Put(sum30, sum31, into + (3 * intoStride), isAdding);
        Put(sum40, sum41, into + (4 * intoStride), isAdding);
        Put(sum50, sum51, into + (5 * intoStride), isAdding);
        Put(sum60, sum61, into + (6 * intoStride), isAdding);
        Put(sum70, sum71, into + (7 * intoStride), isAdding);
    }

    private static void AddOne(
        TElement* left, nint leftStep, nint leftRow, TElement* right, nint rightStride, int terms, TElement* into, nint intoStride, bool isAdding)
    {
        var count = TRegister.Count;
        TElement* left1 = left + leftRow, left2 = left1 + leftRow, left3 = left2 + leftRow, left4 = left3 + leftRow;
        TElement* left5 = left4 + leftRow, left6 = left5 + leftRow, left7 = left6 + leftRow;
        TRegister sum00 = default, sum10 = default, sum20 = default, sum30 = default, sum40 = default, sum50 = default, sum60 = default, sum70 = default;
        nint at = 0;
        for (var t = 0; t < terms; t++)
        {
            var x0 = TRegister.Load(right);
            sum00 = TRegister.MultiplyAdd(TRegister.All(left[at]), x0, sum00);
            sum10 = TRegister.MultiplyAdd(TRegister.All(left1[at]), x0, sum10);
            sum20 = TRegister.MultiplyAdd(TRegister.All(left2[at]), x0, sum20);
            sum30 = TRegister.MultiplyAdd(TRegister.All(left3[at]), x0, sum30);
            sum40 = TRegister.MultiplyAdd(TRegister.All(left4[at]), x0, sum40);
            sum50 = TRegister.MultiplyAdd(TRegister.All(left5[at]), x0, sum50);
            sum60 = TRegister.MultiplyAdd(TRegister.All(left6[at]), x0, sum60);
            sum70 = TRegister.MultiplyAdd(TRegister.All(left7[at]), x0, sum70);
            at += leftStep;
            right += rightStride;
        }

        Put(sum00, into, isAdding);
        Put(sum10, into + intoStride, isAdding);
        Put(sum20, into + (2 * intoStride), isAdding);
        Put(sum30, into + (3 * intoStride), isAdding);
        Put(sum40, into + (4 * intoStride), isAdding);
        Put(sum50, into + (5 * intoStride), isAdding);
        Put(sum60, into + (6 * intoStride), isAdding);
        Put(sum70, into + (7 * intoStride), isAdding);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(TRegister sum, TElement* into, bool isAdding) => TRegister.Store(isAdding ? TRegister.Load(into) + sum : sum, into);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(TRegister sum0, TRegister sum1, TElement* into, bool isAdding)
    {
        Put(sum0, into, isAdding);
        Put(sum1, into + TRegister.Count, isAdding);
    }
}
