using System.Diagnostics;
using System.Globalization;
using AutoGradMf.Benchmarks.Reporting;

namespace AutoGradMf.Benchmarks.Gradients;

/// <summary>
/// PyTorch's autograd, by TorchSharp: in a process of its own, since how its memory is allocated is set by
/// environment variables before it starts.
/// </summary>
internal static class TorchGradient
{
    public const string Command = "torch-gradient";

    /// <summary>Large blocks stay with the process: without this, each of the temporaries of an evaluation is mapped and unmapped.</summary>
    private static readonly (string Name, string Value)[] TunedAllocator =
        [("MALLOC_MMAP_MAX_", "0"), ("MALLOC_TRIM_THRESHOLD_", "-1"), ("MALLOC_TOP_PAD_", "268435456")];

    /// <summary>The implementations, with what sets their processes apart.</summary>
    public static IReadOnlyList<(string Name, (string Name, string Value)[] Environment)> Implementations =>
        [("PyTorch autograd, as it comes", []), ("PyTorch autograd, allocator tuned", TunedAllocator)];

    /// <summary>What a child process measures; null with a reason on the error stream where TorchSharp is missing.</summary>
    public static Timing? Measure(string data, int k, int threads, int rounds, (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(
            "dotnet",
            [typeof(TorchGradient).Assembly.Location, Command, data, Text(rounds), "--threads", Text(threads), "--k", Text(k)])
        {
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var child = Process.Start(start)!;
        var numbers = child.StandardOutput.ReadToEnd().Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        child.WaitForExit();
        return child.ExitCode == 0 && numbers.Length == 2
            ? new(double.Parse(numbers[0], CultureInfo.InvariantCulture), double.Parse(numbers[1], CultureInfo.InvariantCulture))
            : null;
    }

    /// <summary>What the child process does: writes the median and the minimum in milliseconds.</summary>
    public static int RunHere(string data, int k, int threads, int rounds, TextWriter output)
    {
#if HAS_TORCHSHARP
        if (TorchSharp.Tests.TorchLibrary.Obstacle is { } obstacle)
        {
            Console.Error.WriteLine(obstacle);
            return 1;
        }

        var timing = TorchEvaluation.Measure(data, k, threads, rounds);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{timing.Median:R} {timing.Minimum:R}"));
        return 0;
#else
        Console.Error.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"TorchSharp-cpu is not on the configured feeds: {data} with k = {k} is not measured ({threads} threads, {rounds} rounds)."));
        return 1;
#endif
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
