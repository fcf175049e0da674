using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace AutoGradMf.Kernels;

/// <summary>What batches do with their rows before they combine them: ask for them ahead, and multiply them.</summary>
internal sealed unsafe partial class SampleDescent<TElement>
{
    /// <summary>How many registers hold a row: 2, 4, or 0 for any number.</summary>
    private interface IWidth
    {
        static abstract int Registers { get; }
    }

    private readonly struct Two : IWidth
    {
        public static int Registers => 2;
    }

    private readonly struct Four : IWidth
    {
        public static int Registers => 4;
    }

    private readonly struct Any : IWidth
    {
        public static int Registers => 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Prefetch<TRegister, TWidth>(TElement* row, nint stride)
        where TRegister : unmanaged, IRegister<TRegister, TElement>
        where TWidth : struct, IWidth
    {
        // Without a loop where the width is known, which would take longer than what it asks for.
        var line = CacheLine.Bytes / sizeof(TElement);
        var length = TWidth.Registers * TRegister.Count;
        Sse.Prefetch0(row);
        if (length > line)
        {
            Sse.Prefetch0(row + line);
        }

        if (length > 2 * line)
        {
            Sse.Prefetch0(row + (2 * line));
            Sse.Prefetch0(row + (3 * line));
        }

        for (nint k = line; k < stride && TWidth.Registers == 0; k += line)
        {
            Sse.Prefetch0(row + k);
        }
    }

    /// <summary>
    /// The inner products of rows of samples, four at once, of the last of them again where there are not so many; and of their slow
    /// features, where these have a rate of their own.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Dots<TAdaptivity, TRegister, TWidth>(
        int* lefts, TElement* leftValues, int* rights, TElement* rightValues, nint stride, nint count, TElement* into, TElement* slowInto)
        where TAdaptivity : struct, IAdaptivity
        where TRegister : unmanaged, IRegister<TRegister, TElement>
        where TWidth : struct, IWidth
    {
        // Constants, where the width is known.
        stride = TWidth.Registers == 0 ? stride : TWidth.Registers * TRegister.Count;
        var slow = Math.Min(SampleFactors<TElement>.SlowFeatures, stride);
        for (nint s = 0; s < count; s += 4, into += 4, slowInto += 4)
        {
            var (s1, s2, s3) = (s + 1, s + 2, s + 3);
            if (s3 >= count)
            {
                (s1, s2, s3) = (Math.Min(s1, count - 1), Math.Min(s2, count - 1), count - 1);
            }

            TElement* u0 = leftValues + (lefts[s] * stride), v0 = rightValues + (rights[s] * stride);
            TElement* u1 = leftValues + (lefts[s1] * stride), v1 = rightValues + (rights[s1] * stride);
            TElement* u2 = leftValues + (lefts[s2] * stride), v2 = rightValues + (rights[s2] * stride);
            TElement* u3 = leftValues + (lefts[s3] * stride), v3 = rightValues + (rights[s3] * stride);
            if (!TAdaptivity.IsAdaptive)
            {
                TRegister.StoreSums(
                    Products<TRegister, TWidth>(u0, v0, stride),
                    Products<TRegister, TWidth>(u1, v1, stride),
                    Products<TRegister, TWidth>(u2, v2, stride),
                    Products<TRegister, TWidth>(u3, v3, stride),
                    into);
                continue;
            }

            var (p0, p1) = (SlowProducts<TRegister>(u0, v0, slow), SlowProducts<TRegister>(u1, v1, slow));
            var (p2, p3) = (SlowProducts<TRegister>(u2, v2, slow), SlowProducts<TRegister>(u3, v3, slow));
            TRegister.StoreSums(
                AddFastProducts<TRegister, TWidth>(u0, v0, slow, stride, p0),
                AddFastProducts<TRegister, TWidth>(u1, v1, slow, stride, p1),
                AddFastProducts<TRegister, TWidth>(u2, v2, slow, stride, p2),
                AddFastProducts<TRegister, TWidth>(u3, v3, slow, stride, p3),
                into);
            if (TRegister.Count > SampleFactors<TElement>.SlowFeatures)
            {
                // The lower half of each is of slow features.
                TRegister.StoreLowerSums(p0, p1, p2, p3, slowInto);
            }
            else
            {
                TRegister.StoreSums(p0, p1, p2, p3, slowInto);
            }
        }
    }

    /// <summary>Sums of products of slow features, and of so many fast ones as a register holds beside them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TRegister SlowProducts<TRegister>(TElement* left, TElement* right, nint slow)
        where TRegister : unmanaged, IRegister<TRegister, TElement>
    {
        var sums = TRegister.Load(left) * TRegister.Load(right);
        for (nint k = TRegister.Count; k < slow; k += TRegister.Count)
        {
            sums = TRegister.MultiplyAdd(TRegister.Load(left + k), TRegister.Load(right + k), sums);
        }

        return sums;
    }

    /// <summary>Adds those of all other features.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TRegister AddFastProducts<TRegister, TWidth>(TElement* left, TElement* right, nint slow, nint stride, TRegister sums)
        where TRegister : unmanaged, IRegister<TRegister, TElement>
        where TWidth : struct, IWidth
    {
        nint w = TRegister.Count, k = Math.Max(slow, w);
        if (TWidth.Registers == 0)
        {
            return sums + Products<TRegister>(left + k, right + k, stride - k);
        }

        sums = k < stride ? TRegister.MultiplyAdd(TRegister.Load(left + k), TRegister.Load(right + k), sums) : sums;
        sums = k + w < stride ? TRegister.MultiplyAdd(TRegister.Load(left + k + w), TRegister.Load(right + k + w), sums) : sums;
        return k + (2 * w) < stride ? TRegister.MultiplyAdd(TRegister.Load(left + k + (2 * w)), TRegister.Load(right + k + (2 * w)), sums) : sums;
    }

    /// <summary>Sums of products of rows with zeros after their ends, which are the rows' inner product together.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TRegister Products<TRegister, TWidth>(TElement* left, TElement* right, nint stride)
        where TRegister : unmanaged, IRegister<TRegister, TElement>
        where TWidth : struct, IWidth
    {
        nint w = TRegister.Count;
        if (TWidth.Registers == 0)
        {
            return Products<TRegister>(left, right, stride);
        }

        var sums = TRegister.MultiplyAdd(TRegister.Load(left), TRegister.Load(right), TRegister.Load(left + w) * TRegister.Load(right + w));
        return TWidth.Registers == 2 ? sums : sums + TRegister.MultiplyAdd(
            TRegister.Load(left + (2 * w)), TRegister.Load(right + (2 * w)), TRegister.Load(left + (3 * w)) * TRegister.Load(right + (3 * w)));
    }

    private static TRegister Products<TRegister>(TElement* left, TElement* right, nint stride)
        where TRegister : unmanaged, IRegister<TRegister, TElement>
    {
        var w = TRegister.Count;
        var (even, odd) = (default(TRegister), default(TRegister));
        nint i = 0;
        for (; i <= stride - (2 * w); i += 2 * w)
        {
            even = TRegister.MultiplyAdd(TRegister.Load(left + i), TRegister.Load(right + i), even);
            odd = TRegister.MultiplyAdd(TRegister.Load(left + i + w), TRegister.Load(right + i + w), odd);
        }

        return i < stride ? TRegister.MultiplyAdd(TRegister.Load(left + i), TRegister.Load(right + i), even + odd) : even + odd;
    }
}
