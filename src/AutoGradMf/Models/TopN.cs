namespace AutoGradMf.Models;

/// <summary>Finds the movies for which a model predicts a user's highest ratings.</summary>
public static class TopN
{
    /// <summary>The <paramref name="count"/> best columns of a row, best first.</summary>
    /// <remarks>
    /// Equal predictions are ordered by column, lower first; NaN ranks below every number. O(n·log count) besides the n predictions.
    /// </remarks>
    /// <param name="model">m users × n movies.</param>
    /// <param name="row">The user.</param>
    /// <param name="count">How many to return, at least 1; fewer are returned if there are fewer.</param>
    /// <param name="excludedColumns">Columns to leave out, such as those the user has rated; none if null.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row, or <paramref name="count"/> is below 1.</exception>
    public static IReadOnlyList<Recommendation> Recommend(
        IRatingModel model, int row, int count, IReadOnlySet<int>? excludedColumns = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if ((uint)row >= (uint)model.Rows)
        {
            throw new ArgumentOutOfRangeException(
                nameof(row), row, $"There is no row {row} in a {model.Rows}×{model.Columns} model.");
        }

        var best = new PriorityQueue<Recommendation, Recommendation>(WorstFirst);
        for (var column = 0; column < model.Columns; column++)
        {
            if (excludedColumns?.Contains(column) == true)
            {
                continue;
            }

            var candidate = new Recommendation(column, model.Predict(row, column));
            if (best.Count < count)
            {
                best.Enqueue(candidate, candidate);
            }
            else
            {
                best.EnqueueDequeue(candidate, candidate);
            }
        }

        var recommendations = new Recommendation[best.Count];
        for (var place = best.Count - 1; place >= 0; place--)
        {
            recommendations[place] = best.Dequeue();
        }

        return recommendations;
    }

    /// <inheritdoc cref="Recommend(IRatingModel, int, int, IReadOnlySet{int}?)"/>
    public static IReadOnlyList<Recommendation> Recommend(
        IRatingModel model, int row, int count, ReadOnlySpan<int> excludedColumns)
    {
        var excluded = new HashSet<int>(excludedColumns.Length);
        foreach (var column in excludedColumns)
        {
            excluded.Add(column);
        }

        return Recommend(model, row, count, excluded);
    }

    private static readonly Comparer<Recommendation> WorstFirst = Comparer<Recommendation>.Create(static (x, y) =>
        x.Prediction.CompareTo(y.Prediction) is var order and not 0 ? order : y.Column.CompareTo(x.Column));
}
