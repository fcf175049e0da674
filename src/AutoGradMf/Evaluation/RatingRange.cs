namespace AutoGradMf.Evaluation;

/// <summary>The ratings that can be given, such as 0.5 … 5 stars.</summary>
public sealed record RatingRange
{
    /// <summary>Ratings from <paramref name="minimum"/> to <paramref name="maximum"/>, both included.</summary>
    /// <param name="minimum">The lowest rating.</param>
    /// <param name="maximum">The highest rating.</param>
    /// <exception cref="ArgumentException">The minimum is above the maximum, or one of them is NaN.</exception>
    public RatingRange(double minimum, double maximum)
    {
        if (!(minimum <= maximum))
        {
            throw new ArgumentException(
                string.Create(System.Globalization.CultureInfo.InvariantCulture, $"Ratings cannot range from {minimum} to {maximum}."),
                nameof(minimum));
        }

        (Minimum, Maximum) = (minimum, maximum);
    }

    /// <summary>The lowest rating.</summary>
    public double Minimum { get; }

    /// <summary>The highest rating.</summary>
    public double Maximum { get; }

    /// <summary>The rating nearest to <paramref name="rating"/> within the range; NaN stays NaN.</summary>
    public double Clip(double rating) => Math.Clamp(rating, Minimum, Maximum);
}
