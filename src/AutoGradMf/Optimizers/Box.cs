using System.Numerics;
using System.Numerics.Tensors;
using AutoGradMf.Objectives;

namespace AutoGradMf.Optimizers;

/// <summary>The bounds of all factors: a box, onto which projecting is clamping.</summary>
internal sealed class Box<TElement>(ParameterLayout layout)
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    private readonly (int Begin, int Length, TElement Min, TElement Max)[] _bounded =
    [
        .. layout.Factors.Index().Where(f => f.Item is { IsBounded: true, Count: > 0 })
            .Select(f => (layout.Offset(f.Index), f.Item.Count, TElement.CreateSaturating(f.Item.Min), TElement.CreateSaturating(f.Item.Max))),
    ];

    /// <summary>The nearest point of the box.</summary>
    public void Project(Span<TElement> point)
    {
        foreach (var (begin, length, min, max) in _bounded)
        {
            var part = point.Slice(begin, length);
            TensorPrimitives.Clamp(part, min, max, part);
        }
    }

    /// <summary>P(x − g) − x, which is zero exactly where x is stationary in the box.</summary>
    public void Descent(ReadOnlySpan<TElement> point, ReadOnlySpan<TElement> gradient, double length, Span<TElement> descent)
    {
        TensorPrimitives.Multiply(gradient, TElement.CreateSaturating(-length), descent);
        foreach (var (begin, count, min, max) in _bounded)
        {
            for (var p = begin; p < begin + count; p++)
            {
                descent[p] = TElement.Clamp(point[p] + descent[p], min, max) - point[p];
            }
        }
    }

    /// <summary>0 for elements at a bound, 1 for the others.</summary>
    public void FindInner(ReadOnlySpan<TElement> point, Span<TElement> inner)
    {
        inner.Fill(TElement.One);
        foreach (var (begin, count, min, max) in _bounded)
        {
            for (var p = begin; p < begin + count; p++)
            {
                inner[p] = point[p] > min && point[p] < max ? TElement.One : TElement.Zero;
            }
        }
    }

    /// <summary>
    /// 0 for elements that the gradient holds at a bound, 1 for the others. Held are also those near one that the negative gradient would
    /// take there (Bertsekas 1982): a step that crosses the bound from close by turns uphill after next to no length.
    /// </summary>
    /// <param name="point">x.</param>
    /// <param name="gradient">∇f(x).</param>
    /// <param name="nearness">How near, as a part of the greatest distance in the factor; 0 for at the bound.</param>
    /// <param name="free">Receives them.</param>
    public void FindFree(ReadOnlySpan<TElement> point, ReadOnlySpan<TElement> gradient, double nearness, Span<TElement> free)
    {
        free.Fill(TElement.One);
        var part = TElement.CreateChecked(nearness);
        foreach (var (begin, count, min, max) in _bounded)
        {
            // Of a bound that is infinite, the sums are not numbers, and nothing is near.
            var values = point.Slice(begin, count);
            var low = part == TElement.Zero ? min : min + (part * (TensorPrimitives.Max(values) - min));
            var high = part == TElement.Zero ? max : max - (part * (max - TensorPrimitives.Min(values)));
            for (var p = begin; p < begin + count; p++)
            {
                var (x, slope) = (point[p], gradient[p]);
                var isHeld = slope > TElement.Zero ? x <= low && x - slope <= min : slope < TElement.Zero && x >= high && x - slope >= max;
                free[p] = isHeld ? TElement.Zero : TElement.One;
            }
        }
    }

    /// <summary>Writes the step to its bound for each element that is not free.</summary>
    public void StepToBounds(
        ReadOnlySpan<TElement> point, ReadOnlySpan<TElement> gradient, ReadOnlySpan<TElement> free, Span<TElement> step)
    {
        foreach (var (begin, count, min, max) in _bounded)
        {
            for (var p = begin; p < begin + count; p++)
            {
                step[p] = free[p] != TElement.Zero ? step[p] : (gradient[p] > TElement.Zero ? min : max) - point[p];
            }
        }
    }
}
