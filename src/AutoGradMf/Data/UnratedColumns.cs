using AutoGradMf.Kernels;

namespace AutoGradMf.Data;

/// <summary>For each sample a movie that its user has not rated, each of them equally likely: negative samples.</summary>
public sealed class UnratedColumns : IRandomRows
{
    private readonly SparsePattern _ratings;
    private readonly IndexVector _users;

    /// <summary>Movies that users have not rated.</summary>
    /// <param name="ratings">Which of the n movies each of the m users has rated.</param>
    /// <param name="users">The user of each sample.</param>
    /// <exception cref="ArgumentOutOfRangeException">A sample's user is not there.</exception>
    /// <exception cref="ArgumentException">A sample's user has rated every movie.</exception>
    public UnratedColumns(SparsePattern ratings, IndexVector users)
    {
        ArgumentNullException.ThrowIfNull(ratings);
        ArgumentNullException.ThrowIfNull(users);
        users.RequireBelow(ratings.Rows, "the pattern of ratings");
        (_ratings, _users) = (ratings, users);
        foreach (var user in users.Values)
        {
            if (RatedBy(user).Length == ratings.Columns)
            {
                throw new ArgumentException($"User {user} has rated all {ratings.Columns} movies, so there is none to draw; leave out the user's samples.", nameof(users));
            }
        }
    }

    /// <inheritdoc/>
    public int Length => _users.Length;

    /// <inheritdoc/>
    public void Draw(Span<int> rows, int seed)
    {
        var random = new SplitMix((uint)seed);
        for (var sample = 0; sample < rows.Length; sample++)
        {
            var rated = RatedBy(_users[sample]);
            rows[sample] = Unrated(rated, random.Below(_ratings.Columns - rated.Length));
        }
    }

    /// <summary>The unrated column that has <paramref name="place"/> unrated ones before it.</summary>
    private static int Unrated(ReadOnlySpan<int> rated, int place)
    {
        var (low, high) = (0, rated.Length);
        while (low < high)
        {
            // Before rated[middle] there are so many unrated columns.
            var middle = (low + high) / 2;
            (low, high) = rated[middle] - middle <= place ? (middle + 1, high) : (low, middle);
        }

        return place + low;
    }

    private ReadOnlySpan<int> RatedBy(int user) =>
        _ratings.ColumnIndices[(int)_ratings.RowPointers[user]..(int)_ratings.RowPointers[user + 1]];
}
