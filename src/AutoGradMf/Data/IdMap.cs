using System.Collections.Immutable;
using System.Globalization;

namespace AutoGradMf.Data;

/// <summary>
/// Raw ids, such as files hold them, and the indices 0 … <see cref="Count"/> − 1 that stand for them in a matrix: indices follow
/// ascending raw ids, so equal sets of ids give equal maps. Immutable.
/// </summary>
public sealed class IdMap
{
    private readonly ImmutableArray<int> _ids;
    private readonly Dictionary<int, int> _indices;

    /// <summary>The map of <paramref name="ids"/>, in any order, repeated or not. O(n log n).</summary>
    public IdMap(IEnumerable<int> ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        _ids = [.. ids.Distinct().Order()];
        _indices = new(_ids.Length);
        for (var index = 0; index < _ids.Length; index++)
        {
            _indices.Add(_ids[index], index);
        }
    }

    /// <summary>Number of distinct ids.</summary>
    public int Count => _ids.Length;

    /// <summary>All raw ids, ascending: the one at place i has index i.</summary>
    public IReadOnlyList<int> Ids => _ids;

    /// <summary>The raw id with index <paramref name="index"/>.</summary>
    /// <exception cref="IndexOutOfRangeException">There is no such index.</exception>
    public int this[int index] => _ids[index];

    /// <summary>The index of raw id <paramref name="id"/>. O(1).</summary>
    /// <exception cref="KeyNotFoundException">No such id is mapped.</exception>
    public int IndexOf(int id) => TryGetIndex(id, out var index)
        ? index
        : throw new KeyNotFoundException(string.Create(
            CultureInfo.InvariantCulture, $"There is no id {id} among {Count} ids{(Count == 0 ? "" : $" from {_ids[0]} to {_ids[^1]}")}."));

    /// <summary>The index of raw id <paramref name="id"/>, if it is mapped. O(1).</summary>
    public bool TryGetIndex(int id, out int index) => _indices.TryGetValue(id, out index);
}
