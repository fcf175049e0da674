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
        if (_rule.Momentum != 0 || form.Rows.Length != 2 || form.Products.Length != 1 || form.Products[0].Left == form.Products[0].Right
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

    private void Pairs<TFunction, TAdaptivity, TWidth>(in SampleForm<TElement> form, in Frame bound)
        where TFunction : struct, IEntryFunction
        where TAdaptivity : struct, IAdaptivity
        where TWidth : struct, IWidth
    {
        var frame = bound;
        var (left, right) = (form.Rows[0], form.Rows[1]);
        var lefts = (int*)_grid.Rows[left.Place];
        var rights = (int*)_grid.Rows[right.Place];
        var leftValues = _factors.Start + _factors.Values(left.Factor);
        var rightValues = _factors.Start + _factors.Values(right.Factor);
        var leftSquares = _factors.Start + _factors.Squares(left.Factor);
        var rightSquares = _factors.Start + _factors.Squares(right.Factor);
        nint stride = _factors.Stride(left.Factor);
        var length = _factors.Length(left.Factor);
        var (ofLeftInLeft, ofRightInLeft) = (Coefficient(in form, in frame, 0, 0), Coefficient(in form, in frame, 0, 1));
        var (ofLeftInRight, ofRightInRight) = (Coefficient(in form, in frame, 1, 0), Coefficient(in form, in frame, 1, 1));
        var (first, end) = (_grid.Start(_block), _grid.Start(_block) + _grid.Samples(_block));
        foreach (var batch in _grid.Batches(_block, _seed, _epoch))
        {
            var last = Math.Min(first + ((batch + 1) * SampleGrid<TElement>.BatchSize), end);
            for (var sample = first + (batch * SampleGrid<TElement>.BatchSize); sample < last; sample++)
            {
                var u = leftValues + (lefts[sample] * stride);
                var v = rightValues + (rights[sample] * stride);
                var (u0, u1, u2, u3, v0, v1, v2, v3) = TWidth.Registers == 4 ? Load(u, v) : default;
                var product = TWidth.Registers == 4
                    ? Vector.Sum(Simd.MultiplyAdd(u0, v0, u1 * v1) + Simd.MultiplyAdd(u2, v2, u3 * v3))
                    : PaddedDot(u, v, stride);
                ReadNumbers(in frame, sample);
                frame.Input[0] = new(product);
                frame.Evaluate<TFunction>();
                var (uu, uv) = (frame.Output[ofLeftInLeft].Value, frame.Output[ofRightInLeft].Value);
                var (vu, vv) = (frame.Output[ofLeftInRight].Value, frame.Output[ofRightInRight].Value);
                var (leftRate, rightRate) = (_rate, _rate);
                if (TAdaptivity.IsAdaptive)
                {
                    var (squareOfLeft, squareOfRight) = TWidth.Registers == 4
                        ? (Vector.Sum(Simd.MultiplyAdd(u0, u0, u1 * u1) + Simd.MultiplyAdd(u2, u2, u3 * u3)), Vector.Sum(Simd.MultiplyAdd(v0, v0, v1 * v1) + Simd.MultiplyAdd(v2, v2, v3 * v3)))
                        : (PaddedDot(u, u, stride), PaddedDot(v, v, stride));
                    leftRate = Slowed(leftSquares + lefts[sample], Square(uu, squareOfLeft, uv, squareOfRight, product), length);
                    rightRate = Slowed(rightSquares + rights[sample], Square(vu, squareOfLeft, vv, squareOfRight, product), length);
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
                    for (nint i = 0; i < stride; i += Vector<TElement>.Count)
                    {
                        var (a, b) = (Vector.Load(u + i), Vector.Load(v + i));
                        Combine(a, keepLeft, b, takeRight, u + i, 0);
                        Combine(b, keepRight, a, takeLeft, v + i, 0);
                    }
                }

                MoveNumbers(in frame, sample);
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
        TElement.Max(TElement.Zero, (a * a * uu) + (b * b * vv) + (TElement.CreateTruncating(2) * a * b * uv));

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

        return Vector.Sum(i < stride ? Simd.MultiplyAdd(Vector.Load(left + i), Vector.Load(right + i), even + odd) : even + odd);
    }
}
