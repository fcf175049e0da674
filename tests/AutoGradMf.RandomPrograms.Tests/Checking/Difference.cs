namespace AutoGradMf.RandomPrograms.Tests.Checking;

/// <summary>A derivative along a line by central differences, extrapolated to a step of zero after Richardson (1911).</summary>
/// <param name="Values">The derivative of each component.</param>
/// <param name="Uncertainty">How much the last extrapolation still moved it.</param>
internal sealed record Difference(double[] Values, double Uncertainty)
{
    private static readonly double[] Steps = [1e-3, 1e-4, 1e-5];

    /// <summary>
    /// The derivative at 0, from the largest step at which three halvings agree within a share of a scale; null if they agree at none: then
    /// there is a kink between the points, however near they are, or the function is too rough for differences.
    /// </summary>
    public static Difference? Of(Func<double, double[]> function, double scale)
    {
        foreach (var step in Steps)
        {
            var (wide, middle, narrow) = (Central(function, step), Central(function, step / 2), Central(function, step / 4));
            var first = Combine(middle, wide, 4);
            var second = Combine(narrow, middle, 4);
            var difference = new Difference(Combine(second, first, 16), Largest(first, second));
            if (difference.Uncertainty <= 1e-7 * scale)
            {
                return difference;
            }
        }

        return null;
    }

    /// <summary>The largest difference of two components.</summary>
    public static double Largest(double[] left, double[] right) =>
        left.Zip(right, (a, b) => double.IsFinite(a) && double.IsFinite(b) ? Math.Abs(a - b) : double.PositiveInfinity).DefaultIfEmpty(0).Max();

    private static double[] Central(Func<double, double[]> function, double step) =>
        [.. function(step).Zip(function(-step), (above, below) => (above - below) / (2 * step))];

    private static double[] Combine(double[] better, double[] worse, double gain) => [.. better.Zip(worse, (b, w) => ((gain * b) - w) / (gain - 1))];
}
