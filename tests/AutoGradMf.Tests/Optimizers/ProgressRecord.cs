using AutoGradMf.Training;

namespace AutoGradMf.Tests.Optimizers;

/// <summary>Does something at each report, on the reporting thread (<see cref="Progress{T}"/> would post it to another).</summary>
internal sealed class ProgressRecord(Action<TrainingProgress> report) : IProgress<TrainingProgress>
{
    public void Report(TrainingProgress value) => report(value);
}
