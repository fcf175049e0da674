using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Numerics;
using AutoGradMf.Objectives;
using AutoGradMf.Optimizers;
using Microsoft.Extensions.Logging;

namespace AutoGradMf.Training;

/// <summary>The source and the meter, both named AutoGradMf, that training is traced and measured by.</summary>
internal static class TrainingTelemetry
{
    public static readonly ActivitySource Source = new("AutoGradMf");
    public static readonly Meter Meter = new("AutoGradMf");
    public static readonly Counter<long> Iterations = Meter.CreateCounter<long>("autogradmf.iterations", "{iteration}", "Iterations of training.");
    public static readonly Gauge<double> Objective = Meter.CreateGauge<double>("autogradmf.objective", null, "The objective after the last iteration.");
    public static readonly Histogram<double> Duration = Meter.CreateHistogram<double>("autogradmf.iteration.duration", "s", "The time of an iteration.");
}

/// <summary>Tells a logger, a trace and a meter of one run of training what its progress is told.</summary>
internal sealed partial class TrainingTelemetry<TElement> : IProgress<TrainingProgress>, IDisposable
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    private readonly ILogger? _logger;
    private readonly IProgress<TrainingProgress>? _progress;
    private readonly Activity? _activity;
    private readonly KeyValuePair<string, object?>[] _tags;
    private readonly string _objective;
    private readonly string _optimizer;
    private long _before;

    public TrainingTelemetry(IObjective<TElement> objective, IOptimizer<TElement> optimizer, ILogger? logger, IProgress<TrainingProgress>? progress)
    {
        (_objective, _optimizer) = (objective.GetType().Name.Split('`')[0], optimizer.Name);
        (_logger, _progress) = (logger, progress);
        _tags = [new("objective", _objective), new("optimizer", _optimizer)];
        _activity = TrainingTelemetry.Source.StartActivity($"Fit {_objective}");
        _activity?.SetTag("objective", _objective).SetTag("optimizer", _optimizer).SetTag("parameters", objective.Layout.Count);
    }

    /// <summary>Tells of the end of training, however it ends.</summary>
    public OptimizationResult<TElement> Watch(Func<OptimizationResult<TElement>> train)
    {
        if (_logger is not null)
        {
            Began(_logger, _objective, _optimizer);
        }

        try
        {
            var result = train();
            _activity?.SetTag("objective.value", result.Objective).SetTag("iterations", result.Iterations).SetTag("reason", result.Reason.ToString());
            if (_logger is not null)
            {
                Ended(_logger, _objective, result.Reason, result.Iterations, result.Objective, result.Elapsed.TotalSeconds);
            }

            return result;
        }
        catch (Exception exception)
        {
            _activity?.SetStatus(ActivityStatusCode.Error, exception.Message);
            if (_logger is not null)
            {
                Failed(_logger, exception, _objective);
            }

            throw;
        }
    }

    /// <summary>Tells that what comes first, a start or a checkpoint, is there: from here on iterations take their time.</summary>
    public void Started() => _before = Stopwatch.GetTimestamp();

    public void Report(TrainingProgress value)
    {
        TrainingTelemetry.Objective.Record(value.Objective, _tags);
        if (value.Iteration > 0)
        {
            TrainingTelemetry.Iterations.Add(1, _tags);
            TrainingTelemetry.Duration.Record(Stopwatch.GetElapsedTime(_before).TotalSeconds, _tags);
        }

        _before = Stopwatch.GetTimestamp();
        if (_logger is not null)
        {
            if (value.Repetitions > 0)
            {
                Repeated(_logger, value.Iteration, value.Repetitions, value.Step);
            }

            Iterated(_logger, value.Iteration, value.Objective, value.GradientNorm);
        }

        _progress?.Report(value);
    }

    /// <summary>Tells that a checkpoint is missing, while training goes on.</summary>
    public void CouldNotSave(CheckpointException failure)
    {
        _activity?.AddEvent(new("Checkpoint not written", tags: new() { ["message"] = failure.Message }));
        if (_logger is not null)
        {
            NotSaved(_logger, failure, failure.Path);
        }
    }

    public void Dispose() => _activity?.Dispose();

    [LoggerMessage(1, LogLevel.Information, "Training of {Objective} by {Optimizer} begins")]
    private static partial void Began(ILogger logger, string objective, string optimizer);

    [LoggerMessage(2, LogLevel.Debug, "Iteration {Iteration}: objective {Objective}, gradient norm {GradientNorm}")]
    private static partial void Iterated(ILogger logger, int iteration, double objective, double gradientNorm);

    [LoggerMessage(5, LogLevel.Warning, "Iteration {Iteration} diverged: it was undone and repeated with half the step {Repetitions} times, and the step is {Step} now")]
    private static partial void Repeated(ILogger logger, int iteration, int repetitions, double step);

    [LoggerMessage(3, LogLevel.Information, "Training of {Objective} ended ({Reason}) after {Iterations} iterations at {Value}, {Seconds} s")]
    private static partial void Ended(ILogger logger, string objective, StoppingReason reason, int iterations, double value, double seconds);

    [LoggerMessage(4, LogLevel.Error, "Training of {Objective} failed")]
    private static partial void Failed(ILogger logger, Exception exception, string objective);

    [LoggerMessage(6, LogLevel.Warning, "The checkpoint {Path} could not be written; training goes on, and tries again when the next is due")]
    private static partial void NotSaved(ILogger logger, Exception exception, string path);
}
