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
    private readonly RowShares<TElement> _shares;
    private readonly (SampleSet<TElement> Set, int Place)? _unread;

    /// <summary>Whether it is another one when what is random is drawn anew.</summary>
    private readonly bool _changes;
    private int _round = int.MinValue;

    /// <summary>What it was made of, and the number of this one among them; null if it is alone.</summary>
    private readonly (SampleSet<TElement>[] Sets, int Number)? _together;

    /// <summary>Samples that read rows in the given places.</summary>
    /// <param name="places">One or more; each has a row for every sample.</param>
    /// <param name="numbers">Columns of a number for each sample, such as its rating.</param>
    /// <exception cref="ArgumentException">The places or numbers are of different numbers of samples, or places of an entity of different numbers of rows.</exception>
    public SampleSet(ReadOnlySpan<SamplePlace> places, params ReadOnlySpan<MatrixView<TElement>> numbers)
        : this(places.IsEmpty ? 0 : places[0].Rows.Length, places, numbers)
    {
    }

    private SampleSet(
        int count, ReadOnlySpan<SamplePlace> places, ReadOnlySpan<MatrixView<TElement>> numbers, (SampleSet<TElement> Set, int Place)? unread = null)
    {
        (Count, _unread) = (count, unread);
        _places = places.ToArray();
        _numbers = numbers.ToArray();
        foreach (var length in _places.Select(p => p.Rows.Length).Concat(_numbers.Select(n => n.Count)))
        {
            if (length != count)
            {
                throw new ArgumentException($"The first place is of {count} samples, and another place or number of {length}.", nameof(places));
            }
        }

        (_shares, _changes) = (new(_places), unread?.Set._changes ?? IsRandom);
    }

    private SampleSet(SampleSet<TElement>[] sets, int number, RowShares<TElement> shares)
    {
        var alone = sets[number];
        (Count, _places, _numbers, _shares, _together) = (alone.Count, alone._places, alone._numbers, shares, (sets, number));
        _changes = sets.Any(set => set._changes);
    }

    /// <summary>Number of samples.</summary>
    public int Count { get; private set; }

    /// <summary>Where they read rows.</summary>
    public IReadOnlyList<SamplePlace> Places => _places;

    /// <summary>Columns of a number for each sample.</summary>
    public IReadOnlyList<MatrixView<TElement>> Numbers => _numbers;

    /// <summary>
    /// For each row of the entity of a place, one over how often samples read it, also those of sets that it is together with: the share of
    /// its regularizer that a sample has. Zero where none reads it.
    /// </summary>
    public ReadOnlySpan<TElement> Shares(int place) => _shares.Of(_places[place].Entity);

    /// <summary>The rows of a place's entity that no sample reads, each as a sample with that one place.</summary>
    public SampleSet<TElement> Unread(int place)
    {
        var rows = Enumerable.Range(0, _places[place].Count).Where(row => Shares(place)[row] == TElement.Zero).ToArray();
        return new(rows.Length, [SamplePlace.Listed(rows, _places[place].Count, _places[place].Entity)], [], (this, place));
    }

    /// <summary>One sample without places where there are no samples, else none: what has a share in each sample has to be somewhere.</summary>
    public SampleSet<TElement> InPlaceOfNone() => new((_together?.Sets.Sum(set => set.Count) ?? Count) == 0 ? 1 : 0, [], []);

    /// <summary>
    /// Samples of several kinds, such as ratings and tags, that one loss sums over: a row that they read in common has one regularizer, of which
    /// each of them has a share. O(samples + rows).
    /// </summary>
    /// <param name="sets">Of each kind; places with equal numbers of entities read the same rows.</param>
    /// <returns>The sets, with other shares.</returns>
    /// <exception cref="ArgumentException">Places of an entity are of different numbers of rows.</exception>
    public static IReadOnlyList<SampleSet<TElement>> Together(params ReadOnlySpan<SampleSet<TElement>> sets)
    {
        return Joined(sets.ToArray());
    }

    /// <summary>Whether rows of a place were drawn at random.</summary>
    internal bool IsRandom => _places.Any(p => p.IsRandom);

    /// <summary>
    /// Draws what is random in it for another round, in place of what there is: for whoever has it by <see cref="Redrawn"/>. Allocates nothing from the second time on.
    /// </summary>
    /// <returns>Whether it is another one now.</returns>
    internal bool Redraw(int round)
    {
        if (!_changes || _round == round)
        {
            return _changes;
        }

        if (_together is var (sets, _))
        {
            foreach (var set in sets)
            {
                set.Redraw(round);
            }
        }
        else if (_unread is var (source, place))
        {
            source.Redraw(round);
            _places[0].ListZeros(source.Shares(place));
            Count = _places[0].Rows.Length;
        }
        else
        {
            foreach (var drawn in _places)
            {
                drawn.Redraw(round);
            }
        }

        // Only now: a draw that names no row throws, and is none.
        _shares.Count();
        _round = round;
        return true;
    }

    /// <summary>The sets of another round of whatever is random in them.</summary>
    internal static IReadOnlyList<SampleSet<TElement>> Redrawn(IReadOnlyList<SampleSet<TElement>> sets, int round)
    {
        var drawn = new Dictionary<SampleSet<TElement>, SampleSet<TElement>>();
        var joined = new Dictionary<SampleSet<TElement>[], SampleSet<TElement>[]>();
        return [.. sets.Select(Redraw)];

        SampleSet<TElement>[] RedrawTogether(SampleSet<TElement>[] together)
        {
            if (!joined.TryGetValue(together, out var found))
            {
                joined.Add(together, found = Joined([.. together.Select(Redraw)]));
            }

            return found;
        }

        SampleSet<TElement> Redraw(SampleSet<TElement> set)
        {
            if (!drawn.TryGetValue(set, out var found))
            {
                found = set._unread is var (source, place) ? Redraw(source).Unread(place)
                    : set._together is var (together, number) ? RedrawTogether(together)[number]
                    : set.IsRandom ? new(set.Count, [.. set._places.Select(p => p.Redrawn(round))], set._numbers)
                    : set;
                drawn.Add(set, found);
            }

            return found;
        }
    }

    private static SampleSet<TElement>[] Joined(SampleSet<TElement>[] sets)
    {
        var shares = new RowShares<TElement>([.. sets.SelectMany(set => set._places)]);
        return [.. sets.Select((_, number) => new SampleSet<TElement>(sets, number, shares))];
    }
}
