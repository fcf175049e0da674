using System.Numerics;

namespace AutoGradMf.Objectives;

/// <summary>
/// Samples that a loss sums over, such as its ratings or triples: the rows that each of them reads, and the numbers of its own.
/// Immutable.
/// </summary>
/// <typeparam name="TElement"><see cref="float"/> or <see cref="double"/>: the type of the factors.</typeparam>
public sealed class SampleSet<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    private readonly SamplePlace[] _places;
    private readonly MatrixView<TElement>[] _numbers;
    private readonly TElement[][] _shares;

    /// <summary>Samples that read rows in the given places.</summary>
    /// <param name="places">One or more; each has a row for every sample.</param>
    /// <param name="numbers">Columns of a number for each sample, such as its rating.</param>
    /// <exception cref="ArgumentException">The places or numbers are of different numbers of samples.</exception>
    public SampleSet(ReadOnlySpan<SamplePlace> places, params ReadOnlySpan<MatrixView<TElement>> numbers)
        : this(places.IsEmpty ? 0 : places[0].Rows.Length, places, numbers)
    {
    }

    private SampleSet(int count, ReadOnlySpan<SamplePlace> places, ReadOnlySpan<MatrixView<TElement>> numbers)
    {
        Count = count;
        _places = places.ToArray();
        _numbers = numbers.ToArray();
        foreach (var length in _places.Select(p => p.Rows.Length).Concat(_numbers.Select(n => n.Count)))
        {
            if (length != count)
            {
                throw new ArgumentException($"The first place is of {count} samples, and another place or number of {length}.", nameof(places));
            }
        }

        _shares = [.. _places.Select(p => Array.Find(_places, first => first.Entity == p.Entity)!).Select(SharesOf)];
    }

    /// <summary>Number of samples.</summary>
    public int Count { get; }

    /// <summary>Where they read rows.</summary>
    public IReadOnlyList<SamplePlace> Places => _places;

    /// <summary>Columns of a number for each sample.</summary>
    public IReadOnlyList<MatrixView<TElement>> Numbers => _numbers;

    /// <summary>
    /// For each row of the entity of a place, one over how often samples read it: the share of its regularizer that a sample has. Zero
    /// where none reads it.
    /// </summary>
    public ReadOnlySpan<TElement> Shares(int place) => _shares[place];

    /// <summary>The rows of a place's entity that no sample reads, each as a sample with that one place.</summary>
    public SampleSet<TElement> Unread(int place)
    {
        var rows = Enumerable.Range(0, _places[place].Count).Where(row => _shares[place][row] == TElement.Zero).ToArray();
        return new(rows.Length, [SamplePlace.Listed(rows, _places[place].Count, _places[place].Entity)], []);
    }

    /// <summary>One sample without places where there are no samples, else none: what has a share in each sample has to be somewhere.</summary>
    public SampleSet<TElement> InPlaceOfNone() => new(Count == 0 ? 1 : 0, [], []);

    private TElement[] SharesOf(SamplePlace place)
    {
        var reads = new int[place.Count];
        foreach (var same in _places.Where(p => p.Entity == place.Entity))
        {
            foreach (var row in same.Rows)
            {
                reads[row]++;
            }
        }

        return [.. reads.Select(count => count == 0 ? TElement.Zero : TElement.One / TElement.CreateChecked(count))];
    }
}
