using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace AutoGradMf.Kernels;

/// <summary>What pairs do with their rows: combine them.</summary>
internal sealed unsafe partial class SampleDescent<TElement>
{
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
