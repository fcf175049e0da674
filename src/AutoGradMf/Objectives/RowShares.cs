using System.Numerics;

namespace AutoGradMf.Objectives;

/// <summary>Of each entity, for each of its rows one over how often samples read it: the share of its regularizer that a sample has.</summary>
internal sealed class RowShares<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    private readonly SamplePlace[] _places;
    private readonly Dictionary<int, (int[] Reads, TElement[] Shares)> _ofEntity = [];

    /// <param name="places">Where rows are read.</param>
    /// <exception cref="ArgumentException">Places of an entity are of different numbers of rows.</exception>
    public RowShares(SamplePlace[] places)
    {
        _places = places;
        foreach (var place in places)
        {
            if (!_ofEntity.TryGetValue(place.Entity, out var known))
            {
                _ofEntity.Add(place.Entity, (new int[place.Count], new TElement[place.Count]));
            }
            else if (place.Count != known.Reads.Length)
            {
                throw new ArgumentException($"Entity {place.Entity} has {known.Reads.Length} rows in one place and {place.Count} in another.");
            }
        }

        Count();
    }

    /// <summary>Of each row of an entity; zero where none reads it.</summary>
    public ReadOnlySpan<TElement> Of(int entity) => _ofEntity[entity].Shares;

    /// <summary>Counts anew what the places read. Allocates nothing.</summary>
    public void Count()
    {
        foreach (var (reads, _) in _ofEntity.Values)
        {
            Array.Clear(reads);
        }

        foreach (var place in _places)
        {
            var reads = _ofEntity[place.Entity].Reads;
            foreach (var row in place.Rows)
            {
                reads[row]++;
            }
        }

        foreach (var (reads, shares) in _ofEntity.Values)
        {
            for (var row = 0; row < reads.Length; row++)
            {
                shares[row] = reads[row] == 0 ? TElement.Zero : TElement.One / TElement.CreateChecked(reads[row]);
            }
        }
    }
}
