namespace AutoGradMf.Data;

/// <summary>Ratings in the order of their file, a column of numbers each.</summary>
internal sealed class RatingBlock
{
    private int[] _users = [];
    private int[] _movies = [];
    private double[] _values = [];
    private long[] _times = [];

    public int Count { get; private set; }

    /// <summary>Whether a line after these ratings is malformed.</summary>
    public bool IsFaulty { get; set; }

    public Span<int> Users => _users.AsSpan(0, Count);

    public Span<int> Movies => _movies.AsSpan(0, Count);

    public ReadOnlySpan<double> Values => _values.AsSpan(0, Count);

    public ReadOnlySpan<long> Times => _times.AsSpan(0, Count);

    public Rating this[int rating] => new(_users[rating], _movies[rating], _values[rating], _times[rating]);

    public void Add(Rating rating)
    {
        if (Count == _users.Length)
        {
            Resize(Math.Max(1024, 2 * Count));
        }

        (_users[Count], _movies[Count], _values[Count], _times[Count]) = rating;
        Count++;
    }

    public void Clear() => (Count, IsFaulty) = (0, false);

    /// <summary>A copy that takes no more room than it needs.</summary>
    public RatingBlock Copy() => new()
    {
        _users = Users.ToArray(),
        _movies = Movies.ToArray(),
        _values = Values.ToArray(),
        _times = Times.ToArray(),
        Count = Count,
        IsFaulty = IsFaulty,
    };

    private void Resize(int room)
    {
        Array.Resize(ref _users, room);
        Array.Resize(ref _movies, room);
        Array.Resize(ref _values, room);
        Array.Resize(ref _times, room);
    }
}
