using System.Globalization;
using Spectre.Console;

namespace AutoGradMf.Benchmarks.Reporting;

/// <summary>Rows as a table for people.</summary>
internal static class ResultTable
{
    private static readonly (string Title, Func<ResultRow, string> Cell)[] Columns =
    [
        ("case", r => r.Case),
        ("m", r => Count(r.M)),
        ("n", r => Count(r.N)),
        ("nnz", r => Count(r.Nnz)),
        ("k", r => Count(r.K)),
        ("precision", r => r.Precision ?? ""),
        ("threads", r => Count(r.Threads)),
        ("implementation", r => r.Implementation),
        ("median ms", r => r.MedianMilliseconds.ToString("0.00", CultureInfo.InvariantCulture)),
        ("min ms", r => r.MinimumMilliseconds.ToString("0.00", CultureInfo.InvariantCulture)),
        ("ratio", r => r.Ratio.ToString("0.00", CultureInfo.InvariantCulture)),
        ("to", r => r.Baseline),
        ("figure", r => r.Figure ?? ""),
    ];

    public static void Write(IAnsiConsole console, IReadOnlyList<ResultRow> rows)
    {
        var used = Columns.Where(c => rows.Any(r => c.Cell(r).Length > 0)).ToList();
        var table = new Table().Border(TableBorder.Markdown);
        used.ForEach(c => table.AddColumn(new TableColumn(c.Title).NoWrap()));
        foreach (var row in rows)
        {
            table.AddRow([.. used.Select(c => Markup.Escape(c.Cell(row)))]);
        }

        if (Console.IsOutputRedirected)
        {
            console.Profile.Width = 240;
        }

        console.Write(table);
    }

    private static string Count(long? count) => count?.ToString("N0", CultureInfo.InvariantCulture) ?? "";
}
