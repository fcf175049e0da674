using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoGradMf.Kernels;

/// <summary>
/// As many numbers as the hardware's preferred SIMD register holds. Loops evaluate generated functions with it; each lane
/// computes on its own, so a result does not depend on the neighbours that it happens to be evaluated with.
/// </summary>
/// <typeparam name="TElement"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="value">The numbers.</param>
public readonly partial struct VectorLane<TElement>(Vector<TElement> value) : ILane<VectorLane<TElement>>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    /// <summary>How many numbers a lane holds.</summary>
    public static int Width => Vector<TElement>.Count;

    /// <summary>The numbers.</summary>
    public Vector<TElement> Value { get; } = value;

    /// <summary>The constant in every lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static implicit operator VectorLane<TElement>(double value) => new(new Vector<TElement>(TElement.CreateTruncating(value)));

    /// <summary>The sum, lane by lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorLane<TElement> operator +(VectorLane<TElement> left, VectorLane<TElement> right) => new(left.Value + right.Value);

    /// <summary>The difference, lane by lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorLane<TElement> operator -(VectorLane<TElement> left, VectorLane<TElement> right) => new(left.Value - right.Value);

    /// <summary>The product, lane by lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorLane<TElement> operator *(VectorLane<TElement> left, VectorLane<TElement> right) => new(left.Value * right.Value);

    /// <summary>The quotient, lane by lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorLane<TElement> operator /(VectorLane<TElement> left, VectorLane<TElement> right) => new(left.Value / right.Value);

    /// <summary>The negative, lane by lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorLane<TElement> operator -(VectorLane<TElement> value) => new(-value.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorLane<TElement> Sqrt(VectorLane<TElement> x) => new(Vector.SquareRoot(x.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorLane<TElement> Abs(VectorLane<TElement> x) => new(Vector.Abs(x.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorLane<TElement> Exp(VectorLane<TElement> x) => new(
        typeof(TElement) == typeof(float)
            ? RegisterExponential.Of(x.Value.As<TElement, float>()).As<float, TElement>()
            : RegisterExponential.Of(x.Value.As<TElement, double>()).As<double, TElement>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorLane<TElement> Log(VectorLane<TElement> x) => new(
        typeof(TElement) == typeof(float)
            ? Vector.Log(x.Value.As<TElement, float>()).As<float, TElement>()
            : Vector.Log(x.Value.As<TElement, double>()).As<double, TElement>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorLane<TElement> IfLess(
        VectorLane<TElement> left, VectorLane<TElement> right, VectorLane<TElement> yes, VectorLane<TElement> no) =>
        new(Vector.ConditionalSelect(Vector.LessThan(left.Value, right.Value), yes.Value, no.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorLane<TElement> IfLessOrEqual(
        VectorLane<TElement> left, VectorLane<TElement> right, VectorLane<TElement> yes, VectorLane<TElement> no) =>
        new(Vector.ConditionalSelect(Vector.LessThanOrEqual(left.Value, right.Value), yes.Value, no.Value));
}
