using System.Numerics;

namespace AutoGradMf.Data;

/// <summary>
/// Ratings cut in two: every stored entry is in exactly one part, and both parts have the shape of the whole (m users × n movies),
/// so a model trained on one predicts for the other.
/// </summary>
/// <param name="Train">What a model learns from.</param>
/// <param name="Test">What it is judged by.</param>
/// <typeparam name="TElement"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed record RatingSplit<TElement>(SparseMatrix<TElement> Train, SparseMatrix<TElement> Test)
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>;

/// <summary>Cuts ratings in two.</summary>
public static class RatingSplit
{
    /// <summary>
    /// Draws the nearest whole number to <paramref name="testFraction"/> of the stored entries for the test part, each set of
    /// that many equally likely (selection sampling, Knuth, The Art of Computer Programming 2, algorithm S). O(entries).
    /// </summary>
    /// <param name="ratings">m users × n movies.</param>
    /// <param name="testFraction">Above 0 and below 1; 0.2 for the usual 80/20 split.</param>
    /// <param name="seed">Equal seeds give equal splits, on every machine.</param>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is not above 0 and below 1.</exception>
    public static RatingSplit<TElement> Sample<TElement>(SparseMatrix<TElement> ratings, double testFraction, int seed)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        ArgumentNullException.ThrowIfNull(ratings);
        if (!(testFraction > 0 && testFraction < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(testFraction), testFraction, "The test part is a fraction above 0 and below 1.");
        }

        var isTest = Select(ratings.Count, (int)Math.Round(testFraction * ratings.Count), seed);
        return new(Part(ratings, isTest, part: false), Part(ratings, isTest, part: true));
    }

    /// <summary>
    /// The last <paramref name="count"/> ratings of each user are for the test; of equal times, the higher column is later. A user who has
    /// no more than that is not tested.
    /// </summary>
    /// <param name="ratings">m users × n movies.</param>
    /// <param name="times">When each of them was given: <see cref="RatingSet.Times"/>.</param>
    /// <param name="count">How many to leave out for each user, at least 1.</param>
    /// <exception cref="ArgumentException">The times are of other entries than the ratings.</exception>
    public static RatingSplit<TElement> LeaveLastOut<TElement>(SparseMatrix<TElement> ratings, SparseMatrix<double> times, int count)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        ArgumentNullException.ThrowIfNull(ratings);
        ArgumentNullException.ThrowIfNull(times);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if (!ratings.Pattern.SameAs(times.Pattern))
        {
            throw new ArgumentException("The times must be stored for the same entries as the ratings.", nameof(times));
        }

        var isTest = SelectLast(times, count);
        return new(Part(ratings, isTest, part: false), Part(ratings, isTest, part: true));
    }

    private static bool[] SelectLast(SparseMatrix<double> times, int count)
    {
        var selected = new bool[times.Count];
        foreach (var row in times.Pattern.Entries.GroupBy(entry => entry.Row).Where(row => row.Count() > count))
        {
            foreach (var (_, _, e) in row.OrderBy(entry => times.Values[entry.Entry]).TakeLast(count))
            {
                selected[e] = true;
            }
        }

        return selected;
    }

    private static bool[] Select(int count, int wanted, int seed)
    {
        var random = new Random(seed);
        var selected = new bool[count];
        for (var e = 0; e < count; e++)
        {
            if (random.NextDouble() * (count - e) < wanted)
            {
                selected[e] = true;
                wanted--;
            }
        }

        return selected;
    }

    private static SparseMatrix<TElement> Part<TElement>(SparseMatrix<TElement> whole, bool[] isTest, bool part)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var pattern = whole.Pattern;
        var pointers = new long[pattern.Rows + 1];
        var columns = new List<int>();
        var values = new List<TElement>();
        for (var i = 0; i < pattern.Rows; i++)
        {
            for (var e = (int)pattern.RowPointers[i]; e < pattern.RowPointers[i + 1]; e++)
            {
                if (isTest[e] == part)
                {
                    columns.Add(pattern.ColumnIndices[e]);
                    values.Add(whole.Values[e]);
                }
            }

            pointers[i + 1] = columns.Count;
        }

        return new(new SparsePattern(pattern.Rows, pattern.Columns, pointers, [.. columns]), [.. values]);
    }
}
