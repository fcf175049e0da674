namespace AutoGradMf.Symbolics.Tests.Interpretation;

/// <summary>
/// A number with its derivative in one direction (a dual number), and for both the sum of the magnitudes of the terms that they are
/// made of: what rounding errors are measured by when sums cancel. The default is the structural zero of a sparse matrix, which
/// annihilates whatever it multiplies and leaves whatever it is added to.
/// </summary>
internal readonly record struct Number(double Value, double Derivative, double Magnitude, double DerivativeMagnitude, bool IsStored)
{
    public static Number Of(double value, double derivative = 0) => new(value, derivative, Math.Abs(value), Math.Abs(derivative), true);

    public static Number operator +(Number a, Number b) => !a.IsStored ? b : !b.IsStored ? a : new(
        a.Value + b.Value,
        a.Derivative + b.Derivative,
        a.Magnitude + b.Magnitude,
        a.DerivativeMagnitude + b.DerivativeMagnitude,
        true);

    public static Number operator *(Number a, Number b) => !a.IsStored || !b.IsStored ? default : new(
        a.Value * b.Value,
        (a.Derivative * b.Value) + (a.Value * b.Derivative),
        a.Magnitude * b.Magnitude,
        (a.DerivativeMagnitude * b.Magnitude) + (a.Magnitude * b.DerivativeMagnitude),
        true);

    public static Number operator -(Number a) => a with { Value = -a.Value, Derivative = -a.Derivative };

    public static Number operator -(Number a, Number b) => a + -b;

    /// <summary>An integer power; a negative one of a structural zero is infinite.</summary>
    public Number Power(int exponent)
    {
        var power = Of(1);
        for (var e = 0; e < Math.Abs(exponent); e++)
        {
            power *= this;
        }

        return exponent < 0 ? power.Map(x => 1 / x, x => -1 / (x * x), x => 2 / (x * x * x)) : power;
    }

    /// <summary>The same number, where another was added and taken away again: to be computed as a + b − b.</summary>
    public Number NextTo(Number other) => this with
    {
        Magnitude = Magnitude + (2 * other.Magnitude),
        DerivativeMagnitude = DerivativeMagnitude + (2 * other.DerivativeMagnitude),
    };

    /// <summary>A function of the number, with its first two derivatives.</summary>
    public Number Map(Func<double, double> f, Func<double, double> first, Func<double, double> second) => new(
        f(Value),
        first(Value) * Derivative,
        Math.Abs(f(Value)) + (Math.Abs(first(Value)) * Magnitude),
        (Math.Abs(first(Value)) * DerivativeMagnitude) + (Math.Abs(second(Value) * Derivative) * Magnitude),
        true);
}
