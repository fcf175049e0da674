namespace AutoGradMf.Kernels;

/// <summary>The mean of squares that come in sums.</summary>
/// <param name="Sum">Of the squares.</param>
/// <param name="Count">How many there are.</param>
internal readonly record struct MeanSquare(double Sum, double Count)
{
    /// <summary>Its root; 0 of no squares.</summary>
    public double Root => Count > 0 ? Math.Sqrt(Sum / Count) : 0;

    public MeanSquare With(double sum, double count) => new(Sum + sum, Count + count);
}
