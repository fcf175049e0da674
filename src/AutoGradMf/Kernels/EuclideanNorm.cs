using System.Numerics;

namespace AutoGradMf.Kernels;

/// <summary>√Σ x². Where the sum of squares is out of range, of numbers scaled by a power of two so that the largest is about 1.</summary>
internal static class EuclideanNorm
{
    /// <summary>Above it, squares that underflow are less than a rounding of the sum.</summary>
    private const double LeastSum = 1e-270;

    /// <summary>The norm of numbers, of which the sum of the squares is known, as far as it is one.</summary>
    public static double Of<TElement>(double sumOfSquares, ReadOnlySpan<TElement> values)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> =>
        sumOfSquares is (>= LeastSum and < double.PositiveInfinity) or double.NaN ? Math.Sqrt(sumOfSquares) : Scaled(values);

    private static double Scaled<TElement>(ReadOnlySpan<TElement> values)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var largest = 0.0;
        foreach (var value in values)
        {
            largest = Math.Max(largest, Math.Abs(double.CreateTruncating(value)));
        }

        if (largest is 0 or double.PositiveInfinity)
        {
            return largest;
        }

        var exponent = Math.ILogB(largest);
        var sum = 0.0;
        foreach (var value in values)
        {
            var scaled = Math.ScaleB(double.CreateTruncating(value), -exponent);
            sum += scaled * scaled;
        }

        return Math.ScaleB(Math.Sqrt(sum), exponent);
    }
}
