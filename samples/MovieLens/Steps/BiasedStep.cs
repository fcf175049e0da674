using System.Globalization;
using AutoGradMf.Data;
using AutoGradMf.Evaluation;
using AutoGradMf.Models;
using AutoGradMf.Optimizers;
using AutoGradMf.Samples.MovieLens.Report;
using AutoGradMf.Training;
using Spectre.Console;

namespace AutoGradMf.Samples.MovieLens.Steps;

/// <summary>Trains the masked, biased loss on 80 % of the ratings and judges it, beside its baselines, by the other 20 %.</summary>
internal static class BiasedStep
{
    /// <summary>The test error stops falling long before the objective does.</summary>
    private static readonly StoppingCriteria Stopping = new() { RelativeObjectiveTolerance = 1e-6, GradientTolerance = 1e-5 };

    public static (BiasedFigures Figures, IReadOnlyDictionary<string, ErrorFigures> Baselines, IRatingModel Model) Run(
        SparseMatrix<double> ratings, RunOptions options, IAnsiConsole console, CancellationToken cancellationToken)
    {
        console.Heading("3. The masked, biased loss: μ + b + d + u·m on the observed ratings");
        var split = RatingSplit.Sample(ratings, RunOptions.TestFraction, options.Seed);
        var range = RangeOf(split.Train);
        var training = new TrainingOptions<double> { Stopping = Stopping, Seed = options.Seed, Threads = options.Threads };
        var baselines = Baselines.Train(split.Train, training, console, cancellationToken)
            .ToDictionary(baseline => baseline.Name, baseline => ErrorsOf(baseline.Model, split.Test, range));
        cancellationToken.ThrowIfCancellationRequested();

        var trainer = new Losses.BiasedTrainer<double>(split.Train, options.BiasedReg, RunOptions.BiasReg, options.BiasedRank);
        var result = console.Fit("biased", trainer, training, cancellationToken);
        var errors = ErrorsOf(result.Model, split.Test, range);
        console.MarkupLineInterpolated(
            CultureInfo.InvariantCulture,
            $"rank {options.BiasedRank}, ridge {options.BiasedReg} on factors and {RunOptions.BiasReg} on biases: {result.Iterations} iterations, {result.Elapsed.TotalSeconds:F1} s ({result.Reason})");
        Show(baselines, errors, split.Test.Count, console);
        return (new(errors.TestRmse, errors.TestMae, result.Elapsed.TotalSeconds, result.Iterations), baselines, result.Model);
    }

    private static RatingRange RangeOf(SparseMatrix<double> ratings)
    {
        double least = double.PositiveInfinity, most = double.NegativeInfinity;
        foreach (var value in ratings.Values)
        {
            (least, most) = (Math.Min(least, value), Math.Max(most, value));
        }

        return new RatingRange(least, most);
    }

    private static ErrorFigures ErrorsOf(IRatingModel model, SparseMatrix<double> test, RatingRange range) =>
        new(RootMeanSquareError.Of(model, test, range), MeanAbsoluteError.Of(model, test, range));

    private static void Show(Dictionary<string, ErrorFigures> baselines, ErrorFigures biased, int testCount, IAnsiConsole console)
    {
        var table = Screen.Figures(string.Create(CultureInfo.InvariantCulture, $"on {testCount:N0} test ratings"), "RMSE", "MAE");
        foreach (var (name, errors) in baselines)
        {
            Row(name, errors);
        }

        Row("biased factorization", biased);
        console.Write(table);

        void Row(string name, ErrorFigures errors) => table.AddRow(
            name, errors.TestRmse.ToString("F4", CultureInfo.InvariantCulture), errors.TestMae.ToString("F4", CultureInfo.InvariantCulture));
    }
}
