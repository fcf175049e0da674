namespace AutoGradMf.Objectives;

/// <summary>How the ridges a and b of two factors share their sizes.</summary>
internal static class RidgeScale
{
    /// <summary>Ridges farther apart than this are balanced as if they were not: what is left of the larger one is below rounding.</summary>
    private const double LargestRatio = 1e32;

    /// <summary>
    /// What the first of the best two factors of one product is that of the balanced ones times, and the second divided by, (b / a)^¼: √a U and √b M are balanced then.
    /// Where one ridge is zero, of a pair whose ridge is nothing beside the rest. Null where one is negative and the other is not.
    /// </summary>
    public static double? Of(double ridgeRatio) => double.IsNaN(ridgeRatio) ? 1
        : double.IsNegative(ridgeRatio) ? null
        : Math.Pow(Math.Clamp(ridgeRatio, 1 / LargestRatio, LargestRatio), 0.25);
}
