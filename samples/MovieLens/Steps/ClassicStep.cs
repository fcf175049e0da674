using System.Globalization;
using AutoGradMf.Optimizers;
using AutoGradMf.Samples.MovieLens.Optimum;
using AutoGradMf.Samples.MovieLens.Report;
using AutoGradMf.Training;
using Spectre.Console;

namespace AutoGradMf.Samples.MovieLens.Steps;

/// <summary>Trains the classic loss and shows the value it reaches beside the least there is.</summary>
internal static class ClassicStep
{
    /// <summary>By the gradient: near a saddle the objective hardly falls for a while, and yet is far from its least value.</summary>
    private static readonly StoppingCriteria Stopping = new()
    {
        MaxIterations = 10_000,
        RelativeObjectiveTolerance = 1e-12,
        GradientTolerance = 1e-5,
    };

    public static ClassicFigures Run(
        SparseMatrix<double> ratings, RunOptions options, IAnsiConsole console, CancellationToken cancellationToken)
    {
        console.Heading("2. The classic loss: every missing rating filled by its movie's mean");
        var trainer = new Losses.ClassicTrainer<double>(ratings, options.ClassicReg, options.ClassicRank);
        var training = new TrainingOptions<double> { Stopping = Stopping, Seed = options.Seed, Threads = options.Threads };
        var result = console.Fit("classic", trainer, training, cancellationToken);
        console.MarkupLineInterpolated(
            CultureInfo.InvariantCulture,
            $"rank {options.ClassicRank}, λ {options.ClassicReg}: {result.Iterations} iterations, {result.Elapsed.TotalSeconds:F1} s ({result.Reason})");
        console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"objective reached  {result.Objective:F6}");

        var optimum = ClassicOptimum.Of(ratings, options.ClassicReg, options.ClassicRank, cancellationToken);
        var gap = optimum > 0 ? (result.Objective - optimum) / optimum : result.Objective;
        console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"exact optimum      {optimum:F6}");
        console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"relative gap       [bold]{gap:0.0e-00}[/]");
        return new ClassicFigures(result.Objective, optimum, gap, result.Elapsed.TotalSeconds, result.Iterations);
    }
}
