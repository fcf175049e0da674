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

    /// <summary>
    /// Each of both rows of each sample becomes a combination of the two, which is another in slow features where these have a rate of their own.
    /// Between them it asks for the rows of the samples so many places further on, which come while these are stored.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Combine<TAdaptivity, TRegister, TWidth>(in PairFrame pairs, int* lefts, int* rights, nint count, nint ahead)
        where TAdaptivity : struct, IAdaptivity
        where TRegister : unmanaged, IRegister<TRegister, TElement>
        where TWidth : struct, IWidth
    {
        // What is read through references would be read anew after each store.
        TElement* leftValues = pairs.LeftValues, rightValues = pairs.RightValues, numbers = pairs.Numbers;
        nint stride = TWidth.Registers == 0 ? pairs.Stride : TWidth.Registers * TRegister.Count, w = TRegister.Count;
        var slow = Math.Min(SampleFactors<TElement>.SlowFeatures, stride);
        for (nint s = 0; s < count; s++, numbers++)
        {
            var u = leftValues + (lefts[s] * stride);
            var v = rightValues + (rights[s] * stride);
            if (Sse.IsSupported)
            {
                Prefetch<TRegister, TWidth>(leftValues + (lefts[s + ahead] * stride), stride);
                Prefetch<TRegister, TWidth>(rightValues + (rights[s + ahead] * stride), stride);
            }

            var step = new RowStep<TRegister>(numbers + PairNumbers.OfFast);
            if (TAdaptivity.IsAdaptive)
            {
                var first = new RowStep<TRegister>(numbers + PairNumbers.OfSlow);
                first = w > SampleFactors<TElement>.SlowFeatures ? RowStep<TRegister>.Join(in first, in step) : first;
                for (nint k = 0; k < slow; k += w)
                {
                    first.Combine(u + k, v + k);
                }
            }

            CombineFrom<TRegister, TWidth>(TAdaptivity.IsAdaptive ? Math.Max(slow, w) : 0, stride, in step, u, v);
        }
    }

    /// <summary>The registers from a place on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CombineFrom<TRegister, TWidth>(nint k, nint stride, in RowStep<TRegister> step, TElement* left, TElement* right)
        where TRegister : unmanaged, IRegister<TRegister, TElement>
        where TWidth : struct, IWidth
    {
        nint w = TRegister.Count;
        for (; k < stride && TWidth.Registers == 0; k += w)
        {
            step.Combine(left + k, right + k);
        }

        // Where the width is known, what follows has no branches, and a loop would.
        if (k < stride)
        {
            step.Combine(left + k, right + k);
        }

        if (k + w < stride)
        {
            step.Combine(left + k + w, right + k + w);
        }

        if (k + (2 * w) < stride)
        {
            step.Combine(left + k + (2 * w), right + k + (2 * w));
        }

        if (k + (3 * w) < stride)
        {
            step.Combine(left + k + (3 * w), right + k + (3 * w));
        }
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

    /// <summary>What is kept and taken of the rows of a sample, in each lane of a register.</summary>
    private readonly struct RowStep<TRegister>
        where TRegister : unmanaged, IRegister<TRegister, TElement>
    {
        private readonly TRegister _keepLeft;
        private readonly TRegister _takeRight;
        private readonly TRegister _keepRight;
        private readonly TRegister _takeLeft;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public RowStep(TElement* numbers)
        {
            _keepLeft = TRegister.All(numbers[0]);
            _takeRight = TRegister.All(numbers[PairNumbers.Samples]);
            _keepRight = TRegister.All(numbers[2 * PairNumbers.Samples]);
            _takeLeft = TRegister.All(numbers[3 * PairNumbers.Samples]);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private RowStep(TRegister keepLeft, TRegister takeRight, TRegister keepRight, TRegister takeLeft)
        {
            _keepLeft = keepLeft;
            _takeRight = takeRight;
            _keepRight = keepRight;
            _takeLeft = takeLeft;
        }

        /// <summary>The lower halves of one and the upper halves of another.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static RowStep<TRegister> Join(in RowStep<TRegister> lower, in RowStep<TRegister> upper) => new(
            TRegister.Join(lower._keepLeft, upper._keepLeft),
            TRegister.Join(lower._takeRight, upper._takeRight),
            TRegister.Join(lower._keepRight, upper._keepRight),
            TRegister.Join(lower._takeLeft, upper._takeLeft));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Combine(TElement* left, TElement* right)
        {
            var (u, v) = (TRegister.Load(left), TRegister.Load(right));
            TRegister.Store(TRegister.MultiplyAdd(_takeRight, v, _keepLeft * u), left);
            TRegister.Store(TRegister.MultiplyAdd(_takeLeft, u, _keepRight * v), right);
        }
    }
}
