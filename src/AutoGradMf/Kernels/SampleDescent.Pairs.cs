using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace AutoGradMf.Kernels;

/// <summary>The commonest form: one inner product of rows of two factors, whose gradients are combinations of the two.</summary>
internal sealed unsafe partial class SampleDescent<TElement>
{
    private const int CacheLine = 64;

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
        var pairs = new PairFrame
        {
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
            OfLeftInLeft = frame.Output + Coefficient(in form, in frame, 0, 0),
            OfRightInLeft = frame.Output + Coefficient(in form, in frame, 0, 1),
            OfLeftInRight = frame.Output + Coefficient(in form, in frame, 1, 0),
            OfRightInRight = frame.Output + Coefficient(in form, in frame, 1, 1),
        };
        var (first, end) = (_grid.Start(_block), _grid.Start(_block) + _grid.Samples(_block));
        var batches = _grid.Batches(_block, _seed, _epoch);
        for (var b = 0; b < batches.Length; b++)
        {
            var start = first + (batches[b] * SampleGrid<TElement>.BatchSize);
            if (b + 2 < batches.Length)
            {
                PrefetchNumbers(in pairs, in frame, first + (batches[b + 2] * SampleGrid<TElement>.BatchSize));
                PrefetchRows<TRegister, TWidth>(in pairs, first + (batches[b + 1] * SampleGrid<TElement>.BatchSize), end);
            }

            var last = Math.Min(start + SampleGrid<TElement>.BatchSize, end);
            ReadFixedNumbers(in frame, start, last);
            Pairs<TFunction, TAdaptivity, TRegister, TWidth>(in pairs, in frame, start, last);
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
    private static void PrefetchRows<TRegister, TWidth>(in PairFrame pairs, nint sample, nint end)
        where TRegister : unmanaged, IRegister<TRegister, TElement>
        where TWidth : struct, IWidth
    {
        if (Sse.IsSupported)
        {
            int* lefts = pairs.Lefts, rights = pairs.Rights;
            var stride = pairs.Stride;
            TElement* leftValues = pairs.LeftValues, rightValues = pairs.RightValues;
            end = Math.Min(sample + SampleGrid<TElement>.BatchSize, end);
            for (; sample < end; sample++)
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
        var line = CacheLine / sizeof(TElement);
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

    /// <summary>Some samples one after the other. Not inlined: what else is at hand would take the registers.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Pairs<TFunction, TAdaptivity, TRegister, TWidth>(in PairFrame pairs, in Frame frame, nint sample, nint end)
        where TFunction : struct, IEntryFunction
        where TAdaptivity : struct, IAdaptivity
        where TRegister : unmanaged, IRegister<TRegister, TElement>
        where TWidth : struct, IWidth
    {
        // What is read through references would be read anew after each store.
        var (stride, rate, perUnit, inputStride) = (pairs.Stride, pairs.Rate, pairs.PerUnit, frame.Stride);
        int* lefts = pairs.Lefts, rights = pairs.Rights;
        TElement* leftValues = pairs.LeftValues, rightValues = pairs.RightValues;
        ScalarLane<TElement>* output = frame.Output, ofLeftInLeft = pairs.OfLeftInLeft, ofRightInLeft = pairs.OfRightInLeft;
        ScalarLane<TElement>* ofLeftInRight = pairs.OfLeftInRight, ofRightInRight = pairs.OfRightInRight;
        var changesNumbers = frame.Changing < frame.SourcesEnd || frame.Targets < frame.TargetsEnd;
        for (var input = frame.Input; sample < end; sample++, input += inputStride)
        {
            nint i = lefts[sample], j = rights[sample];
            var u = leftValues + (i * stride);
            var v = rightValues + (j * stride);
            var (u0, u1, u2, u3) = Load<TRegister, TWidth>(u);
            var (v0, v1, v2, v3) = Load<TRegister, TWidth>(v);
            var product = TWidth.Registers == 0 ? PaddedDot<TRegister>(u, v, stride) : Dot<TRegister, TWidth>(u0, u1, u2, u3, v0, v1, v2, v3);
            if (changesNumbers)
            {
                ReadChangingNumbers(in frame, input, (int)sample);
            }

            *input = new(product);

            // The lengths are a constant, against which no index need be checked.
            TFunction.Evaluate(new ReadOnlySpan<ScalarLane<TElement>>(input, Frame.Few), new Span<ScalarLane<TElement>>(output, Frame.Few));
            var (uu, uv) = (ofLeftInLeft->Value, ofRightInLeft->Value);
            var (vu, vv) = (ofLeftInRight->Value, ofRightInRight->Value);
            var (leftRate, rightRate) = (rate, rate);
            if (TAdaptivity.IsAdaptive)
            {
                var (squareOfLeft, squareOfRight) = TWidth.Registers == 0
                    ? (PaddedDot<TRegister>(u, u, stride), PaddedDot<TRegister>(v, v, stride))
                    : (Dot<TRegister, TWidth>(u0, u1, u2, u3, u0, u1, u2, u3), Dot<TRegister, TWidth>(v0, v1, v2, v3, v0, v1, v2, v3));
                leftRate = Slowed(rate, pairs.LeftSquares + i, pairs.Mean * Square(perUnit * uu, squareOfLeft, perUnit * uv, squareOfRight, product));
                rightRate = Slowed(rate, pairs.RightSquares + j, pairs.Mean * Square(perUnit * vu, squareOfLeft, perUnit * vv, squareOfRight, product));
            }

            var (keepLeft, takeRight) = (TRegister.All(TElement.One - (leftRate * uu)), TRegister.All(-leftRate * uv));
            var (keepRight, takeLeft) = (TRegister.All(TElement.One - (rightRate * vv)), TRegister.All(-rightRate * vu));
            if (TWidth.Registers > 0)
            {
                Combine(u0, keepLeft, v0, takeRight, u, 0);
                Combine(u1, keepLeft, v1, takeRight, u, 1);
                Combine(v0, keepRight, u0, takeLeft, v, 0);
                Combine(v1, keepRight, u1, takeLeft, v, 1);
            }

            if (TWidth.Registers == 4)
            {
                Combine(u2, keepLeft, v2, takeRight, u, 2);
                Combine(u3, keepLeft, v3, takeRight, u, 3);
                Combine(v2, keepRight, u2, takeLeft, v, 2);
                Combine(v3, keepRight, u3, takeLeft, v, 3);
            }

            for (nint k = 0; k < stride && TWidth.Registers == 0; k += TRegister.Count)
            {
                var (a, b) = (TRegister.Load(u + k), TRegister.Load(v + k));
                Combine(a, keepLeft, b, takeRight, u + k, 0);
                Combine(b, keepRight, a, takeLeft, v + k, 0);
            }

            if (changesNumbers)
            {
                MovePairNumbers<TAdaptivity>(in frame, rate, perUnit, (int)sample);
            }
        }
    }

    private static void MovePairNumbers<TAdaptivity>(in Frame frame, TElement rate, TElement perUnit, int sample)
        where TAdaptivity : struct, IAdaptivity
    {
        for (var target = frame.Targets; target < frame.TargetsEnd; target++)
        {
            var place = target->Rows == null ? 0 : target->Rows[sample];
            var gradient = frame.Output[target->Coefficient].Value;
            target->Values[place] -= gradient * (TAdaptivity.IsAdaptive ? Slowed(rate, target->Squares + place, Square(gradient, perUnit)) : rate);
        }
    }

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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (TRegister, TRegister, TRegister, TRegister) Load<TRegister, TWidth>(TElement* row)
        where TRegister : unmanaged, IRegister<TRegister, TElement>
        where TWidth : struct, IWidth => TWidth.Registers switch
        {
            0 => default,
            2 => (TRegister.Load(row), TRegister.Load(row + TRegister.Count), default, default),
            _ => (TRegister.Load(row), TRegister.Load(row + TRegister.Count), TRegister.Load(row + (2 * TRegister.Count)), TRegister.Load(row + (3 * TRegister.Count))),
        };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TElement Dot<TRegister, TWidth>(
        TRegister u0, TRegister u1, TRegister u2, TRegister u3, TRegister v0, TRegister v1, TRegister v2, TRegister v3)
        where TRegister : unmanaged, IRegister<TRegister, TElement>
        where TWidth : struct, IWidth
    {
        var sums = TRegister.MultiplyAdd(u0, v0, u1 * v1);
        return TRegister.Sum(TWidth.Registers == 4 ? sums + TRegister.MultiplyAdd(u2, v2, u3 * v3) : sums);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Combine<TRegister>(TRegister kept, TRegister keep, TRegister taken, TRegister take, TElement* into, int register)
        where TRegister : unmanaged, IRegister<TRegister, TElement> =>
        TRegister.Store(TRegister.MultiplyAdd(take, taken, keep * kept), into + (register * TRegister.Count));

    /// <summary>‖a u + b v‖² of u² and v² and their product; not below zero, as rounding may leave it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TElement Square(TElement a, TElement uu, TElement b, TElement vv, TElement uv) =>
        PositiveOrZero((a * ((a * uu) + (b * uv))) + (b * ((a * uv) + (b * vv))));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TElement PositiveOrZero(TElement x) => x < TElement.Zero ? TElement.Zero : x;

    /// <summary>The inner product of rows with zeros after their ends.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TElement PaddedDot<TRegister>(TElement* left, TElement* right, nint stride)
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

        return TRegister.Sum(i < stride ? TRegister.MultiplyAdd(TRegister.Load(left + i), TRegister.Load(right + i), even + odd) : even + odd);
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

        public ScalarLane<TElement>* OfLeftInLeft;
        public ScalarLane<TElement>* OfRightInLeft;
        public ScalarLane<TElement>* OfLeftInRight;
        public ScalarLane<TElement>* OfRightInRight;
    }
}
