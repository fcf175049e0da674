using AutoGradMf.Training;

namespace AutoGradMf.Corpus.Tests;

/// <summary>Does something at each report, on the reporting thread (<see cref="Progress{T}"/> would post it to another).</summary>
internal sealed class ProgressWatch(Action<TrainingProgress> report) : IProgress<TrainingProgress>
{
    public void Report(TrainingProgress value) => report(value);
}
