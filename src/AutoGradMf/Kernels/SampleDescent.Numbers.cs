using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace AutoGradMf.Kernels;

/// <summary>What batches do with single numbers: rates of rows, and the steps of numbers that belong to rows or to all samples.</summary>
internal sealed unsafe partial class SampleDescent<TElement>
{
    /// <summary>Whether rates are divided, and slow features have one of their own.</summary>
    private interface IAdaptivity
    {
        static abstract bool IsAdaptive { get; }
    }

    private readonly struct Adaptive : IAdaptivity
    {
        public static bool IsAdaptive => true;
    }

    private readonly struct Fixed : IAdaptivity
    {
        public static bool IsAdaptive => false;
    }

    /// <summary>Batches come in random order, which no hardware foresees.</summary>
    private static void PrefetchNumbers(in Frame frame, int sample)
    {
        for (var source = frame.Sources; source < frame.Changing; source++)
        {
            PrefetchBatch(source->Values + sample);
        }
    }

    /// <summary>What is a number of each sample of a batch may begin in one cache line and end in the next.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PrefetchBatch<TNumber>(TNumber* first)
        where TNumber : unmanaged
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(first);
            Sse.Prefetch0(first + SampleBatches.MostSamples - 1);
        }
    }

    /// <summary>How far rows of a factor go.</summary>
    private Rates RatesOf(int factor)
    {
        var length = _factors.Length(factor);
        var slow = Math.Min(length, SampleFactors<TElement>.SlowFeatures);
        return new()
        {
            Rate = _rate,
            NumberRate = _numberRate,
            PerUnit = _perUnit,
            SlowMean = TElement.One / TElement.CreateTruncating(slow),
            FastMean = length == slow || _rule.IsFirst ? TElement.Zero : TElement.One / TElement.CreateTruncating(length - slow),
        };
    }

    private static void MoveNumbers<TAdaptivity>(in Frame frame, in Rates rates, int sample, int count)
        where TAdaptivity : struct, IAdaptivity
    {
        for (var target = frame.Targets; target < frame.TargetsEnd; target++)
        {
            var gradients = (TElement*)((VectorLane<TElement>*)frame.Output + target->Coefficient);
            if (target->Rows == null)
            {
                MoveShared<TAdaptivity>(gradients, target->Values, target->Squares, in rates, count);
            }
            else
            {
                MoveEach<TAdaptivity>(gradients, target->Rows + sample, target->Values, target->Squares, in rates, count);
            }
        }
    }

    /// <summary>A number that all samples read moves by the gradients of all of a lane, each at where the lane began.</summary>
    private static void MoveShared<TAdaptivity>(TElement* gradients, TElement* value, TElement* squares, in Rates rates, int count)
        where TAdaptivity : struct, IAdaptivity
    {
        // In registers, since each step needs the one before.
        var (moved, square) = (*value, *squares);
        for (var s = 0; s < count; s++)
        {
            moved -= gradients[s] * Rate<TAdaptivity>(ref square, gradients[s], in rates);
        }

        (*value, *squares) = (moved, square);
    }

    /// <summary>The numbers of rows, of which no two are one.</summary>
    private static void MoveEach<TAdaptivity>(TElement* gradients, int* rows, TElement* values, TElement* squares, in Rates rates, int count)
        where TAdaptivity : struct, IAdaptivity
    {
        for (var s = 0; s < count; s++)
        {
            values[rows[s]] -= gradients[s] * Rate<TAdaptivity>(ref squares[rows[s]], gradients[s], in rates);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TElement Rate<TAdaptivity>(ref TElement squares, TElement gradient, in Rates rates)
        where TAdaptivity : struct, IAdaptivity =>
        TAdaptivity.IsAdaptive ? Slowed(rates.NumberRate, ref squares, Square(gradient, rates.PerUnit)) : rates.NumberRate;

    /// <summary>‖a u + b v‖² of u² and v² and their product; not below zero, as rounding may leave it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<TElement> Square(Vector<TElement> a, Vector<TElement> uu, Vector<TElement> b, Vector<TElement> vv, Vector<TElement> uv)
    {
        var square = Simd.MultiplyAdd(a, Simd.MultiplyAdd(a, uu, b * uv), b * Simd.MultiplyAdd(b, vv, a * uv));
        return Vector.ConditionalSelect(Vector.LessThan(square, Vector<TElement>.Zero), Vector<TElement>.Zero, square);
    }

    private struct Rates
    {
        /// <summary>Of rows, before it is divided.</summary>
        public TElement Rate;

        /// <summary>The same of numbers.</summary>
        public TElement NumberRate;

        /// <summary>Of gradient units.</summary>
        public TElement PerUnit;

        /// <summary>One over how many slow features there are.</summary>
        public TElement SlowMean;

        /// <summary>The same of fast features; zero where there are none, or they do not move yet.</summary>
        public TElement FastMean;
    }
}
