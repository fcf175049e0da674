using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoGradMf.Kernels;

/// <summary>The commonest form: an inner product of two rows, whose gradients are combinations of the two.</summary>
internal sealed unsafe partial class SampleDescent<TElement>
{
    private void Pairs<TFunction, TAdaptivity>(in SampleForm<TElement> form, in Frame frame)
        where TFunction : struct, IEntryFunction
        where TAdaptivity : struct, IAdaptivity
    {
        var work = new PairWork<TFunction, TAdaptivity> { Descent = this, Form = form, Frame = frame };
        RegisterChoice.Run<PairWork<TFunction, TAdaptivity>, TElement>(ref work, _factors.Stride(form.Rows[0].Factor));
    }

    private void Pairs<TFunction, TAdaptivity, TRegister, TWidth>(in SampleForm<TElement> form, in Frame frame)
        where TFunction : struct, IEntryFunction
        where TAdaptivity : struct, IAdaptivity
        where TRegister : unmanaged, IRegister<TRegister, TElement>
        where TWidth : struct, IWidth
    {
        var (left, right) = (form.Rows[0].Factor, form.Rows[1].Factor);
        var numbers = stackalloc TElement[PairNumbers.Count];
        var start = _factors.Start;
        var output = (VectorLane<TElement>*)frame.Output;
        output[frame.OutputCount] = default;
        var pairs = new PairFrame
        {
            Numbers = numbers,
            Lefts = (int*)_grid.Rows[form.Rows[0].Place],
            Rights = (int*)_grid.Rows[form.Rows[1].Place],
            LeftValues = start + _factors.Values(left),
            RightValues = start + _factors.Values(right),
            LeftMemory = start + _factors.Squares(left),
            RightMemory = start + _factors.Squares(right),
            Stride = _factors.Stride(left),
            Rates = RatesOf(left),
            OfLeftInLeft = output + Coefficient(in form, in frame, 0, 0),
            OfRightInLeft = output + Coefficient(in form, in frame, 0, 1),
            OfLeftInRight = output + Coefficient(in form, in frame, 1, 0),
            OfRightInRight = output + Coefficient(in form, in frame, 1, 1),
        };
        var batches = _grid.BatchesOf(_block, _seed, _epoch);
        for (var b = 0; b < batches.Length; b++)
        {
            var (first, end) = _grid.Batch(batches[b]);
            if (b + 2 < batches.Length)
            {
                var later = _grid.Batch(batches[b + 2]).First;
                PrefetchBatch(pairs.Lefts + later);
                PrefetchBatch(pairs.Rights + later);
                PrefetchNumbers(in frame, later);
            }

            Step<TFunction, TAdaptivity, TRegister, TWidth>(in pairs, in frame, first, end - first, NextOf(batches, b));
        }
    }

    /// <summary>
    /// A step in the samples of a batch, of which no two share a row: all that they read from rows comes before all that they write, so that none
    /// waits for another. Its parts are not inlined, which together are more than the just-in-time compiler inlines.
    /// </summary>
    private static void Step<TFunction, TAdaptivity, TRegister, TWidth>(in PairFrame pairs, in Frame frame, int first, int count, int next)
        where TFunction : struct, IEntryFunction
        where TAdaptivity : struct, IAdaptivity
        where TRegister : unmanaged, IRegister<TRegister, TElement>
        where TWidth : struct, IWidth
    {
        int* lefts = pairs.Lefts + first, rights = pairs.Rights + first;
        var numbers = pairs.Numbers;
        Dots<TAdaptivity, TRegister, TWidth>(
            lefts, pairs.LeftValues, rights, pairs.RightValues, pairs.Stride, count, numbers + PairNumbers.Products, numbers + PairNumbers.SlowProducts);
        for (var s = 0; s < count; s += VectorLane<TElement>.Width)
        {
            Evaluate<TFunction, TAdaptivity>(in pairs, in frame, first, s, Math.Min(VectorLane<TElement>.Width, count - s));
        }

        Combine<TAdaptivity, TRegister, TWidth>(in pairs, lefts, rights, count, next - first);
    }

    /// <summary>
    /// What is kept and taken of the rows of a lane of samples, from the one in place <paramref name="s"/> of the batch on; and a step in their numbers.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Evaluate<TFunction, TAdaptivity>(in PairFrame pairs, in Frame frame, int first, int s, int count)
        where TFunction : struct, IEntryFunction
        where TAdaptivity : struct, IAdaptivity
    {
        var product = LaneGather.LoadParts(pairs.Numbers + PairNumbers.Products + s);
        *(VectorLane<TElement>*)frame.Input = new(product);
        ReadNumbers(in frame, first + s, count);
        TFunction.Evaluate(new Lanes<VectorLane<TElement>>(frame.InputLines, 0), new Lanes<VectorLane<TElement>>(frame.OutputLines, 0));
        if (TAdaptivity.IsAdaptive)
        {
            AdaptRates(in pairs, first, s, count, product);
        }
        else
        {
            var rate = new Vector<TElement>(pairs.Rates.Rate);
            new PairStep(in pairs, rate, rate).Store(pairs.Numbers + PairNumbers.OfFast + s);
        }

        MoveNumbers<TAdaptivity>(in frame, in pairs.Rates, first + s, count);
    }

    /// <summary>
    /// Adds squared gradients to what is remembered of rows, and divides rates by their roots. The norms that these take follow what rows
    /// become, ‖a u + b v‖² from those of u and v and their product: less work than to sum squares anew.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AdaptRates(in PairFrame pairs, int first, int s, int count, Vector<TElement> product)
    {
        int* lefts = pairs.Lefts + first + s, rights = pairs.Rights + first + s;
        var scratch = pairs.Numbers + PairNumbers.Scratch;
        var left = RowMemory<TElement>.Read(pairs.LeftMemory, lefts, count, scratch);
        var right = RowMemory<TElement>.Read(pairs.RightMemory, rights, count, scratch);
        var ofSlow = LaneGather.LoadParts(pairs.Numbers + PairNumbers.SlowProducts + s);
        var slow = Adapted(in pairs, pairs.Rates.SlowMean, ofSlow, ref left.SlowSquares, ref left.SlowNorm, ref right.SlowSquares, ref right.SlowNorm);
        slow.Store(pairs.Numbers + PairNumbers.OfSlow + s);
        var fast = pairs.Rates.FastMean == TElement.Zero
            ? new PairStep(in pairs, default, default)
            : Adapted(in pairs, pairs.Rates.FastMean, product - ofSlow, ref left.FastSquares, ref left.FastNorm, ref right.FastSquares, ref right.FastNorm);
        fast.Store(pairs.Numbers + PairNumbers.OfFast + s);
        left.Write(pairs.LeftMemory, lefts, count, scratch);
        right.Write(pairs.RightMemory, rights, count, scratch);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static PairStep Adapted(
        in PairFrame pairs,
        TElement mean,
        Vector<TElement> product,
        ref Vector<TElement> leftSquares,
        ref Vector<TElement> leftNorm,
        ref Vector<TElement> rightSquares,
        ref Vector<TElement> rightNorm)
    {
        var (left, right, unit, rate) = (leftNorm, rightNorm, pairs.Rates.PerUnit, new Vector<TElement>(pairs.Rates.Rate));
        leftSquares += mean * Square(unit * pairs.OfLeftInLeft->Value, left, unit * pairs.OfRightInLeft->Value, right, product);
        rightSquares += mean * Square(unit * pairs.OfLeftInRight->Value, left, unit * pairs.OfRightInRight->Value, right, product);
        var step = new PairStep(in pairs, rate / Vector.SquareRoot(leftSquares), rate / Vector.SquareRoot(rightSquares));
        leftNorm = Square(step.KeepLeft, left, step.TakeRight, right, product);
        rightNorm = Square(step.TakeLeft, left, step.KeepRight, right, product);
        return step;
    }

    /// <summary>The pairs of a block, in registers of one type.</summary>
    private ref struct PairWork<TFunction, TAdaptivity> : IRegisterWork<TElement>
        where TFunction : struct, IEntryFunction
        where TAdaptivity : struct, IAdaptivity
    {
        public SampleDescent<TElement> Descent;
        public SampleForm<TElement> Form;
        public Frame Frame;

        public readonly void Run<TRegister>()
            where TRegister : unmanaged, IRegister<TRegister, TElement>
        {
            switch (Descent._factors.Stride(Form.Rows[0].Factor) / TRegister.Count)
            {
                case 2:
                    Descent.Pairs<TFunction, TAdaptivity, TRegister, Two>(in Form, in Frame);
                    break;
                case 4:
                    Descent.Pairs<TFunction, TAdaptivity, TRegister, Four>(in Form, in Frame);
                    break;
                default:
                    Descent.Pairs<TFunction, TAdaptivity, TRegister, Any>(in Form, in Frame);
                    break;
            }
        }
    }

    /// <summary>Of a lane of samples: what is kept of left rows and taken from right rows, and the same for right rows.</summary>
    private readonly struct PairStep
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public PairStep(in PairFrame pairs, Vector<TElement> leftRate, Vector<TElement> rightRate)
        {
            KeepLeft = Vector<TElement>.One - (leftRate * pairs.OfLeftInLeft->Value);
            TakeRight = -leftRate * pairs.OfRightInLeft->Value;
            KeepRight = Vector<TElement>.One - (rightRate * pairs.OfRightInRight->Value);
            TakeLeft = -rightRate * pairs.OfLeftInRight->Value;
        }

        public Vector<TElement> KeepLeft { get; }

        public Vector<TElement> TakeRight { get; }

        public Vector<TElement> KeepRight { get; }

        public Vector<TElement> TakeLeft { get; }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Store(TElement* into)
        {
            KeepLeft.Store(into);
            TakeRight.Store(into + PairNumbers.Samples);
            KeepRight.Store(into + (2 * PairNumbers.Samples));
            TakeLeft.Store(into + (3 * PairNumbers.Samples));
        }
    }

    /// <summary>Where the numbers of a batch are, of all its samples those of a kind one after another.</summary>
    private static class PairNumbers
    {
        public const int Samples = SampleBatches.MostSamples;

        /// <summary>Inner products of whole rows.</summary>
        public const int Products = 0;

        /// <summary>Inner products of slow features.</summary>
        public const int SlowProducts = Products + Samples;

        /// <summary>A step's four numbers, in slow features.</summary>
        public const int OfSlow = SlowProducts + Samples;

        /// <summary>The same in fast features; in all where rates are fixed.</summary>
        public const int OfFast = OfSlow + (4 * Samples);

        /// <summary>Room for four lanes.</summary>
        public const int Scratch = OfFast + (4 * Samples);

        public const int Count = Scratch + (4 * Samples);
    }

    /// <summary>Where the rows of pairs are, and which results their gradients are made of.</summary>
    private struct PairFrame
    {
        public TElement* Numbers;
        public int* Lefts;
        public int* Rights;
        public TElement* LeftValues;
        public TElement* RightValues;
        public TElement* LeftMemory;
        public TElement* RightMemory;
        public nint Stride;
        public Rates Rates;
        public VectorLane<TElement>* OfLeftInLeft;
        public VectorLane<TElement>* OfRightInLeft;
        public VectorLane<TElement>* OfLeftInRight;
        public VectorLane<TElement>* OfRightInRight;
    }
}
