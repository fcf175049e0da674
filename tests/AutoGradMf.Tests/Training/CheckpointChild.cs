using System.Diagnostics;
using AutoGradMf.Optimizers;
using AutoGradMf.Tests.Optimizers;
using AutoGradMf.Training;

namespace AutoGradMf.Tests.Training;

/// <summary>A process that trains and saves after each iteration until it is killed: this assembly, started as a program.</summary>
internal static class CheckpointChild
{
    /// <summary>The entry point; test runners load the assembly and do not come by it.</summary>
    public static void Main(string[] arguments) => Train(arguments[0], int.MaxValue, new ProgressRecord(p => Console.WriteLine(p.Iteration)));

    public static Process Start(string checkpoint) => Process.Start(
        new ProcessStartInfo("dotnet", [typeof(CheckpointChild).Assembly.Location, checkpoint]) { RedirectStandardOutput = true })!;

    public static TrainingResult<FactorModel> Train(string checkpoint, int iterations, IProgress<TrainingProgress>? progress) =>
        new FactorTrainer(Problems.Quadratic<double>(20_000, condition: 1e9)).Fit(
            new()
            {
                Optimizer = new GradientDescent<double>(),
                Stopping = new() { MaxIterations = iterations, RelativeObjectiveTolerance = 0, GradientTolerance = 0 },
                Checkpoints = new(checkpoint) { EveryIterations = 1, Resume = true },
            },
            progress);
}
