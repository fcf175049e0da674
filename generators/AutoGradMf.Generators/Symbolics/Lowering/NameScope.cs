using System.Globalization;

namespace AutoGradMf.Generators.Symbolics.Lowering;

/// <summary>Gives out names that are not taken, the wished one if it is free.</summary>
internal sealed class NameScope(params IEnumerable<string> taken)
{
    private readonly HashSet<string> _taken = new(taken, StringComparer.Ordinal);

    /// <summary>The number from which a name with one may be free.</summary>
    private readonly Dictionary<string, int> _next = new(StringComparer.Ordinal);

    /// <summary>A scope inside this one: what it takes is free outside.</summary>
    public NameScope Inner() => new(_taken);

    /// <summary>Takes what an inner scope has taken.</summary>
    public void Adopt(NameScope inner) => _taken.UnionWith(inner._taken);

    public string Take(string wish)
    {
        var letters = new string([.. wish.Where(c => char.IsLetterOrDigit(c) || c == '_')]);
        var name = letters.Length == 0 || char.IsDigit(letters[0]) ? "t" + letters : letters;
        if (_taken.Add(name))
        {
            return name;
        }

        _next.TryGetValue(letters, out var next);
        for (next = Math.Max(next, 2); !_taken.Add(letters + next.ToString(CultureInfo.InvariantCulture)); next++)
        {
        }

        _next[letters] = next + 1;
        return letters + next.ToString(CultureInfo.InvariantCulture);
    }
}
