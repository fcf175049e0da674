namespace AutoGradMf.Generators.Symbolics.Analysis.Reals;

/// <summary>
/// Where the values of a function of t are: t to the power of the order, times numbers from the low one to the high one. Where t is
/// between two numbers the order is 0; where it goes on without end, t² / (1 + t²)² is seen to vanish, of which a quotient of ranges says
/// nothing.
/// </summary>
internal readonly record struct Enclosure(double Low, double High, double Order = 0)
{
    public static Enclosure Any { get; } = new(double.NegativeInfinity, double.PositiveInfinity);

    public bool IsZero => Low == 0 && High == 0;

    /// <summary>The greatest size of the numbers; of what is none, without end.</summary>
    public double Size => Math.Max(Math.Abs(Low), Math.Abs(High)) is var size && double.IsNaN(size) ? double.PositiveInfinity : size;

    public static Enclosure Of(double number) => new(number, number);
}
