namespace AutoGradMf.Generators.Symbolics.Lowering;

/// <summary>Gives out names that are not taken, the wished one if it is free.</summary>
internal sealed class NameScope(params IEnumerable<string> taken)
{
    private readonly HashSet<string> _taken = new(taken, StringComparer.Ordinal);

    /// <summary>A scope inside this one: what it takes is free outside.</summary>
    public NameScope Inner() => new(_taken);

    /// <summary>Takes what an inner scope has taken.</summary>
    public void Adopt(NameScope inner) => _taken.UnionWith(inner._taken);

    public string Take(string wish)
    {
        var letters = new string([.. wish.Where(c => char.IsLetterOrDigit(c) || c == '_')]);
        var name = letters.Length == 0 || char.IsDigit(letters[0]) ? "t" + letters : letters;
        for (var i = 2; !_taken.Add(name); i++)
        {
            name = letters + i.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        return name;
    }
}
