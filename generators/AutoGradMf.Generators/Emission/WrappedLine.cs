namespace AutoGradMf.Generators.Emission;

/// <summary>Breaks a long line where people would: outside of parentheses rather than inside, and before a plus rather than within a product.</summary>
internal static class WrappedLine
{
    private const int WidthOfHead = 120;

    /// <summary>What a broken line of a head goes on with, further to the right than any line begins.</summary>
    private const string HeadContinuation = "//             ";

    /// <summary>The lines of a comment of a head of one line; a space is where they part.</summary>
    public static IEnumerable<string> Of(string comment) => Of(comment, WidthOfHead, HeadContinuation);

    /// <summary>The lines of a statement, a declaration or a comment of one line; a space is where they part.</summary>
    /// <param name="line">The line.</param>
    /// <param name="width">How wide lines may be.</param>
    /// <param name="continuation">What all but the first begin with.</param>
    public static IEnumerable<string> Of(string line, int width, string continuation)
    {
        var (start, indent) = (0, "");
        while (indent.Length + line.Length - start > width && Break(line, start, start - indent.Length, width, continuation.Length) is { } at)
        {
            yield return indent + line[start..at];
            (start, indent) = (at + 1, continuation);
        }

        yield return indent + line[start..];
    }

    /// <summary>The space to break the rest of a line at; null if it has none.</summary>
    /// <param name="line">The line.</param>
    /// <param name="start">Where the rest starts.</param>
    /// <param name="margin">The place that columns are counted from: before the rest, where that will be indented.</param>
    /// <param name="width">How wide lines may be.</param>
    /// <param name="indent">How far broken lines are indented, within which no line is broken.</param>
    private static int? Break(string line, int start, int margin, int width, int indent)
    {
        var (depth, isText, least, best) = (0, false, int.MaxValue, (int?)null);
        for (var at = start; at < line.Length && (at - margin <= width || best is null); at++)
        {
            depth += isText ? 0 : Opens(line, at) ? 1 : Closes(line, at) ? -1 : 0;
            isText ^= line[at] == '"';
            if (isText && line[at] == '\\')
            {
                // What is escaped is no quote that ends the text.
                at++;
                continue;
            }

            if (at - margin > indent && line[at] == ' ' && !isText && Bond(line, at) is { } bond)
            {
                // A line that is half empty is worse than any other.
                var badness = at - margin < width / 2 ? int.MaxValue : (4 * depth) + bond;
                if (badness <= least)
                {
                    (least, best) = (badness, at);
                }
            }
        }

        return best;
    }

    /// <summary>Whether a parenthesis opens, or a list of type arguments, which has no space on either side where a comparison has two.</summary>
    private static bool Opens(string line, int at) =>
        line[at] is '(' or '[' || (line[at] == '<' && at > 0 && at + 1 < line.Length && line[at - 1] != ' ' && line[at + 1] is not (' ' or '='));

    private static bool Closes(string line, int at) => line[at] is ')' or ']' || (line[at] == '>' && at > 0 && line[at - 1] is not (' ' or '='));

    /// <summary>How closely what stands on both sides of a space belongs together; null if it may not be parted.</summary>
    private static int? Bond(string line, int at)
    {
        var (before, after) = (line[at - 1], at + 1 < line.Length ? line[at + 1] : ' ');
        var isBeforeOperator = at + 2 < line.Length && line[at + 2] == ' ';
        return before is ' ' or '+' or '-' or '∘' or '*' or '%' or '/' or '=' or '<' or '≤' or 'Σ' || after is ' ' ? null
            : before is ';' ? -1
            : line.AsSpan(0, at).EndsWith("=>".AsSpan()) ? 0
            : line.AsSpan(0, at).EndsWith(" new".AsSpan()) || line.AsSpan(0, at).EndsWith(" throw".AsSpan()) ? null
            : isBeforeOperator && after is '+' or '-' ? 0
            : before is ',' || (isBeforeOperator && after is '?' or ':') ? 1
            : isBeforeOperator ? 2
            : 3;
    }
}
