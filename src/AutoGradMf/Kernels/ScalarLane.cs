using System.Numerics;

namespace AutoGradMf.Kernels;

/// <summary>A lane of one number: what an op is evaluated with outside SIMD loops, at their ends, and as their reference.</summary>
/// <typeparam name="TElement"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="value">The number.</param>
public readonly struct ScalarLane<TElement>(TElement value) : ILane<ScalarLane<TElement>>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    /// <summary>The number.</summary>
    public TElement Value { get; } = value;

    /// <summary>The constant, rounded to <typeparamref name="TElement"/>.</summary>
    public static implicit operator ScalarLane<TElement>(double value) => new(TElement.CreateTruncating(value));

    /// <summary>The number as a double, exact.</summary>
    public static explicit operator double(ScalarLane<TElement> lane) => double.CreateTruncating(lane.Value);

    /// <inheritdoc/>
    public static ScalarLane<TElement> operator +(ScalarLane<TElement> left, ScalarLane<TElement> right) => new(left.Value + right.Value);

    /// <inheritdoc/>
    public static ScalarLane<TElement> operator -(ScalarLane<TElement> left, ScalarLane<TElement> right) => new(left.Value - right.Value);

    /// <inheritdoc/>
    public static ScalarLane<TElement> operator *(ScalarLane<TElement> left, ScalarLane<TElement> right) => new(left.Value * right.Value);

    /// <inheritdoc/>
    public static ScalarLane<TElement> operator /(ScalarLane<TElement> left, ScalarLane<TElement> right) => new(left.Value / right.Value);

    /// <inheritdoc/>
    public static ScalarLane<TElement> operator -(ScalarLane<TElement> value) => new(-value.Value);

    /// <inheritdoc/>
    public static ScalarLane<TElement> Sqrt(ScalarLane<TElement> x) => new(TElement.Sqrt(x.Value));

    /// <inheritdoc/>
    public static ScalarLane<TElement> Abs(ScalarLane<TElement> x) => new(TElement.Abs(x.Value));

    /// <inheritdoc/>
    public static ScalarLane<TElement> Exp(ScalarLane<TElement> x) => new(TElement.Exp(x.Value));

    /// <inheritdoc/>
    public static ScalarLane<TElement> Log(ScalarLane<TElement> x) => new(TElement.Log(x.Value));

    /// <inheritdoc/>
    public static ScalarLane<TElement> IfLess(
        ScalarLane<TElement> left, ScalarLane<TElement> right, ScalarLane<TElement> yes, ScalarLane<TElement> no) =>
        left.Value < right.Value ? yes : no;

    /// <inheritdoc/>
    public static ScalarLane<TElement> IfLessOrEqual(
        ScalarLane<TElement> left, ScalarLane<TElement> right, ScalarLane<TElement> yes, ScalarLane<TElement> no) =>
        left.Value <= right.Value ? yes : no;

    /// <inheritdoc/>
    public static ScalarLane<TElement> Map(ScalarLane<TElement> x, Func<double, double> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return function((double)x);
    }

    /// <inheritdoc/>
    public static ScalarLane<TElement> Map(
        ScalarLane<TElement> x, ScalarLane<TElement> y, Func<double, double, double> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return function((double)x, (double)y);
    }

    /// <inheritdoc/>
    public static ScalarLane<TElement> Map(
        ScalarLane<TElement> x, ScalarLane<TElement> y, ScalarLane<TElement> z, Func<double, double, double, double> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return function((double)x, (double)y, (double)z);
    }
}
