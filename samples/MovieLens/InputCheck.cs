using System.Globalization;
using AutoGradMf.Data;

namespace AutoGradMf.Samples.MovieLens;

/// <summary>Looks, before the work, at whether the ratings allow what the command line asks for.</summary>
internal static class InputCheck
{
    /// <summary>With fewer ratings the test part of the split may be empty.</summary>
    private const int FewestRatings = 5;

    /// <summary>The row of the user who gets recommendations.</summary>
    /// <exception cref="InputException">There are too few ratings, the rank is too high, or the user rated nothing.</exception>
    public static int Run(RunOptions options, RatingSet ratings)
    {
        var matrix = ratings.Matrix;
        if (matrix.Count < FewestRatings)
        {
            throw Fault($"There are {matrix.Count} ratings; training and testing take at least {FewestRatings}.");
        }

        if (options.Rank > Math.Min(matrix.Rows, matrix.Columns))
        {
            throw Fault($"--rank takes at most the lesser of {matrix.Rows} users and {matrix.Columns} movies, and got {options.Rank}.");
        }

        var (least, most) = (ratings.Users[0], ratings.Users[ratings.Users.Count - 1]);
        return ratings.Users.TryGetIndex(options.User ?? least, out var row)
            ? row
            : throw Fault($"There is no rating by user {options.User}; --user takes one of the {ratings.Users.Count} raw ids from {least} to {most}.");
    }

    private static InputException Fault(FormattableString message) => new(message.ToString(CultureInfo.InvariantCulture));
}
