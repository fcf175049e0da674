namespace AutoGradMf.Models;

/// <summary>Likes best what most users have rated, whoever asks: what a ranking for each user has to surpass. Immutable.</summary>
public sealed class Popularity : IRatingModel
{
    private readonly int[] _counts;

    /// <summary>Counts the ratings of each movie.</summary>
    /// <param name="ratings">Which of the n movies each of the m users has rated.</param>
    public Popularity(SparsePattern ratings)
    {
        ArgumentNullException.ThrowIfNull(ratings);
        (Rows, _counts) = (ratings.Rows, new int[ratings.Columns]);
        foreach (var column in ratings.ColumnIndices)
        {
            _counts[column]++;
        }
    }

    /// <inheritdoc/>
    public int Rows { get; }

    /// <inheritdoc/>
    public int Columns => _counts.Length;

    /// <summary>How many users have rated movie <paramref name="column"/>.</summary>
    /// <inheritdoc/>
    public double Predict(int row, int column)
    {
        if ((uint)row >= (uint)Rows || (uint)column >= (uint)Columns)
        {
            throw new ArgumentOutOfRangeException(
                (uint)row >= (uint)Rows ? nameof(row) : nameof(column), $"There is no entry ({row}, {column}) in a {Rows}×{Columns} model.");
        }

        return _counts[column];
    }
}
