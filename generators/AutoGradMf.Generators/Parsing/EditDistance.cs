namespace AutoGradMf.Generators.Parsing;

/// <summary>How alike two names are, after Levenshtein: the fewest letters to insert, drop or replace.</summary>
internal static class EditDistance
{
    /// <summary>
    /// The candidate most like a name, letter case aside; the first in order of those equally like it. Null if none is a slip of the
    /// pen away, a third of the letters at most.
    /// </summary>
    public static string? Nearest(string name, IEnumerable<string> candidates) => candidates
        .Select(c => (Name: c, Distance: Between(name.ToUpperInvariant(), c.ToUpperInvariant())))
        .Where(c => c.Distance <= Math.Max(1, name.Length / 3))
        .OrderBy(c => c.Distance)
        .ThenBy(c => c.Name, StringComparer.Ordinal)
        .Select(c => c.Name)
        .FirstOrDefault();

    private static int Between(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, 1 + Math.Min(row[j], row[j - 1]));
            }
        }

        return row[b.Length];
    }
}
