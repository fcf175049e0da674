using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AutoGradMf.Kernels;

/// <summary>As many numbers as 512 bits hold: what <see cref="VectorLane{TElement}"/> is where the hardware has registers of that width.</summary>
/// <typeparam name="TElement"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="value">The numbers.</param>
internal readonly partial struct WideLane<TElement>(Vector512<TElement> value) : ILane<WideLane<TElement>>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    /// <summary>How many numbers a lane holds.</summary>
    public static int Width => Vector512<TElement>.Count;

    /// <summary>The numbers.</summary>
    public Vector512<TElement> Value { get; } = value;

    /// <summary>The constant in every lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static implicit operator WideLane<TElement>(double value) => new(Vector512.Create(TElement.CreateTruncating(value)));

    /// <summary>The sum, lane by lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLane<TElement> operator +(WideLane<TElement> left, WideLane<TElement> right) => new(left.Value + right.Value);

    /// <summary>The difference, lane by lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLane<TElement> operator -(WideLane<TElement> left, WideLane<TElement> right) => new(left.Value - right.Value);

    /// <summary>The product, lane by lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLane<TElement> operator *(WideLane<TElement> left, WideLane<TElement> right) => new(left.Value * right.Value);

    /// <summary>The quotient, lane by lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLane<TElement> operator /(WideLane<TElement> left, WideLane<TElement> right) => new(left.Value / right.Value);

    /// <summary>The negative, lane by lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLane<TElement> operator -(WideLane<TElement> value) => new(-value.Value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLane<TElement> Sqrt(WideLane<TElement> x) => new(Vector512.Sqrt(x.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLane<TElement> Abs(WideLane<TElement> x) => new(Vector512.Abs(x.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLane<TElement> Exp(WideLane<TElement> x) => new(
        typeof(TElement) == typeof(float)
            ? RegisterExponential.Of(x.Value.AsSingle()).As<float, TElement>()
            : RegisterExponential.Of(x.Value.AsDouble()).As<double, TElement>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLane<TElement> Log(WideLane<TElement> x) => new(
        typeof(TElement) == typeof(float)
            ? Vector512.Log(x.Value.AsSingle()).As<float, TElement>()
            : Vector512.Log(x.Value.AsDouble()).As<double, TElement>());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLane<TElement> IfLess(
        WideLane<TElement> left, WideLane<TElement> right, WideLane<TElement> yes, WideLane<TElement> no) =>
        new(Vector512.ConditionalSelect(Vector512.LessThan(left.Value, right.Value), yes.Value, no.Value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WideLane<TElement> IfLessOrEqual(
        WideLane<TElement> left, WideLane<TElement> right, WideLane<TElement> yes, WideLane<TElement> no) =>
        new(Vector512.ConditionalSelect(Vector512.LessThanOrEqual(left.Value, right.Value), yes.Value, no.Value));
}
