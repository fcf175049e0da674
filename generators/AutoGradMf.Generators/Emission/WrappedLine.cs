namespace AutoGradMf.Generators.Emission;

/// <summary>Breaks a long comment where people would: outside of parentheses rather than inside, and before a plus rather than within a product.</summary>
internal static class WrappedLine
{
    private const int Width = 120;

    /// <summary>What a broken line goes on with, further to the right than any line begins.</summary>
    private const string Continuation = "//             ";

    /// <summary>The lines of a comment of one line; a space is where they part.</summary>
    public static IEnumerable<string> Of(string comment)
    {
        var rest = comment;
        while (rest.Length > Width && Break(rest) is { } at)
        {
            yield return rest[..at];
            rest = Continuation + rest[(at + 1)..];
        }

        yield return rest;
    }

    /// <summary>The space to break a line at; null if it has none.</summary>
    private static int? Break(string line)
    {
        var (depth, least, best) = (0, int.MaxValue, (int?)null);
        for (var at = 0; at < line.Length && (at <= Width || best is null); at++)
        {
            depth += line[at] is '(' or '[' ? 1 : line[at] is ')' or ']' ? -1 : 0;
            if (at > Continuation.Length && line[at] == ' ' && Bond(line, at) is { } bond)
            {
                // A line that is half empty is worse than any other.
                var badness = at < Width / 2 ? int.MaxValue : (4 * depth) + bond;
                if (badness <= least)
                {
                    (least, best) = (badness, at);
                }
            }
        }

        return best;
    }

    /// <summary>How closely what stands on both sides of a space belongs together; null if it may not be parted.</summary>
    private static int? Bond(string line, int at)
    {
        var (before, after) = (line[at - 1], at + 1 < line.Length ? line[at + 1] : ' ');
        var isBeforeOperator = at + 2 < line.Length && line[at + 2] == ' ';
        return before is ' ' or '+' or '-' or '∘' or '*' or '%' or '/' or '=' or '<' or '≤' or 'Σ' || after is ' ' ? null
            : before is ';' ? -1
            : isBeforeOperator && after is '+' or '-' ? 0
            : before is ',' ? 1
            : isBeforeOperator ? 2
            : 3;
    }
}
