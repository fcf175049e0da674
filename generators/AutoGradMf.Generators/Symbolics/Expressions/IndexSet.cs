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

    public static IndexSet Of(IReadOnlyList<Index> indices)
    {
        var result = Empty;
        for (var place = 0; place < indices.Count; place++)
        {
            result = result.Add(indices[place]);
        }

        return result;
    }

    public bool Contains(Index index)
    {
        foreach (var own in _indices)
        {
            if (ReferenceEquals(own, index))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The indices themselves, to be read and not written.</summary>
    public Index[] Indices => _indices;

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

    public IndexSet Remove(Index index) => Except(new([index]));

    public IndexSet Union(IEnumerable<Index> other)
    {
        if (other is IndexSet set && (ReferenceEquals(set, this) || IsSubsetOf(set)))
        {
            return set;
        }

        var result = this;
        if (other is IndexSet { _indices: var indices })
        {
            foreach (var index in indices)
            {
                result = result.Add(index);
            }

            return result;
        }

        foreach (var index in other)
        {
            result = result.Add(index);
        }

        return result;
    }

    public IndexSet Except(IndexSet other) => Overlaps(other) ? Where(other, areIn: false) : this;

    public IndexSet Intersect(IEnumerable<Index> other) => Made([.. _indices.Where(other.Contains)]);

    public IndexSet Intersect(IndexSet other) => IsSubsetOf(other) ? this : Where(other, areIn: true);

    public bool Overlaps(IndexSet other)
    {
        foreach (var index in _indices)
        {
            if (other.Contains(index))
            {
                return true;
            }
        }

        return false;
    }

    public bool IsSubsetOf(IndexSet other)
    {
        if (!ReferenceEquals(this, other))
        {
            foreach (var index in _indices)
            {
                if (!other.Contains(index))
                {
                    return false;
                }
            }
        }

        return true;
    }

    public bool IsSupersetOf(IndexSet other) => other.IsSubsetOf(this);

    public bool SetEquals(IndexSet other) => Count == other.Count && IsSubsetOf(other);

    public IEnumerator<Index> GetEnumerator() => ((IEnumerable<Index>)_indices).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>
    /// The indices that another set has, or those that it has not. A method by itself, since a closure is allocated also where none is needed.
    /// </summary>
    private IndexSet Where(IndexSet other, bool areIn) => Made(Array.FindAll(_indices, i => other.Contains(i) == areIn));

    private static IndexSet Made(Index[] indices) => indices.Length == 0 ? Empty : new(indices);
}
