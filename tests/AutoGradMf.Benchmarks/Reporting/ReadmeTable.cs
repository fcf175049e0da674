using System.Globalization;

namespace AutoGradMf.Benchmarks.Reporting;

/// <summary>The rows of all suites as the table of README, between its marks: a line for each measurement of this library, with the others of the same work beside it.</summary>
internal static class ReadmeTable
{
    private const string Begin = "<!-- results -->";
    private const string End = "<!-- /results -->";
    private const string Ours = "generated";

    /// <summary>Puts the rows in place of what is between the marks.</summary>
    /// <exception cref="InvalidOperationException">The file has no such marks.</exception>
    public static void Write(string path, IReadOnlyList<ResultRow> rows)
    {
        var text = File.ReadAllText(path);
        var (begin, end) = (text.IndexOf(Begin, StringComparison.Ordinal), text.IndexOf(End, StringComparison.Ordinal));
        if (begin < 0 || end < begin)
        {
            throw new InvalidOperationException($"{path} has no {Begin} with {End} after it.");
        }

        File.WriteAllText(path, $"{text[..(begin + Begin.Length)]}\n{Of(rows)}{text[end..]}");
    }

    /// <summary>The table, with the machine above it.</summary>
    public static string Of(IReadOnlyList<ResultRow> rows)
    {
        var lines = rows.GroupBy(r => (r.Suite, r.Case, r.M, r.N, r.Nnz, r.K, r.Precision)).SelectMany(g => LinesOf([.. g]));
        return $"""
            {Machine.Description}; times are minima, and beside others the time over theirs:

            | suite | case | k | precision | threads | implementation | ms | | beside |
            | --- | --- | --- | --- | --- | --- | --- | --- | --- |
            {string.Join('\n', lines)}

            """;
    }

    private static IEnumerable<string> LinesOf(ResultRow[] group)
    {
        var ours = group.Where(r => r.Implementation.StartsWith(Ours, StringComparison.Ordinal)).ToList();
        var shown = ours.Count > 0 ? ours : [.. group.Where(r => r.Implementation != r.Baseline || group.Length == 1)];
        foreach (var row in shown)
        {
            var beside = group.Where(r => !shown.Contains(r)).GroupBy(r => r.Implementation).Select(others => Beside(row, Nearest(row, others)));
            var baseline = row.Implementation == row.Baseline || group.Any(r => r.Implementation == row.Baseline) ? [] : new[] { $"{Number(row.Ratio)} × {row.Baseline}" };
            var cells = new[]
            {
                row.Suite, row.Case, Count(row.K), row.Precision ?? "", Count(row.Threads), row.Implementation, Number(row.MinimumMilliseconds), row.Figure ?? "",
                string.Join(", ", baseline.Concat(beside)),
            };
            yield return $"| {string.Join(" | ", cells)} |";
        }
    }

    /// <summary>The measurement on as many threads, or on the most.</summary>
    private static ResultRow Nearest(ResultRow row, IEnumerable<ResultRow> others) => others.OrderByDescending(r => r.Threads == row.Threads).ThenByDescending(r => r.Threads).First();

    private static string Beside(ResultRow row, ResultRow other)
    {
        // What ran in turns with it was measured against it.
        var ratio = row.Baseline == other.Implementation ? row.Ratio : row.MinimumMilliseconds / other.MinimumMilliseconds;
        var threads = other.Threads == row.Threads ? "" : string.Create(CultureInfo.InvariantCulture, $" ({other.Threads} thread{(other.Threads == 1 ? "" : "s")})");
        return $"{Number(ratio)} × {other.Implementation}{threads}";
    }

    private static string Count(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static string Number(double number) => number.ToString(number < 0.095 ? "0.000" : number < 10 ? "0.00" : number < 100 ? "0.0" : "0", CultureInfo.InvariantCulture);
}
