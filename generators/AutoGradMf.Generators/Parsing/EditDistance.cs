namespace AutoGradMf.Generators.Parsing;

/// <summary>How alike two names are, after Levenshtein: the fewest letters to insert, drop or replace.</summary>
internal static class EditDistance
{
    /// <summary>The candidate most like a name, letter case aside; the first in order of those equally like it.</summary>
    public static string Nearest(string name, IEnumerable<string> candidates) =>
        candidates.OrderBy(c => Between(name.ToUpperInvariant(), c.ToUpperInvariant())).ThenBy(c => c, StringComparer.Ordinal).First();

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
