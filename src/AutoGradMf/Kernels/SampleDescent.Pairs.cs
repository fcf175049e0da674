using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace AutoGradMf.Kernels;

/// <summary>The commonest form: one inner product of rows of two factors, whose gradients are combinations of the two.</summary>
internal sealed unsafe partial class SampleDescent<TElement>
{

    /// <summary>Rows of so many bytes stay in a second-level cache, or nearly: asking for them ahead takes longer than they do.</summary>
    private const long CachedBytes = 1 << 22;

    /// <summary>Whether rates are divided.</summary>
    private interface IAdaptivity
    {
        static abstract bool IsAdaptive { get; }
    }

    /// <summary>How many registers hold a row: 2, 4, or 0 for any number.</summary>
    private interface IWidth
    {
        static abstract int Registers { get; }
    }

    private readonly struct Adaptive : IAdaptivity
    {
        public static bool IsAdaptive => true;
    }

    private readonly struct Fixed : IAdaptivity
    {
        public static bool IsAdaptive => false;
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

    private bool IsPair(in SampleForm<TElement> form)
    {
        if (_rule.Momentum != 0 || form.Products.Length + form.Numbers.Length > Frame.Few || form.Gradients.Length > Frame.Few || form.Rows.Length != 2 || form.Products.Length != 1 || form.Products[0].Left == form.Products[0].Right
            || form.Rows[0].Kind != SampleRowKind.Factor || form.Rows[1].Kind != SampleRowKind.Factor
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
        var numbers = stackalloc TElement[7 * SampleBatches.MostSamples];
        var output = (VectorLane<TElement>*)frame.Output;
        output[frame.OutputCount] = default;
        var pairs = new PairFrame
        {
            Products = numbers,
            LeftNorms = numbers + SampleBatches.MostSamples,
            RightNorms = numbers + (2 * SampleBatches.MostSamples),
            KeepLefts = numbers + (3 * SampleBatches.MostSamples),
            TakeRights = numbers + (4 * SampleBatches.MostSamples),
            KeepRights = numbers + (5 * SampleBatches.MostSamples),
            TakeLefts = numbers + (6 * SampleBatches.MostSamples),
            Lefts = (int*)_grid.Rows[left.Place],
            Rights = (int*)_grid.Rows[right.Place],
            LeftValues = _factors.Start + _factors.Values(left.Factor),
            RightValues = _factors.Start + _factors.Values(right.Factor),
            LeftSquares = _factors.Start + _factors.Squares(left.Factor),
            RightSquares = _factors.Start + _factors.Squares(right.Factor),
            Stride = _factors.Stride(left.Factor),
            Rate = _rate,
            PerUnit = _perUnit,
            Mean = TElement.One / TElement.CreateTruncating(_factors.Length(left.Factor)),
            OfLeftInLeft = output + Coefficient(in form, in frame, 0, 0),
            OfRightInLeft = output + Coefficient(in form, in frame, 0, 1),
            OfLeftInRight = output + Coefficient(in form, in frame, 1, 0),
            OfRightInRight = output + Coefficient(in form, in frame, 1, 1),
        };
        var batches = _grid.BatchesOf(_block, _seed, _epoch);
        var isCached = (long)_factors.All.Length * sizeof(TElement) <= CachedBytes;
        for (var b = 0; b < batches.Length; b++)
        {
            var (first, end) = _grid.Batch(batches[b]);
            if (b + 2 < batches.Length)
            {
                PrefetchNumbers(in pairs, in frame, _grid.Batch(batches[b + 2]).First);
                if (!isCached)
                {
                    PrefetchRows<TRegister, TWidth>(in pairs, _grid.Batch(batches[b + 1]));
                }
            }

            Step<TFunction, TAdaptivity, TRegister, TWidth>(in pairs, in frame, first, end - first);
        }
    }

    /// <summary>Batches come in random order, which no hardware foresees.</summary>
    private static void PrefetchNumbers(in PairFrame pairs, in Frame frame, int sample)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(pairs.Lefts + sample);
            Sse.Prefetch0(pairs.Rights + sample);
            for (var source = frame.Own; source < frame.Changing; source++)
            {
                Sse.Prefetch0(source->Values + sample);
            }
        }
    }

    /// <summary>The rows of a batch, as far as they are not in the cache yet: the first samples of a block read most of them from memory.</summary>
    private static void PrefetchRows<TRegister, TWidth>(in PairFrame pairs, (int First, int End) batch)
        where TRegister : unmanaged, IRegister<TRegister, TElement>
        where TWidth : struct, IWidth
    {
        if (Sse.IsSupported)
        {
            int* lefts = pairs.Lefts, rights = pairs.Rights;
            var stride = pairs.Stride;
            TElement* leftValues = pairs.LeftValues, rightValues = pairs.RightValues;
            for (nint sample = batch.First; sample < batch.End; sample++)
            {
                Prefetch<TRegister, TWidth>(leftValues + (lefts[sample] * stride), stride);
                Prefetch<TRegister, TWidth>(rightValues + (rights[sample] * stride), stride);
            }
        }
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
    /// A step in the samples of a batch, of which no two share a row: all that they read from rows comes before all that they write, so that none
    /// waits for another. Its parts are not inlined, which together are more than the just-in-time compiler inlines.
    /// </summary>
    private static void Step<TFunction, TAdaptivity, TRegister, TWidth>(in PairFrame pairs, in Frame frame, int first, int count)
        where TFunction : struct, IEntryFunction
        where TAdaptivity : struct, IAdaptivity
        where TRegister : unmanaged, IRegister<TRegister, TElement>
        where TWidth : struct, IWidth
    {
        int* lefts = pairs.Lefts + first, rights = pairs.Rights + first;
        Dots<TRegister, TWidth>(lefts, pairs.LeftValues, rights, pairs.RightValues, in pairs, count, pairs.Products);
        if (TAdaptivity.IsAdaptive)
        {
            Dots<TRegister, TWidth>(lefts, pairs.LeftValues, lefts, pairs.LeftValues, in pairs, count, pairs.LeftNorms);
            Dots<TRegister, TWidth>(rights, pairs.RightValues, rights, pairs.RightValues, in pairs, count, pairs.RightNorms);
        }

        for (var s = 0; s < count; s += VectorLane<TElement>.Width)
        {
            Evaluate<TFunction, TAdaptivity>(in pairs, in frame, first, s, Math.Min(VectorLane<TElement>.Width, count - s));
        }

        Combine<TRegister, TWidth>(in pairs, lefts, rights, count);
    }

    /// <summary>What is kept and taken of the rows of a lane of samples, from the one in place <paramref name="s"/> of the batch on; and a step in their numbers.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Evaluate<TFunction, TAdaptivity>(in PairFrame pairs, in Frame frame, int first, int s, int count)
        where TFunction : struct, IEntryFunction
        where TAdaptivity : struct, IAdaptivity
    {
        VectorLane<TElement>* input = (VectorLane<TElement>*)frame.Input, output = (VectorLane<TElement>*)frame.Output;
        var product = LaneGather.LoadParts(pairs.Products + s);
        *input = new(product);
        ReadNumbers(in frame, first + s, count);

        // The lengths are a constant, against which no index need be checked.
        TFunction.Evaluate(new ReadOnlySpan<VectorLane<TElement>>(input, Frame.Few), new Span<VectorLane<TElement>>(output, Frame.Few));
        var (uu, uv) = (pairs.OfLeftInLeft->Value, pairs.OfRightInLeft->Value);
        var (vu, vv) = (pairs.OfLeftInRight->Value, pairs.OfRightInRight->Value);
        var (leftRate, rightRate) = (new Vector<TElement>(pairs.Rate), new Vector<TElement>(pairs.Rate));
        if (TAdaptivity.IsAdaptive)
        {
            var (left, right) = (LaneGather.LoadParts(pairs.LeftNorms + s), LaneGather.LoadParts(pairs.RightNorms + s));
            leftRate = Slowed(leftRate, pairs.LeftSquares, pairs.Lefts + first + s, count, pairs.Mean * Square(pairs.PerUnit * uu, left, pairs.PerUnit * uv, right, product), pairs.KeepLefts + s);
            rightRate = Slowed(rightRate, pairs.RightSquares, pairs.Rights + first + s, count, pairs.Mean * Square(pairs.PerUnit * vu, left, pairs.PerUnit * vv, right, product), pairs.KeepRights + s);
        }

        (Vector<TElement>.One - (leftRate * uu)).Store(pairs.KeepLefts + s);
        (-leftRate * uv).Store(pairs.TakeRights + s);
        (Vector<TElement>.One - (rightRate * vv)).Store(pairs.KeepRights + s);
        (-rightRate * vu).Store(pairs.TakeLefts + s);
        MovePairNumbers<TAdaptivity>(in frame, in pairs, first + s, count);
    }

    /// <summary>The inner products of rows of samples, four at once; of the last of them again where there are not so many.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Dots<TRegister, TWidth>(int* lefts, TElement* leftValues, int* rights, TElement* rightValues, in PairFrame pairs, nint count, TElement* into)
        where TRegister : unmanaged, IRegister<TRegister, TElement>
        where TWidth : struct, IWidth
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

            TRegister.StoreSums(
                Products<TRegister, TWidth>(leftValues + (lefts[s] * stride), rightValues + (rights[s] * stride), stride),
                Products<TRegister, TWidth>(leftValues + (lefts[s1] * stride), rightValues + (rights[s1] * stride), stride),
                Products<TRegister, TWidth>(leftValues + (lefts[s2] * stride), rightValues + (rights[s2] * stride), stride),
                Products<TRegister, TWidth>(leftValues + (lefts[s3] * stride), rightValues + (rights[s3] * stride), stride),
                into + s);
        }
    }

    /// <summary>Each of both rows of each sample becomes a combination of the two.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Combine<TRegister, TWidth>(in PairFrame pairs, int* lefts, int* rights, nint count)
        where TRegister : unmanaged, IRegister<TRegister, TElement>
        where TWidth : struct, IWidth
    {
        // What is read through references would be read anew after each store.
        TElement* leftValues = pairs.LeftValues, rightValues = pairs.RightValues;
        TElement* keepLefts = pairs.KeepLefts, takeRights = pairs.TakeRights, keepRights = pairs.KeepRights, takeLefts = pairs.TakeLefts;
        var stride = TWidth.Registers == 0 ? pairs.Stride : TWidth.Registers * TRegister.Count;
        for (nint s = 0; s < count; s++)
        {
            var u = leftValues + (lefts[s] * stride);
            var v = rightValues + (rights[s] * stride);
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Combine<TRegister>(TElement* left, TElement* right, TRegister keepLeft, TRegister takeRight, TRegister keepRight, TRegister takeLeft)
        where TRegister : unmanaged, IRegister<TRegister, TElement>
    {
        var (u, v) = (TRegister.Load(left), TRegister.Load(right));
        TRegister.Store(TRegister.MultiplyAdd(takeRight, v, keepLeft * u), left);
        TRegister.Store(TRegister.MultiplyAdd(takeLeft, u, keepRight * v), right);
    }

    /// <summary>The rates of rows after gradients of the given mean squares.</summary>
    private static Vector<TElement> Slowed(Vector<TElement> rate, TElement* squares, int* rows, int count, Vector<TElement> added, TElement* scratch)
    {
        var sums = LaneGather.Read(squares, rows, count, scratch) + added;
        sums.Store(scratch);
        for (var s = 0; s < count; s++)
        {
            squares[rows[s]] = scratch[s];
        }

        return rate / Vector.SquareRoot(sums);
    }

    private static void MovePairNumbers<TAdaptivity>(in Frame frame, in PairFrame pairs, int sample, int count)
        where TAdaptivity : struct, IAdaptivity
    {
        for (var target = frame.Targets; target < frame.TargetsEnd; target++)
        {
            var gradients = (TElement*)((VectorLane<TElement>*)frame.Output + target->Coefficient);
            if (target->Rows == null)
            {
                MoveShared<TAdaptivity>(gradients, target->Values, target->Squares, in pairs, count);
            }
            else
            {
                MoveEach<TAdaptivity>(gradients, target->Rows + sample, target->Values, target->Squares, in pairs, count);
            }
        }
    }

    /// <summary>A number that all samples read moves by the gradients of all of a lane, each at where the lane began.</summary>
    private static void MoveShared<TAdaptivity>(TElement* gradients, TElement* value, TElement* squares, in PairFrame pairs, int count)
        where TAdaptivity : struct, IAdaptivity
    {
        // In registers, since each step needs the one before.
        var (moved, square) = (*value, *squares);
        for (var s = 0; s < count; s++)
        {
            moved -= gradients[s] * Rate<TAdaptivity>(ref square, gradients[s], in pairs);
        }

        (*value, *squares) = (moved, square);
    }

    /// <summary>The numbers of rows, of which no two are one.</summary>
    private static void MoveEach<TAdaptivity>(TElement* gradients, int* rows, TElement* values, TElement* squares, in PairFrame pairs, int count)
        where TAdaptivity : struct, IAdaptivity
    {
        for (var s = 0; s < count; s++)
        {
            values[rows[s]] -= gradients[s] * Rate<TAdaptivity>(ref squares[rows[s]], gradients[s], in pairs);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TElement Rate<TAdaptivity>(ref TElement squares, TElement gradient, in PairFrame pairs)
        where TAdaptivity : struct, IAdaptivity =>
        TAdaptivity.IsAdaptive ? Slowed(pairs.Rate, ref squares, Square(gradient, pairs.PerUnit)) : pairs.Rate;

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

    /// <summary>‖a u + b v‖² of u² and v² and their product; not below zero, as rounding may leave it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<TElement> Square(Vector<TElement> a, Vector<TElement> uu, Vector<TElement> b, Vector<TElement> vv, Vector<TElement> uv)
    {
        var square = (a * ((a * uu) + (b * uv))) + (b * ((a * uv) + (b * vv)));
        return Vector.ConditionalSelect(Vector.LessThan(square, Vector<TElement>.Zero), Vector<TElement>.Zero, square);
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
        public TElement* LeftSquares;
        public TElement* RightSquares;
        public nint Stride;
        public TElement Rate;

        /// <summary>Of gradient units.</summary>
        public TElement PerUnit;

        /// <summary>One over the elements of a row.</summary>
        public TElement Mean;

        /// <summary>Of each sample of a batch: the inner product of its rows, and theirs with themselves.</summary>
        public TElement* Products;
        public TElement* LeftNorms;
        public TElement* RightNorms;

        /// <summary>Of each sample of a batch: what is kept of its left row, what is taken from its right row, and the same for its right row.</summary>
        public TElement* KeepLefts;
        public TElement* TakeRights;
        public TElement* KeepRights;
        public TElement* TakeLefts;

        public VectorLane<TElement>* OfLeftInLeft;
        public VectorLane<TElement>* OfRightInLeft;
        public VectorLane<TElement>* OfLeftInRight;
        public VectorLane<TElement>* OfRightInRight;
    }
}
