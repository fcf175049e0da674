using System.Diagnostics;
using AutoGradMf.Optimizers;
using AutoGradMf.Tests.Optimizers;
using AutoGradMf.Training;

namespace AutoGradMf.Tests.Training;

/// <summary>A process that trains and saves after each iteration until it is killed: this assembly, started as a program.</summary>
internal static class CheckpointChild
{
    /// <summary>What the child does; it does not end by itself.</summary>
    public static int Run(string checkpoint)
    {
        Train(checkpoint, int.MaxValue, new ProgressRecord(p => Console.WriteLine(p.Iteration)));
        return 0;
    }

    public static Process Start(string checkpoint) => ChildProcess.Start([nameof(CheckpointChild), checkpoint]);

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
