using System.CommandLine;
using AutoGradMf.Benchmarks.Gradients;
using AutoGradMf.Benchmarks.KernelBenchmarks;
using AutoGradMf.Benchmarks.Loading;
using AutoGradMf.Benchmarks.Ratings;
using AutoGradMf.Benchmarks.Reporting;
using AutoGradMf.Benchmarks.Suites;
using Spectre.Console;

namespace AutoGradMf.Benchmarks;

/// <summary>The driver: <c>suite NAME [--threads N] [--k N] [--large] [--json FILE]</c> measures a suite, prints a table and writes its rows.</summary>
internal static class CommandLine
{
    private static readonly ISuite[] Suites =
    [
        new GeneratorSuite(), new DescentSuite(), new LoadSuite(), new ScaleSuite(),
        new MaskedGradientSuite(), new FilledGradientSuite(), new ImplicitGradientSuite(), new RatioSuite(),
        new DenseGradientSuite(), new AlternatingSuite("als", isImplicit: false), new AlternatingSuite("implicit-als", isImplicit: true),
        new MultiplicativeSuite(), new ConjugateGradientSuite(),
    ];

    public static ParseResult Parse(string[] arguments)
    {
        var name = new Argument<string>("name") { Description = $"The suite: {string.Join(", ", Suites.Select(s => s.Name))}." };
        name.AcceptOnlyFromAmong([.. Suites.Select(s => s.Name)]);
        var threads = new Option<int>("--threads") { Description = "Threads to compute on.", DefaultValueFactory = _ => Environment.ProcessorCount };
        var rank = new Option<int>("--k") { Description = "Latent features.", DefaultValueFactory = _ => 32 };
        var json = new Option<FileInfo?>("--json") { Description = "A file for the rows, as a JSON array." };
        var large = new Option<bool>("--large") { Description = "Measure the sizes that take longer than a minute, too." };
        var suite = new Command("suite", "Measures a suite.") { name, threads, rank, large, json };
        suite.SetAction(result =>
        {
            var options = new SuiteOptions(result.GetValue(threads), result.GetValue(rank), result.GetValue(large));
            var rows = Suites.Single(s => s.Name == result.GetValue(name)).Run(options).ToList();
            ResultTable.Write(AnsiConsole.Console, rows);
            if (result.GetValue(json) is { } file)
            {
                ResultJson.Write(file.FullName, rows);
            }
        });
        var data = new Command("data", "Generates the synthetic ratings that are not cached yet, and says where they are.");
        data.SetAction(_ => RatingTable.Write(AnsiConsole.Console));
        var step = new Argument<string>("name");
        step.AcceptOnlyFromAmong([.. LoadStep.All.Select(s => s.Name)]);
        var loadStep = new Command("load-step", "A step of the suite load, which starts it in a process of its own.") { step, threads };
        loadStep.Hidden = true;
        loadStep.SetAction(result => LoadStep.All.Single(s => s.Name == result.GetValue(step)).RunHere(result.GetValue(threads), Console.Out));
        var ratings = new Argument<string>("data") { Description = "A size of synthetic ratings, or users x movies of dense ones." };
        var rounds = new Argument<int>("rounds");
        var torch = new Command(TorchGradient.Command, "PyTorch's part of the suites of gradients, which start it in a process of its own.") { ratings, rounds, threads, rank };
        torch.Hidden = true;
        torch.SetAction(result => TorchGradient.RunHere(result.GetValue(ratings)!, result.GetValue(rank), result.GetValue(threads), result.GetValue(rounds), Console.Out));
        var only = new Argument<string[]>("names") { Description = "Suites and scripts to measure; all if none is named. Of the others earlier rows are taken.", Arity = ArgumentArity.ZeroOrMore };
        var readme = new Command("readme", "Measures, and writes the table of results in README.md.") { only };
        readme.SetAction(result => ReadmeRun.Write([.. Suites.Where(s => s.IsInReadme)], result.GetValue(only) ?? []));
        var kernels = new Command("kernels", "Runs BenchmarkDotNet on the kernels; what follows is for it, such as --filter '*Gram*'.") { TreatUnmatchedTokensAsErrors = false };
        kernels.SetAction(result => KernelRun.Run(result.UnmatchedTokens.Count > 0 ? result.UnmatchedTokens : ["--filter", "*"]));
        return new RootCommand("Measures AutoGradMf beside what else could be used.") { suite, data, readme, kernels, loadStep, torch }.Parse(arguments);
    }
}
