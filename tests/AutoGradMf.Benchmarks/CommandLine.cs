using System.CommandLine;
using AutoGradMf.Benchmarks.Ratings;
using AutoGradMf.Benchmarks.Reporting;
using AutoGradMf.Benchmarks.Suites;
using Spectre.Console;

namespace AutoGradMf.Benchmarks;

/// <summary>The driver: <c>suite NAME [--threads N] [--k N] [--json FILE]</c> measures a suite, prints a table and writes its rows.</summary>
internal static class CommandLine
{
    private static readonly ISuite[] Suites = [new GeneratorSuite(), new DescentSuite()];

    public static ParseResult Parse(string[] arguments)
    {
        var name = new Argument<string>("name") { Description = $"The suite: {string.Join(", ", Suites.Select(s => s.Name))}." };
        name.AcceptOnlyFromAmong([.. Suites.Select(s => s.Name)]);
        var threads = new Option<int>("--threads") { Description = "Threads to compute on.", DefaultValueFactory = _ => Environment.ProcessorCount };
        var rank = new Option<int>("--k") { Description = "Latent features.", DefaultValueFactory = _ => 32 };
        var json = new Option<FileInfo?>("--json") { Description = "A file for the rows, as a JSON array." };
        var suite = new Command("suite", "Measures a suite.") { name, threads, rank, json };
        suite.SetAction(result =>
        {
            var options = new SuiteOptions(result.GetValue(threads), result.GetValue(rank));
            var rows = Suites.Single(s => s.Name == result.GetValue(name)).Run(options).ToList();
            ResultTable.Write(AnsiConsole.Console, rows);
            if (result.GetValue(json) is { } file)
            {
                ResultJson.Write(file.FullName, rows);
            }
        });
        var data = new Command("data", "Generates the synthetic ratings that are not cached yet, and says where they are.");
        data.SetAction(_ => RatingTable.Write(AnsiConsole.Console));
        return new RootCommand("Measures AutoGradMf beside what else could be used.") { suite, data }.Parse(arguments);
    }
}
