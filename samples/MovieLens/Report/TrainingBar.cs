using System.Diagnostics;
using System.Globalization;
using AutoGradMf.Models;
using AutoGradMf.Training;
using Spectre.Console;

namespace AutoGradMf.Samples.MovieLens.Report;

/// <summary>Trains while it shows how far: a live bar on a terminal; elsewhere a line from time to time.</summary>
internal static class TrainingBar
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(10);

    public static TrainingResult<TModel> Fit<TModel>(
        this IAnsiConsole console, string name, Trainer<double, TModel> trainer, TrainingOptions<double> options, CancellationToken cancellationToken)
        where TModel : Model<double>
    {
        if (!console.Profile.Out.IsTerminal)
        {
            return trainer.Fit(options, new Lines(console, name), cancellationToken);
        }

        return console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new ElapsedTimeColumn(), new SpinnerColumn())
            .Start(context => trainer.Fit(options, new Bar(context.AddTask(name), name, options.Stopping.GradientTolerance), cancellationToken));
    }

    /// <summary>The bar is full when the gradient has lost as many digits as training asks for.</summary>
    private sealed class Bar(ProgressTask task, string name, double gradientTolerance) : IProgress<TrainingProgress>
    {
        private double _first;

        public void Report(TrainingProgress value)
        {
            _first = _first == 0 ? value.GradientNorm : _first;
            task.Description = string.Create(CultureInfo.InvariantCulture, $"{name}: iteration {value.Iteration}, objective {value.Objective:G8}");
            task.Value = Math.Max(task.Value, task.MaxValue * Math.Log(value.GradientNorm / _first) / Math.Log(gradientTolerance));
        }
    }

    private sealed class Lines(IAnsiConsole console, string name) : IProgress<TrainingProgress>
    {
        private readonly Stopwatch _sinceLine = Stopwatch.StartNew();

        public void Report(TrainingProgress value)
        {
            if (_sinceLine.Elapsed >= BetweenLines)
            {
                console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{name}: iteration {value.Iteration}, objective {value.Objective:G8}, gradient {value.GradientNorm:0.0e-00}"));
                _sinceLine.Restart();
            }
        }
    }
}
