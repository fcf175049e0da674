using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace AutoGradMf.Kernels;

/// <summary>What triples do with their rows: combine them.</summary>
internal sealed unsafe partial class SampleDescent<TElement>
{
    /// <summary>Each of the three rows of each sample becomes a combination of them; asks for the rows of the samples so many places further on.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void CombineTriples<TAdaptivity, TRegister>(in TripleFrame triples, int start, int count, nint ahead)
        where TAdaptivity : struct, IAdaptivity
        where TRegister : unmanaged, IRegister<TRegister, TElement>
    {
        var (first, second, third) = (triples.First.From(start), triples.Second.From(start), triples.Third.From(start));
        nint stride = triples.Stride, w = TRegister.Count;
        var slow = TAdaptivity.IsAdaptive ? Math.Min(SampleFactors<TElement>.SlowFeatures, stride) : 0;
        var numbers = triples.Numbers;
        for (nint s = 0; s < count; s++, numbers++)
        {
            var u = first.Values + (first.Rows[s] * stride);
            var v = second.Values + (second.Rows[s] * stride);
            var x = third.Values + (third.Rows[s] * stride);
            if (Sse.IsSupported)
            {
                Prefetch<TRegister, Any>(first.Values + (first.Rows[s + ahead] * stride), stride);
                Prefetch<TRegister, Any>(second.Values + (second.Rows[s + ahead] * stride), stride);
                Prefetch<TRegister, Any>(third.Values + (third.Rows[s + ahead] * stride), stride);
            }

            var step = new TripleStep<TRegister>(numbers + TripleNumbers.OfFast);
            nint k = 0;
            if (TAdaptivity.IsAdaptive)
            {
                var ofSlow = new TripleStep<TRegister>(numbers + TripleNumbers.OfSlow);
                ofSlow = w > SampleFactors<TElement>.SlowFeatures ? TripleStep<TRegister>.Join(in ofSlow, in step) : ofSlow;
                for (; k < slow; k += w)
                {
                    ofSlow.Combine(u + k, v + k, x + k);
                }
            }

            for (; k < stride; k += w)
            {
                step.Combine(u + k, v + k, x + k);
            }
        }
    }

    /// <summary>What the three rows of a sample become combinations with, in each lane of a register.</summary>
    private readonly struct TripleStep<TRegister>
        where TRegister : unmanaged, IRegister<TRegister, TElement>
    {
        private readonly TRegister _uu, _uv, _ux, _vu, _vv, _vx, _xu, _xv, _xx;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TripleStep(TElement* numbers)
        {
            const int n = TripleNumbers.Samples;
            (_uu, _uv, _ux) = (TRegister.All(numbers[0]), TRegister.All(numbers[n]), TRegister.All(numbers[2 * n]));
            (_vu, _vv, _vx) = (TRegister.All(numbers[3 * n]), TRegister.All(numbers[4 * n]), TRegister.All(numbers[5 * n]));
            (_xu, _xv, _xx) = (TRegister.All(numbers[6 * n]), TRegister.All(numbers[7 * n]), TRegister.All(numbers[8 * n]));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private TripleStep(in TripleStep<TRegister> lower, in TripleStep<TRegister> upper)
        {
            (_uu, _uv, _ux) = (TRegister.Join(lower._uu, upper._uu), TRegister.Join(lower._uv, upper._uv), TRegister.Join(lower._ux, upper._ux));
            (_vu, _vv, _vx) = (TRegister.Join(lower._vu, upper._vu), TRegister.Join(lower._vv, upper._vv), TRegister.Join(lower._vx, upper._vx));
            (_xu, _xv, _xx) = (TRegister.Join(lower._xu, upper._xu), TRegister.Join(lower._xv, upper._xv), TRegister.Join(lower._xx, upper._xx));
        }

        /// <summary>The lower halves of one and the upper halves of another.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TripleStep<TRegister> Join(in TripleStep<TRegister> lower, in TripleStep<TRegister> upper) => new(in lower, in upper);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Combine(TElement* first, TElement* second, TElement* third)
        {
            var (u, v, x) = (TRegister.Load(first), TRegister.Load(second), TRegister.Load(third));
            TRegister.Store(TRegister.MultiplyAdd(_uu, u, TRegister.MultiplyAdd(_uv, v, _ux * x)), first);
            TRegister.Store(TRegister.MultiplyAdd(_vu, u, TRegister.MultiplyAdd(_vv, v, _vx * x)), second);
            TRegister.Store(TRegister.MultiplyAdd(_xu, u, TRegister.MultiplyAdd(_xv, v, _xx * x)), third);
        }
    }
}
