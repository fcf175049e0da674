using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using AutoGradMf.Benchmarks.Descent;
using AutoGradMf.Benchmarks.Ratings;
using AutoGradMf.Data;
using AutoGradMf.Kernels;
using AutoGradMf.Objectives;

namespace AutoGradMf.Benchmarks.Loading;

/// <summary>One step of loading, run in a process of its own so that the most memory that the process takes is that of the step.</summary>
internal sealed record LoadStep(string Name, Func<int, TimeSpan> Run)
{
    /// <summary>Latent features of the model whose gradient is evaluated.</summary>
    public const int Rank = 64;

    /// <summary>So many ratings are read before, for the just-in-time compiler.</summary>
    private static readonly RatingSize WarmUp = RatingSize.Ml1M;

    public static LoadStep SplitAndParse { get; } = Timed("split", size => SplitLines(Path.Combine(RatingText.Get(size), "ratings.csv")));

    public static LoadStep ReadRatings { get; } = Timed("read", size => MovieLensFolder.ReadRatings(Path.Combine(RatingText.Get(size), "ratings.csv")).Count());

    public static LoadStep LoadFolder { get; } = Timed("load", size => MovieLensFolder.Load(RatingText.Get(size)).Matrix.Count);

    public static LoadStep OpenSet { get; } = Timed("open-set", size => RatingSet.Open(SetOf(size)).Matrix.Count, size => SetOf(size));

    public static LoadStep OpenMatrix { get; } = Timed("open", size => RatingCache.Get(size).Count);

    public static LoadStep Evaluate { get; } = new("evaluate", EvaluateOn);

    public static IReadOnlyList<LoadStep> All { get; } = [SplitAndParse, ReadRatings, LoadFolder, OpenSet, OpenMatrix, Evaluate, new("write-set", _ => WriteSet())];

    /// <summary>Runs the step in a process of its own.</summary>
    public Result Measure(int threads)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };

        // The driver has the server's garbage collector, for the suite of the compiler; programs that load ratings have the workstation's.
        start.Environment["DOTNET_gcServer"] = "0";
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
        {
            start.ArgumentList.Add(typeof(LoadStep).Assembly.Location);
        }

        foreach (var argument in new[] { "load-step", Name, "--threads", threads.ToString(CultureInfo.InvariantCulture) })
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? JsonSerializer.Deserialize<Result>(output)!
            : throw new InvalidOperationException($"The step {Name} of loading ended with exit code {process.ExitCode}.");
    }

    /// <summary>Runs the step here, and writes what it took.</summary>
    public void RunHere(int threads, TextWriter output)
    {
        var elapsed = Run(threads);
        using var process = Process.GetCurrentProcess();
        output.Write(JsonSerializer.Serialize(new Result(elapsed.TotalMilliseconds, process.PeakWorkingSet64)));
    }

    private static LoadStep Timed(string name, Func<RatingSize, int> run, Action<RatingSize>? prepare = null) => new(name, _ =>
    {
        prepare?.Invoke(WarmUp);
        prepare?.Invoke(RatingSize.Ml32M);
        run(WarmUp);
        var start = Stopwatch.GetTimestamp();
        var count = run(RatingSize.Ml32M);
        var elapsed = Stopwatch.GetElapsedTime(start);
        return count == RatingSize.Ml32M.Entries ? elapsed : throw new InvalidOperationException($"Read {count} ratings instead of {RatingSize.Ml32M.Entries}.");
    });

    /// <summary>What one writes in a hurry.</summary>
    private static int SplitLines(string path)
    {
        var (count, sum) = (0, 0.0);
        foreach (var line in File.ReadLines(path).Skip(1))
        {
            var fields = line.Split(',');
            var rating = new Rating(
                int.Parse(fields[0], CultureInfo.InvariantCulture),
                int.Parse(fields[1], CultureInfo.InvariantCulture),
                double.Parse(fields[2], CultureInfo.InvariantCulture),
                long.Parse(fields[3], CultureInfo.InvariantCulture));
            sum += rating.Value;
            count++;
        }

        return sum > 0 ? count : 0;
    }

    private static string SetOf(RatingSize size)
    {
        var path = Path.ChangeExtension(RatingCache.PathOf(size), ".set");
        if (!File.Exists(path))
        {
            // In a process of its own, for it takes more memory than opening does.
            new LoadStep("write-set", _ => default).Measure(Environment.ProcessorCount);
        }

        return path;
    }

    private static TimeSpan WriteSet()
    {
        var start = Stopwatch.GetTimestamp();
        foreach (var size in new[] { WarmUp, RatingSize.Ml32M })
        {
            MovieLensFolder.Load(RatingText.Get(size)).Save(Path.ChangeExtension(RatingCache.PathOf(size), ".set"));
        }

        return Stopwatch.GetElapsedTime(start);
    }

    /// <summary>The value and the gradient at a point, by rows and by columns, as a step of training takes them.</summary>
    private static TimeSpan EvaluateOn(int threads)
    {
        using var workers = new Workers(threads);
        var start = Stopwatch.GetTimestamp();
        var objective = new DescentLosses.MaskedObjective<float>(RatingCache.Get(RatingSize.Ml32M), 0.02, Rank);
        var at = Parameters<float>.Uniform(objective.Layout, 0, 0.3, seed: 3);
        var gradient = new Parameters<float>(objective.Layout);
        var value = objective.ValueAndGradient(at, gradient, objective.CreateWorkspace(workers));
        return double.IsFinite(value) ? Stopwatch.GetElapsedTime(start) : throw new InvalidOperationException($"The value is {value}.");
    }

    /// <summary>What a step took.</summary>
    internal sealed record Result(double Milliseconds, long PeakBytes);
}
