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
        .. layout.Factors.Index().Where(f => f.Item.IsBounded)
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

    /// <summary>0 for elements at a bound that the gradient holds there, 1 for the others.</summary>
    public void FindFree(ReadOnlySpan<TElement> point, ReadOnlySpan<TElement> gradient, Span<TElement> free)
    {
        free.Fill(TElement.One);
        foreach (var (begin, count, min, max) in _bounded)
        {
            for (var p = begin; p < begin + count; p++)
            {
                var isHeld = (point[p] <= min && gradient[p] > TElement.Zero) || (point[p] >= max && gradient[p] < TElement.Zero);
                free[p] = isHeld ? TElement.Zero : TElement.One;
            }
        }
    }
}
