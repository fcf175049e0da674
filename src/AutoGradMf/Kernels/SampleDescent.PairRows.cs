using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace AutoGradMf.Kernels;

/// <summary>What pairs do with their rows: ask for them ahead, multiply them, and combine them.</summary>
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
    private static void Dots<TRegister, TWidth, TAdaptivity>(
        int* lefts, TElement* leftValues, int* rights, TElement* rightValues, in PairFrame pairs, nint count, TElement* into, TElement* slowInto)
        where TRegister : unmanaged, IRegister<TRegister, TElement>
        where TWidth : struct, IWidth
        where TAdaptivity : struct, IAdaptivity
    {
        // A constant, where the width is known.
        var stride = TWidth.Registers == 0 ? pairs.Stride : TWidth.Registers * TRegister.Count;
        for (nint s = 0; s < count; s += 4)
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
            TRegister.StoreSums(
                Products<TRegister, TWidth>(u0, v0, stride),
                Products<TRegister, TWidth>(u1, v1, stride),
                Products<TRegister, TWidth>(u2, v2, stride),
                Products<TRegister, TWidth>(u3, v3, stride),
                into + s);
            if (TAdaptivity.IsTwin)
            {
                TRegister.StoreSums(
                    SlowProducts<TRegister>(u0, v0),
                    SlowProducts<TRegister>(u1, v1),
                    SlowProducts<TRegister>(u2, v2),
                    SlowProducts<TRegister>(u3, v3),
                    slowInto + s);
            }
        }
    }

    /// <summary>Sums of products of slow features.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TRegister SlowProducts<TRegister>(TElement* left, TElement* right)
        where TRegister : unmanaged, IRegister<TRegister, TElement>
    {
        var sums = TRegister.Load(left) * TRegister.Load(right);
        for (nint k = TRegister.Count; k < SampleFactors<TElement>.SlowFeatures; k += TRegister.Count)
        {
            sums = TRegister.MultiplyAdd(TRegister.Load(left + k), TRegister.Load(right + k), sums);
        }

        return Join(sums, default);
    }

    /// <summary>
    /// Each of both rows of each sample becomes a combination of the two. Between them it asks for the rows of the samples so many places further on,
    /// which come while these are stored.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Combine<TRegister, TWidth>(in PairFrame pairs, int* lefts, int* rights, nint count, nint ahead)
        where TRegister : unmanaged, IRegister<TRegister, TElement>
        where TWidth : struct, IWidth
    {
        // What is read through references would be read anew after each store.
        TElement* leftValues = pairs.LeftValues, rightValues = pairs.RightValues;
        TElement* keepLefts = pairs.Slow.KeepLefts, takeRights = pairs.Slow.TakeRights, keepRights = pairs.Slow.KeepRights, takeLefts = pairs.Slow.TakeLefts;
        var stride = TWidth.Registers == 0 ? pairs.Stride : TWidth.Registers * TRegister.Count;
        for (nint s = 0; s < count; s++)
        {
            var u = leftValues + (lefts[s] * stride);
            var v = rightValues + (rights[s] * stride);
            if (Sse.IsSupported)
            {
                Prefetch<TRegister, TWidth>(leftValues + (lefts[s + ahead] * stride), stride);
                Prefetch<TRegister, TWidth>(rightValues + (rights[s + ahead] * stride), stride);
            }

            var (keepLeft, takeRight) = (TRegister.All(keepLefts[s]), TRegister.All(takeRights[s]));
            var (keepRight, takeLeft) = (TRegister.All(keepRights[s]), TRegister.All(takeLefts[s]));
            if (TWidth.Registers > 0)
            {
                Combine(u, v, keepLeft, takeRight, keepRight, takeLeft);
                Combine(u + TRegister.Count, v + TRegister.Count, keepLeft, takeRight, keepRight, takeLeft);
            }

            if (TWidth.Registers == 4)
            {
                Combine(u + (2 * TRegister.Count), v + (2 * TRegister.Count), keepLeft, takeRight, keepRight, takeLeft);
                Combine(u + (3 * TRegister.Count), v + (3 * TRegister.Count), keepLeft, takeRight, keepRight, takeLeft);
            }

            for (nint k = 0; k < stride && TWidth.Registers == 0; k += TRegister.Count)
            {
                Combine(u + k, v + k, keepLeft, takeRight, keepRight, takeLeft);
            }
        }
    }

    /// <summary>The same where slow features are combined in another way than fast ones.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void CombineParts<TRegister, TWidth>(in PairFrame pairs, int* lefts, int* rights, nint count, nint ahead)
        where TRegister : unmanaged, IRegister<TRegister, TElement>
        where TWidth : struct, IWidth
    {
        var (slow, fast) = (pairs.Slow, pairs.Fast);
        TElement* leftValues = pairs.LeftValues, rightValues = pairs.RightValues;
        var stride = TWidth.Registers == 0 ? pairs.Stride : TWidth.Registers * TRegister.Count;
        for (nint s = 0; s < count; s++)
        {
            TElement* u = leftValues + (lefts[s] * stride), v = rightValues + (rights[s] * stride);
            var (keepLeft, takeRight) = (TRegister.All(fast.KeepLefts[s]), TRegister.All(fast.TakeRights[s]));
            var (keepRight, takeLeft) = (TRegister.All(fast.KeepRights[s]), TRegister.All(fast.TakeLefts[s]));
            for (nint k = 0; k < SampleFactors<TElement>.SlowFeatures; k += TRegister.Count)
            {
                Combine(
                    u + k,
                    v + k,
                    Join(TRegister.All(slow.KeepLefts[s]), keepLeft),
                    Join(TRegister.All(slow.TakeRights[s]), takeRight),
                    Join(TRegister.All(slow.KeepRights[s]), keepRight),
                    Join(TRegister.All(slow.TakeLefts[s]), takeLeft));
            }

            for (nint k = Math.Max(SampleFactors<TElement>.SlowFeatures, TRegister.Count); k < stride; k += TRegister.Count)
            {
                Combine(u + k, v + k, keepLeft, takeRight, keepRight, takeLeft);
            }

            if (Sse.IsSupported)
            {
                Prefetch<TRegister, TWidth>(leftValues + (lefts[s + ahead] * stride), stride);
                Prefetch<TRegister, TWidth>(rightValues + (rights[s + ahead] * stride), stride);
            }
        }
    }

    /// <summary>A register that holds more than the slow features, twice as many, is one half slow and one half fast.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TRegister Join<TRegister>(TRegister slow, TRegister fast)
        where TRegister : unmanaged, IRegister<TRegister, TElement> =>
        TRegister.Count > SampleFactors<TElement>.SlowFeatures ? TRegister.Join(slow, fast) : slow;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Combine<TRegister>(TElement* left, TElement* right, TRegister keepLeft, TRegister takeRight, TRegister keepRight, TRegister takeLeft)
        where TRegister : unmanaged, IRegister<TRegister, TElement>
    {
        var (u, v) = (TRegister.Load(left), TRegister.Load(right));
        TRegister.Store(TRegister.MultiplyAdd(takeRight, v, keepLeft * u), left);
        TRegister.Store(TRegister.MultiplyAdd(takeLeft, u, keepRight * v), right);
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
