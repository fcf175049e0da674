namespace AutoGradMf.Data;

/// <summary>
/// Brings ratings from the order of their file into compressed rows: each goes to its row, a counting sort that keeps the order, and each row
/// that does not rise is sorted by movie. O(r) for r ratings of rows in order, with no copy of them but the result.
/// </summary>
internal sealed class RatingRows
{
    private readonly long[] _pointers;
    private readonly int[] _columns;
    private readonly double[] _values;
    private readonly double[] _times;

    /// <param name="blocks">The ratings, which are given up block by block.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public RatingRows(RatingBlock?[] blocks, CancellationToken cancellationToken)
    {
        (Users, Movies) = (MapOf(blocks, b => b.Users), MapOf(blocks, b => b.Movies));
        var (next, count) = (new long[Users.Count + 1], 0);
        foreach (var block in blocks)
        {
            count = checked(count + block!.Count);
            foreach (ref var user in block.Users)
            {
                user = Users.IndexOf(user);
                next[user + 1]++;
            }
        }

        for (var row = 0; row < Users.Count; row++)
        {
            next[row + 1] += next[row];
        }

        _pointers = [.. next];
        (_columns, _values, _times) = (new int[count], new double[count], new double[count]);
        for (var b = 0; b < blocks.Length; b++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Place(blocks[b]!, next);
            blocks[b] = null;
        }

        Parallel.For(0, Users.Count, new ParallelOptions { CancellationToken = cancellationToken }, row => SortRow((int)_pointers[row], (int)_pointers[row + 1]));
    }

    public IdMap Users { get; }

    public IdMap Movies { get; }

    /// <summary>The raw ids of what is rated several times.</summary>
    public IEnumerable<(int User, int Movie)> Repeated()
    {
        for (var row = 0; row < Users.Count; row++)
        {
            for (var e = (int)_pointers[row] + 1; e < _pointers[row + 1]; e++)
            {
                if (_columns[e] == _columns[e - 1])
                {
                    yield return (Users[row], Movies[_columns[e]]);
                }
            }
        }
    }

    /// <summary>The ratings, and the last time of each; several of a movie by a user become one.</summary>
    public (SparseMatrix<double> Ratings, SparseMatrix<double> Times) Merge(DuplicatePolicy duplicates)
    {
        var (pointers, place) = (new long[_pointers.Length], 0);
        for (var row = 0; row < Users.Count; row++)
        {
            for (int e = (int)_pointers[row], end; e < _pointers[row + 1]; e = end)
            {
                for (end = e + 1; end < _pointers[row + 1] && _columns[end] == _columns[e]; end++)
                {
                }

                (_columns[place], _values[place]) = (_columns[e], Combine(_values.AsSpan(e..end), duplicates));
                _times[place++] = Last(_times.AsSpan(e..end));
            }

            pointers[row + 1] = place;
        }

        var pattern = new SparsePattern(Users.Count, Movies.Count, pointers, Cut(_columns, place));
        return (new(pattern, Cut(_values, place)), new(pattern, Cut(_times, place)));
    }

    private delegate Span<int> Ids(RatingBlock block);

    private static IdMap MapOf(RatingBlock?[] blocks, Ids idsOf)
    {
        var distinct = new HashSet<int>();
        foreach (var block in blocks)
        {
            // Ratings often come user by user.
            int? last = null;
            foreach (var id in idsOf(block!))
            {
                if (id != last)
                {
                    distinct.Add(id);
                    last = id;
                }
            }
        }

        return new(distinct);
    }

    private void Place(RatingBlock block, long[] next)
    {
        Span<int> rows = block.Users, movies = block.Movies;
        var values = block.Values;
        var times = block.Times;
        for (var r = 0; r < rows.Length; r++)
        {
            var place = next[rows[r]]++;
            (_columns[place], _values[place], _times[place]) = (Movies.IndexOf(movies[r]), values[r], times[r]);
        }
    }

    /// <summary>By column, and in the order of the file where that is the same.</summary>
    private void SortRow(int start, int end)
    {
        var columns = _columns.AsSpan(start..end);
        if (IsRising(columns))
        {
            return;
        }

        var keys = new long[columns.Length];
        for (var e = 0; e < keys.Length; e++)
        {
            keys[e] = ((long)columns[e] << 32) | (uint)e;
        }

        Array.Sort(keys);
        var (values, times) = (_values[start..end], _times[start..end]);
        for (var e = 0; e < keys.Length; e++)
        {
            columns[e] = (int)(keys[e] >> 32);
            (_values[start + e], _times[start + e]) = (values[(int)keys[e]], times[(int)keys[e]]);
        }
    }

    private static bool IsRising(ReadOnlySpan<int> columns)
    {
        for (var e = 1; e < columns.Length; e++)
        {
            if (columns[e] < columns[e - 1])
            {
                return false;
            }
        }

        return true;
    }

    private static double Combine(ReadOnlySpan<double> values, DuplicatePolicy duplicates)
    {
        if (duplicates is not (DuplicatePolicy.Sum or DuplicatePolicy.Mean))
        {
            return duplicates == DuplicatePolicy.KeepLast ? values[^1] : values[0];
        }

        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value;
        }

        return duplicates == DuplicatePolicy.Sum ? sum : sum / values.Length;
    }

    private static double Last(ReadOnlySpan<double> times)
    {
        var last = times[0];
        foreach (var time in times)
        {
            last = Math.Max(last, time);
        }

        return last;
    }

    private static T[] Cut<T>(T[] array, int length) => array.Length == length ? array : array[..length];
}
