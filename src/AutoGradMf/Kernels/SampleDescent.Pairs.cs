using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoGradMf.Kernels;

/// <summary>The commonest form: one inner product of rows of two factors, whose gradients are combinations of the two.</summary>
internal sealed unsafe partial class SampleDescent<TElement>
{
    private bool IsPair(in SampleForm<TElement> form)
    {
        if (_rule.Momentum != 0 || form.Products.Length + form.Numbers.Length > Frame.Few || form.Gradients.Length > Frame.Few || form.Rows.Length != 2 || form.Products.Length != 1 || form.Products[0].Left == form.Products[0].Right
            || !form.Rows[0].IsOfFactor || !form.Rows[1].IsOfFactor
            || form.Rows[0].Factor == form.Rows[1].Factor || _factors.Stride(form.Rows[0].Factor) != _factors.Stride(form.Rows[1].Factor))
        {
            return false;
        }

        foreach (ref readonly var part in form.Gradients)
        {
            if (part.Kind is SampleGradientKind.Outer or SampleGradientKind.Penalty)
            {
                return false;
            }
        }

        return true;
    }

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
        var (left, right) = (form.Rows[0], form.Rows[1]);
        var numbers = stackalloc TElement[2 * PairPart.Numbers];
        var length = _factors.Length(left.Factor);
        var slow = TAdaptivity.IsTwin ? SampleFactors<TElement>.SlowFeatures : length;
        var output = (VectorLane<TElement>*)frame.Output;
        output[frame.OutputCount] = default;
        var pairs = new PairFrame
        {
            Slow = Part(numbers, left.Factor, right.Factor, slow, _rate, isFast: false),
            Fast = Part(numbers + PairPart.Numbers, left.Factor, right.Factor, length - slow, _rule.IsFirst ? TElement.Zero : _rate, isFast: true),
            Lefts = (int*)_grid.Rows[left.Place],
            Rights = (int*)_grid.Rows[right.Place],
            LeftValues = _factors.Start + _factors.Values(left.Factor),
            RightValues = _factors.Start + _factors.Values(right.Factor),
            Stride = _factors.Stride(left.Factor),
            Rate = _rate,
            PerUnit = _perUnit,
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
                PrefetchNumbers(in pairs, in frame, _grid.Batch(batches[b + 2]).First);
            }

            // What has fewer samples than this one is at the end of a block, and not worth a check for each of them.
            var (next, nextEnd) = b + 1 < batches.Length ? _grid.Batch(batches[b + 1]) : (first, end);
            Step<TFunction, TAdaptivity, TRegister, TWidth>(in pairs, in frame, first, end - first, nextEnd - next < end - first ? first : next);
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
        TElement* leftValues = pairs.LeftValues, rightValues = pairs.RightValues;
        ref readonly var slow = ref pairs.Slow;
        ref readonly var whole = ref Whole<TAdaptivity>(in pairs);
        Dots<TRegister, TWidth, TAdaptivity>(lefts, leftValues, rights, rightValues, in pairs, count, whole.Products, slow.Products);
        if (TAdaptivity.IsAdaptive)
        {
            Dots<TRegister, TWidth, TAdaptivity>(lefts, leftValues, lefts, leftValues, in pairs, count, whole.LeftNorms, slow.LeftNorms);
            Dots<TRegister, TWidth, TAdaptivity>(rights, rightValues, rights, rightValues, in pairs, count, whole.RightNorms, slow.RightNorms);
        }

        for (var s = 0; s < count; s += VectorLane<TElement>.Width)
        {
            Evaluate<TFunction, TAdaptivity>(in pairs, in frame, first, s, Math.Min(VectorLane<TElement>.Width, count - s));
        }

        if (TAdaptivity.IsTwin)
        {
            CombineParts<TRegister, TWidth>(in pairs, lefts, rights, count, next - first);
        }
        else
        {
            Combine<TRegister, TWidth>(in pairs, lefts, rights, count, next - first);
        }
    }

    /// <summary>What is kept and taken of the rows of a lane of samples, from the one in place <paramref name="s"/> of the batch on; and a step in their numbers.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Evaluate<TFunction, TAdaptivity>(in PairFrame pairs, in Frame frame, int first, int s, int count)
        where TFunction : struct, IEntryFunction
        where TAdaptivity : struct, IAdaptivity
    {
        VectorLane<TElement>* input = (VectorLane<TElement>*)frame.Input, output = (VectorLane<TElement>*)frame.Output;
        var product = LaneGather.LoadParts(Whole<TAdaptivity>(in pairs).Products + s);
        *input = new(product);
        ReadNumbers(in frame, first + s, count);
        TFunction.Evaluate(new Lanes<VectorLane<TElement>>(frame.InputLines, 0), new Lanes<VectorLane<TElement>>(frame.OutputLines, 0));
        if (TAdaptivity.IsTwin)
        {
            ref readonly var slow = ref pairs.Slow;
            var ofBoth = LaneGather.LoadParts(slow.Products + s);
            var (ofLeft, ofRight) = (LaneGather.LoadParts(slow.LeftNorms + s), LaneGather.LoadParts(slow.RightNorms + s));
            Rates<TAdaptivity>(in pairs, in slow, first, s, count, ofBoth, ofLeft, ofRight);
            var (left, right) = (LaneGather.LoadParts(pairs.Fast.LeftNorms + s), LaneGather.LoadParts(pairs.Fast.RightNorms + s));

            // What is left of whole rows may be rounded below zero where slow features are much larger; a rate takes it as zero then.
            Rates<TAdaptivity>(in pairs, in pairs.Fast, first, s, count, product - ofBoth, left - ofLeft, right - ofRight);
        }
        else
        {
            var (left, right) = TAdaptivity.IsAdaptive
                ? (LaneGather.LoadParts(pairs.Slow.LeftNorms + s), LaneGather.LoadParts(pairs.Slow.RightNorms + s))
                : default;
            Rates<TAdaptivity>(in pairs, in pairs.Slow, first, s, count, product, left, right);
        }

        MovePairNumbers<TAdaptivity>(in frame, in pairs, first + s, count);
    }

    /// <summary>The part that has the inner products of whole rows, of which those of slow features are taken.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref readonly PairPart Whole<TAdaptivity>(in PairFrame pairs)
        where TAdaptivity : struct, IAdaptivity => ref TAdaptivity.IsTwin ? ref pairs.Fast : ref pairs.Slow;

    /// <summary>What is kept and taken of a part of the rows of a lane of samples, of which the inner products are given.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Rates<TAdaptivity>(
        in PairFrame pairs, in PairPart part, int first, int s, int count, Vector<TElement> product, Vector<TElement> left, Vector<TElement> right)
        where TAdaptivity : struct, IAdaptivity
    {
        var (uu, uv) = (pairs.OfLeftInLeft->Value, pairs.OfRightInLeft->Value);
        var (vu, vv) = (pairs.OfLeftInRight->Value, pairs.OfRightInRight->Value);
        var (leftRate, rightRate) = (new Vector<TElement>(part.Rate), new Vector<TElement>(part.Rate));
        if (TAdaptivity.IsAdaptive && part.Rate != TElement.Zero)
        {
            var unit = pairs.PerUnit;
            var leftSquares = part.Mean * Square(unit * uu, left, unit * uv, right, product);
            var rightSquares = part.Mean * Square(unit * vu, left, unit * vv, right, product);
            leftRate = Slowed(leftRate, part.LeftSquares, pairs.Lefts + first + s, count, leftSquares, part.KeepLefts + s);
            rightRate = Slowed(rightRate, part.RightSquares, pairs.Rights + first + s, count, rightSquares, part.KeepRights + s);
        }

        (Vector<TElement>.One - (leftRate * uu)).Store(part.KeepLefts + s);
        (-leftRate * uv).Store(part.TakeRights + s);
        (Vector<TElement>.One - (rightRate * vv)).Store(part.KeepRights + s);
        (-rightRate * vu).Store(part.TakeLefts + s);
    }

    /// <param name="numbers">Room for its numbers.</param>
    /// <param name="left">The left factor.</param>
    /// <param name="right">The right factor.</param>
    /// <param name="features">How many it has.</param>
    /// <param name="rate">Before it is divided; zero where it stays as it is.</param>
    /// <param name="isFast">Whether it is the second of two.</param>
    private PairPart Part(TElement* numbers, int left, int right, int features, TElement rate, bool isFast) => new()
    {
        Products = numbers,
        LeftNorms = numbers + SampleBatches.MostSamples,
        RightNorms = numbers + (2 * SampleBatches.MostSamples),
        KeepLefts = numbers + (3 * SampleBatches.MostSamples),
        TakeRights = numbers + (4 * SampleBatches.MostSamples),
        KeepRights = numbers + (5 * SampleBatches.MostSamples),
        TakeLefts = numbers + (6 * SampleBatches.MostSamples),
        LeftSquares = _factors.Start + (isFast ? _factors.FastSquares(left) : _factors.Squares(left)),
        RightSquares = _factors.Start + (isFast ? _factors.FastSquares(right) : _factors.Squares(right)),
        Mean = TElement.One / TElement.CreateTruncating(features),
        Rate = rate,
    };

    /// <summary>The result that is the coefficient of a row in the gradient of another; that which is zero if it has none.</summary>
    private static int Coefficient(in SampleForm<TElement> form, in Frame frame, int into, int row)
    {
        foreach (ref readonly var part in form.Gradients)
        {
            if (part.Kind == SampleGradientKind.Row && part.Into == into && part.Left == row)
            {
                return part.Coefficient;
            }
        }

        return frame.OutputCount;
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

    /// <summary>Where the rows of pairs are, and which results their gradients are made of.</summary>
    private struct PairFrame
    {
        public int* Lefts;
        public int* Rights;
        public TElement* LeftValues;
        public TElement* RightValues;
        public nint Stride;
        public TElement Rate;

        /// <summary>Of gradient units.</summary>
        public TElement PerUnit;

        /// <summary>Whole rows, or their slow features.</summary>
        public PairPart Slow;

        /// <summary>The other features; its inner products are those of whole rows.</summary>
        public PairPart Fast;

        public VectorLane<TElement>* OfLeftInLeft;
        public VectorLane<TElement>* OfRightInLeft;
        public VectorLane<TElement>* OfLeftInRight;
        public VectorLane<TElement>* OfRightInRight;
    }

    /// <summary>A part of the features of all rows, whose rate is its own.</summary>
    private struct PairPart
    {
        public const int Numbers = 7 * SampleBatches.MostSamples;

        /// <summary>Of each sample of a batch: the inner product of its rows, and theirs with themselves.</summary>
        public TElement* Products;
        public TElement* LeftNorms;
        public TElement* RightNorms;

        /// <summary>Of each sample of a batch: what is kept of its left row, what is taken from its right row, and the same for its right row.</summary>
        public TElement* KeepLefts;
        public TElement* TakeRights;
        public TElement* KeepRights;
        public TElement* TakeLefts;

        public TElement* LeftSquares;
        public TElement* RightSquares;

        /// <summary>One over its features.</summary>
        public TElement Mean;

        public TElement Rate;
    }
}
