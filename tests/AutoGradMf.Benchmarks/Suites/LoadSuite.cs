using System.Globalization;
using AutoGradMf.Benchmarks.Loading;
using AutoGradMf.Benchmarks.Ratings;
using AutoGradMf.Benchmarks.Reporting;

namespace AutoGradMf.Benchmarks.Suites;

/// <summary>Reading 32 million lines of ratings, opening them again from a binary file, and the memory that they and a model take, each step in a process of its own.</summary>
internal sealed class LoadSuite : ISuite
{
    private const string Baseline = "split and parse";
    private const double Mega = 1e6;

    public string Name => "load";

    public IEnumerable<ResultRow> Run(SuiteOptions options)
    {
        var size = RatingSize.Ml32M;
        var file = Path.Combine(RatingText.Get(size), "ratings.csv");
        var megabytes = new FileInfo(file).Length / Mega;
        var split = LoadStep.SplitAndParse.Measure(1);
        yield return Row(size, "parse", 1, Baseline, split, split, Speed(megabytes, split, 1));
        var read = LoadStep.ReadRatings.Measure(1);
        yield return Row(size, "parse", 1, "ReadRatings", read, split, Speed(megabytes, read, 1));
        var load = LoadStep.LoadFolder.Measure(options.Threads);
        yield return Row(size, "parse, sort, map ids", options.Threads, "Load", load, split, Speed(megabytes, load, options.Threads));
        var set = LoadStep.OpenSet.Measure(options.Threads);
        yield return Row(size, "open with times and ids", options.Threads, "RatingSet.Open", set, split, Memory(set));
        var matrix = LoadStep.OpenMatrix.Measure(options.Threads);
        yield return Row(size, "open", options.Threads, "SparseMatrix.Open", matrix, split, Memory(matrix));
        var model = LoadStep.Evaluate.Measure(options.Threads);
        yield return Row(size, "open, both orientations, value and gradient", options.Threads, "generated", model, split, Memory(model)) with { K = LoadStep.Rank };
    }

    private ResultRow Row(RatingSize size, string name, int threads, string implementation, LoadStep.Result result, LoadStep.Result baseline, string figure) => new(
        Name, $"{size.Name}, {name}", size.M, size.N, size.Entries, null, null, threads, implementation, result.Milliseconds, result.Milliseconds,
        result.Milliseconds / baseline.Milliseconds, Baseline, figure);

    private static string Speed(double megabytes, LoadStep.Result result, int threads) => string.Create(
        CultureInfo.InvariantCulture, $"{megabytes / result.Milliseconds * 1000 / threads:0} MB/s per core, {Memory(result)}");

    private static string Memory(LoadStep.Result result) => string.Create(CultureInfo.InvariantCulture, $"peak {result.PeakBytes / Mega / 1000:0.00} GB");
}
