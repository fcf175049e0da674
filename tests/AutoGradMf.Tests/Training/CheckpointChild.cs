using System.Diagnostics;
using AutoGradMf.Initialization;
using AutoGradMf.Optimizers;
using AutoGradMf.Tests.Optimizers;
using AutoGradMf.Training;

namespace AutoGradMf.Tests.Training;

/// <summary>A process that trains and saves after each iteration until it is killed: this assembly, started as a program.</summary>
internal static class CheckpointChild
{
    /// <summary>What the child does; it does not end by itself.</summary>
    public static int Run(string optimizer, string checkpoint)
    {
        Train(optimizer, checkpoint, int.MaxValue, new ProgressRecord(p => Console.WriteLine(p.Iteration)));
        return 0;
    }

    public static Process Start(string optimizer, string checkpoint) => ChildProcess.Start([nameof(CheckpointChild), optimizer, checkpoint]);

    /// <summary>Of the methods, quasi-Newton ones and averages of gradients have more state than the point; multiplicative ones train another loss.</summary>
    public static TrainingResult<FactorModel> Train(string optimizer, string checkpoint, int iterations, IProgress<TrainingProgress>? progress) =>
        new FactorTrainer(optimizer == nameof(MultiplicativeUpdates<>) ? new LowRank() : Problems.Quadratic<double>(20_000, condition: 1e9)).Fit(
            new()
            {
                Optimizer = optimizer switch
                {
                    nameof(GradientDescent<>) => new GradientDescent<double>(),
                    nameof(LimitedMemoryBfgs<>) => new LimitedMemoryBfgs<double>(),
                    nameof(Adam<>) => new Adam<double>(),
                    nameof(MultiplicativeUpdates<>) => new MultiplicativeUpdates<double>(),
                    _ => throw new ArgumentOutOfRangeException(nameof(optimizer), optimizer, "It is none of those that a child trains with."),
                },
                Initialization = new UniformInitialization<double>(0.1, 1),
                Validation = new(new ValidationMetric<double>("first", m => Math.Abs(m.Parameters.Values[0]))) { Patience = int.MaxValue },
                Stopping = new() { MaxIterations = iterations, RelativeObjectiveTolerance = 0, GradientTolerance = 0, Window = int.MaxValue },
                Checkpoints = new(checkpoint) { EveryIterations = 1, Resume = true },
            },
            progress);
}
