using Spectre.Console;

namespace AutoGradMf.Samples.MovieLens.Report;

/// <summary>The console that the steps write to.</summary>
internal static class Screen
{
    private const int WidthOfFiles = 120;

    /// <summary>A console over <paramref name="output"/>: colours and a live bar on a terminal, plain lines elsewhere.</summary>
    public static IAnsiConsole Over(TextWriter output)
    {
        var target = new AnsiConsoleOutput(output);
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = target,
            Ansi = target.IsTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = target.IsTerminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = target.IsTerminal ? InteractionSupport.Detect : InteractionSupport.No,
        });
        if (!target.IsTerminal)
        {
            console.Profile.Width = WidthOfFiles;
        }

        return console;
    }

    /// <summary>The heading of a step.</summary>
    public static void Heading(this IAnsiConsole console, string text)
    {
        console.WriteLine();
        console.MarkupLineInterpolated($"[bold yellow]{text}[/]");
    }

    /// <summary>A table with one column of names and further columns of figures.</summary>
    public static Table Figures(string names, params ReadOnlySpan<string> figures)
    {
        var table = new Table().SimpleBorder().AddColumn(names);
        foreach (var figure in figures)
        {
            table.AddColumn(new TableColumn(figure).RightAligned());
        }

        return table;
    }
}
