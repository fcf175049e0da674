using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoGradMf.Kernels;

/// <summary>The commonest form: one inner product of rows of two factors, whose gradients are combinations of the two.</summary>
internal sealed unsafe partial class SampleDescent<TElement>
{
    /// <summary>Whether rates are divided.</summary>
    private interface IAdaptivity
    {
        static abstract bool IsAdaptive { get; }
    }

    /// <summary>How many registers hold a row; 0 for any number.</summary>
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
        if (_factors.Stride(form.Rows[0].Factor) == 4 * Vector<TElement>.Count)
        {
            Pairs<TFunction, TAdaptivity, Four>(in form, in frame);
        }
        else
        {
            Pairs<TFunction, TAdaptivity, Any>(in form, in frame);
        }
    }

    private void Pairs<TFunction, TAdaptivity, TWidth>(in SampleForm<TElement> form, in Frame frame)
        where TFunction : struct, IEntryFunction
        where TAdaptivity : struct, IAdaptivity
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
            Mean = TElement.One / TElement.CreateTruncating(_factors.Length(left.Factor)),
            OfLeftInLeft = frame.Output + Coefficient(in form, in frame, 0, 0),
            OfRightInLeft = frame.Output + Coefficient(in form, in frame, 0, 1),
            OfLeftInRight = frame.Output + Coefficient(in form, in frame, 1, 0),
            OfRightInRight = frame.Output + Coefficient(in form, in frame, 1, 1),
        };
        var (first, end) = (_grid.Start(_block), _grid.Start(_block) + _grid.Samples(_block));
        foreach (var batch in _grid.Batches(_block, _seed, _epoch))
        {
            var start = first + (batch * SampleGrid<TElement>.BatchSize);
            var last = Math.Min(start + SampleGrid<TElement>.BatchSize, end);
            ReadFixedNumbers(in frame, start, last);
            Pairs<TFunction, TAdaptivity, TWidth>(in pairs, in frame, start, last);
        }
    }

    /// <summary>Some samples one after the other. Not inlined: what else is at hand would take the registers.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Pairs<TFunction, TAdaptivity, TWidth>(in PairFrame pairs, in Frame frame, int sample, int end)
        where TFunction : struct, IEntryFunction
        where TAdaptivity : struct, IAdaptivity
        where TWidth : struct, IWidth
    {
        var output = frame.Output;
        for (var input = frame.Input; sample < end; sample++, input += frame.Stride)
        {
            nint i = pairs.Lefts[sample], j = pairs.Rights[sample];
            var u = pairs.LeftValues + (i * pairs.Stride);
            var v = pairs.RightValues + (j * pairs.Stride);
            var (u0, u1, u2, u3, v0, v1, v2, v3) = TWidth.Registers == 4 ? Load(u, v) : default;
            var product = TWidth.Registers == 4
                ? Sum(Simd.MultiplyAdd(u0, v0, u1 * v1) + Simd.MultiplyAdd(u2, v2, u3 * v3))
                : PaddedDot(u, v, pairs.Stride);
            ReadChangingNumbers(in frame, input, sample);
            *input = new(product);

            // The lengths are a constant, against which no index need be checked.
            TFunction.Evaluate(new ReadOnlySpan<ScalarLane<TElement>>(input, Frame.Few), new Span<ScalarLane<TElement>>(output, Frame.Few));
            var (uu, uv) = (pairs.OfLeftInLeft->Value, pairs.OfRightInLeft->Value);
            var (vu, vv) = (pairs.OfLeftInRight->Value, pairs.OfRightInRight->Value);
            var (leftRate, rightRate) = (pairs.Rate, pairs.Rate);
            if (TAdaptivity.IsAdaptive)
            {
                var (squareOfLeft, squareOfRight) = TWidth.Registers == 4
                    ? (Sum(Simd.MultiplyAdd(u0, u0, u1 * u1) + Simd.MultiplyAdd(u2, u2, u3 * u3)), Sum(Simd.MultiplyAdd(v0, v0, v1 * v1) + Simd.MultiplyAdd(v2, v2, v3 * v3)))
                    : (PaddedDot(u, u, pairs.Stride), PaddedDot(v, v, pairs.Stride));
                leftRate = Slowed(pairs.Rate, pairs.LeftSquares + i, pairs.Mean * Square(uu, squareOfLeft, uv, squareOfRight, product));
                rightRate = Slowed(pairs.Rate, pairs.RightSquares + j, pairs.Mean * Square(vu, squareOfLeft, vv, squareOfRight, product));
            }

            var (keepLeft, takeRight) = (new Vector<TElement>(TElement.One - (leftRate * uu)), new Vector<TElement>(-leftRate * uv));
            var (keepRight, takeLeft) = (new Vector<TElement>(TElement.One - (rightRate * vv)), new Vector<TElement>(-rightRate * vu));
            if (TWidth.Registers == 4)
            {
                Combine(u0, keepLeft, v0, takeRight, u, 0);
                Combine(u1, keepLeft, v1, takeRight, u, 1);
                Combine(u2, keepLeft, v2, takeRight, u, 2);
                Combine(u3, keepLeft, v3, takeRight, u, 3);
                Combine(v0, keepRight, u0, takeLeft, v, 0);
                Combine(v1, keepRight, u1, takeLeft, v, 1);
                Combine(v2, keepRight, u2, takeLeft, v, 2);
                Combine(v3, keepRight, u3, takeLeft, v, 3);
            }
            else
            {
                for (nint k = 0; k < pairs.Stride; k += Vector<TElement>.Count)
                {
                    var (a, b) = (Vector.Load(u + k), Vector.Load(v + k));
                    Combine(a, keepLeft, b, takeRight, u + k, 0);
                    Combine(b, keepRight, a, takeLeft, v + k, 0);
                }
            }

            for (var target = frame.Targets; target < frame.TargetsEnd; target++)
            {
                var place = target->Rows == null ? 0 : target->Rows[sample];
                var gradient = output[target->Coefficient].Value;
                target->Values[place] -= gradient * (TAdaptivity.IsAdaptive ? Slowed(pairs.Rate, target->Squares + place, gradient * gradient) : pairs.Rate);
            }
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
    private static (Vector<TElement>, Vector<TElement>, Vector<TElement>, Vector<TElement>, Vector<TElement>, Vector<TElement>, Vector<TElement>, Vector<TElement>) Load(TElement* u, TElement* v)
    {
        var w = Vector<TElement>.Count;
        return (Vector.Load(u), Vector.Load(u + w), Vector.Load(u + (2 * w)), Vector.Load(u + (3 * w)),
            Vector.Load(v), Vector.Load(v + w), Vector.Load(v + (2 * w)), Vector.Load(v + (3 * w)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Combine(Vector<TElement> kept, Vector<TElement> keep, Vector<TElement> taken, Vector<TElement> take, TElement* into, int register) =>
        Simd.MultiplyAdd(take, taken, keep * kept).Store(into + (register * Vector<TElement>.Count));

    /// <summary>‖a u + b v‖² of u² and v² and their product; not below zero, as rounding may leave it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TElement Square(TElement a, TElement uu, TElement b, TElement vv, TElement uv) =>
        PositiveOrZero((a * ((a * uu) + (b * uv))) + (b * ((a * uv) + (b * vv))));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TElement PositiveOrZero(TElement x) => x < TElement.Zero ? TElement.Zero : x;

    /// <summary>The inner product of rows with zeros after their ends.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TElement PaddedDot(TElement* left, TElement* right, nint stride)
    {
        var w = Vector<TElement>.Count;
        var (even, odd) = (Vector<TElement>.Zero, Vector<TElement>.Zero);
        nint i = 0;
        for (; i <= stride - (2 * w); i += 2 * w)
        {
            even = Simd.MultiplyAdd(Vector.Load(left + i), Vector.Load(right + i), even);
            odd = Simd.MultiplyAdd(Vector.Load(left + i + w), Vector.Load(right + i + w), odd);
        }

        return Sum(i < stride ? Simd.MultiplyAdd(Vector.Load(left + i), Vector.Load(right + i), even + odd) : even + odd);
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

        /// <summary>One over the elements of a row.</summary>
        public TElement Mean;

        public ScalarLane<TElement>* OfLeftInLeft;
        public ScalarLane<TElement>* OfRightInLeft;
        public ScalarLane<TElement>* OfLeftInRight;
        public ScalarLane<TElement>* OfRightInRight;
    }
}
