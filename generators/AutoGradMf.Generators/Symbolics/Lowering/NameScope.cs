using System.Globalization;

namespace AutoGradMf.Generators.Symbolics.Lowering;

/// <summary>Gives out names that are not taken, the wished one if it is free.</summary>
internal sealed class NameScope(params IEnumerable<string> taken)
{
    private readonly HashSet<string> _taken = new(taken, StringComparer.Ordinal);

    /// <summary>The last number that was given to a name.</summary>
    private readonly Dictionary<string, int> _last = new(StringComparer.Ordinal);

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

        _last.TryGetValue(letters, out var number);
        number = Math.Max(number, 1);
        do
        {
            number++;
            name = letters + number.ToString(CultureInfo.InvariantCulture);
        }
        while (!_taken.Add(name));

        _last[letters] = number;
        return name;
    }
}
