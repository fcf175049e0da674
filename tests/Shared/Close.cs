using Xunit;

namespace AutoGradMf.TestLosses;

/// <summary>Compares tensors as wholes.</summary>
internal static class Close
{
    /// <summary>
    /// max |actual − expected| ≤ tolerance · max |expected|, and all of it finite. Relative to the tensor's largest magnitude: an
    /// element that nearly cancels has no digits of its own to compare. There is no absolute allowance, so where all of
    /// the expected is zero, all of the actual must be.
    /// </summary>
    public static void AreEqual(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual, double tolerance, string what) =>
        AreEqual(expected, actual, tolerance, what, cancelling: 0, smallest: 0);

    /// <summary>
    /// The same, but where terms of size <paramref name="cancelling"/> cancel, relative to that; differences up to
    /// <paramref name="smallest"/> pass; an infinite number must be met exactly, and does not count as the largest.
    /// </summary>
    public static void AreEqual(
        ReadOnlySpan<double> expected, ReadOnlySpan<double> actual, double tolerance, string what, double cancelling, double smallest)
    {
        Assert.Equal(expected.Length, actual.Length);
        var scale = cancelling;
        foreach (var e in expected)
        {
            scale = double.IsFinite(e) ? Math.Max(scale, Math.Abs(e)) : scale;
        }

        for (var i = 0; i < expected.Length; i++)
        {
            // Written so that NaN fails.
            var infinite = double.IsInfinity(expected[i]) && actual[i] == expected[i];
            if (!(infinite || Math.Abs(actual[i] - expected[i]) <= tolerance * scale + smallest))
            {
                Assert.Fail(FormattableString.Invariant(
                    $"{what}, element {i}: expected {expected[i]:R}, got {actual[i]:R}; the tensor's largest is {scale:R}, the tolerance {tolerance:R} of it."));
            }
        }
    }

    /// <summary>The same for one number.</summary>
    public static void AreEqual(double expected, double actual, double tolerance, string what) => AreEqual([expected], [actual], tolerance, what);

    /// <summary>The same for a value and a gradient: equal factors, each a tensor of its own.</summary>
    public static void AreEqual(ValueAndGradient expected, ValueAndGradient actual, double tolerance)
    {
        AreEqual(expected.Value, actual.Value, tolerance, "value");
        Assert.Equal(expected.Gradient.Keys.Order(), actual.Gradient.Keys.Order());
        foreach (var (factor, gradient) in expected.Gradient)
        {
            AreEqual(gradient, actual.Gradient[factor], tolerance, $"gradient in {factor}");
        }
    }
}
