namespace AutoGradMf.Generators.Symbolics.Checks;

/// <summary>The least and the greatest that a value, or an element of a tensor, can be.</summary>
internal readonly record struct ValueRange(double Low, double High)
{
    public static ValueRange Any { get; } = new(double.NegativeInfinity, double.PositiveInfinity);

    public static ValueRange NonNegative { get; } = new(0, double.PositiveInfinity);

    public static ValueRange NonPositive { get; } = new(double.NegativeInfinity, 0);

    public static ValueRange operator +(ValueRange a, ValueRange b) => new(a.Low + b.Low, a.High + b.High);

    public static ValueRange operator -(ValueRange a) => new(-a.High, -a.Low);

    public static ValueRange operator -(ValueRange a, ValueRange b) => a + -b;

    public static ValueRange operator *(ValueRange a, ValueRange b)
    {
        var corners = new[] { Product(a.Low, b.Low), Product(a.Low, b.High), Product(a.High, b.Low), Product(a.High, b.High) };
        return new(corners.Min(), corners.Max());
    }

    /// <summary>The size of it.</summary>
    public ValueRange Abs() => Low >= 0 ? this : High <= 0 ? -this : new(0, Math.Max(-Low, High));

    public ValueRange Square() => Abs() * Abs();

    /// <summary>1 over it; a pole has every size.</summary>
    public ValueRange Reciprocal() => Low > 0 ? new(1 / High, 1 / Low) : High < 0 ? new(1 / High, 1 / Low) : Low >= 0 ? NonNegative : High <= 0 ? NonPositive : Any;

    /// <summary>Of sums of such values, whatever their number.</summary>
    public ValueRange Sum() => Low >= 0 ? NonNegative : High <= 0 ? NonPositive : Any;

    /// <summary>Of the greater of two.</summary>
    public ValueRange Max(ValueRange other) => new(Math.Max(Low, other.Low), Math.Max(High, other.High));

    /// <summary>Of either.</summary>
    public ValueRange Or(ValueRange other) => new(Math.Min(Low, other.Low), Math.Max(High, other.High));

    /// <summary>Of what is in both.</summary>
    public ValueRange And(ValueRange other) => new(Math.Max(Low, other.Low), Math.Min(High, other.High));

    /// <summary>Whether all of another is in it.</summary>
    public bool Contains(ValueRange other) => !(other.Low < Low) && !(other.High > High);

    /// <summary>Zero times what has no end is zero: the end itself is never reached.</summary>
    private static double Product(double x, double y) => x == 0 || y == 0 ? 0 : x * y;
}
