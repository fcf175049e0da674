using System.Collections;
using System.Runtime.CompilerServices;

namespace AutoGradMf.Generators.Symbolics.Expressions;

/// <summary>A few indices, each once, in the order in which they were made. Immutable.</summary>
[CollectionBuilder(typeof(IndexSet), nameof(Of))]
internal sealed class IndexSet : IReadOnlyCollection<Index>
{
    private readonly Index[] _indices;

    private IndexSet(Index[] indices) => _indices = indices;

    public static IndexSet Empty { get; } = new([]);

    public int Count => _indices.Length;

    public static IndexSet Of(ReadOnlySpan<Index> indices)
    {
        var result = Empty;
        foreach (var index in indices)
        {
            result = result.Add(index);
        }

        return result;
    }

    public bool Contains(Index index) => Array.IndexOf(_indices, index) >= 0;

    public IndexSet Add(Index index)
    {
        if (Contains(index))
        {
            return this;
        }

        var place = 0;
        while (place < _indices.Length && _indices[place].Number < index.Number)
        {
            place++;
        }

        var indices = new Index[_indices.Length + 1];
        Array.Copy(_indices, indices, place);
        indices[place] = index;
        Array.Copy(_indices, place, indices, place + 1, _indices.Length - place);
        return new(indices);
    }

    public IndexSet Remove(Index index) => Contains(index) ? new([.. _indices.Where(i => i != index)]) : this;

    public IndexSet Union(IEnumerable<Index> other)
    {
        if (other is IndexSet set && (ReferenceEquals(set, this) || IsSubsetOf(set)))
        {
            return set;
        }

        var result = this;
        foreach (var index in other is IndexSet { _indices: var indices } ? indices : other)
        {
            result = result.Add(index);
        }

        return result;
    }

    public IndexSet Except(IndexSet other) => Overlaps(other) ? new([.. _indices.Where(i => !other.Contains(i))]) : this;

    public IndexSet Intersect(IEnumerable<Index> other) => new([.. _indices.Where(other.Contains)]);

    public bool Overlaps(IndexSet other) => Array.Exists(_indices, other.Contains);

    public bool IsSubsetOf(IndexSet other) => ReferenceEquals(this, other) || Array.TrueForAll(_indices, other.Contains);

    public bool IsSupersetOf(IndexSet other) => other.IsSubsetOf(this);

    public bool SetEquals(IndexSet other) => Count == other.Count && IsSubsetOf(other);

    public IEnumerator<Index> GetEnumerator() => ((IEnumerable<Index>)_indices).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
