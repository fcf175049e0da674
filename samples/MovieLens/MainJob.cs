using System.Globalization;
using AutoGradMf.Data;
using AutoGradMf.Samples.MovieLens.Report;
using AutoGradMf.Samples.MovieLens.Steps;
using AutoGradMf.Samples.MovieLens.Synthetic;
using Spectre.Console;

namespace AutoGradMf.Samples.MovieLens;

/// <summary>Everything that this program shows, in its order.</summary>
internal static class MainJob
{
    /// <summary>The synthetic ratings are one data set, so their seed is not the one of <c>--seed</c>.</summary>
    private const int SyntheticSeed = 1;

    /// <exception cref="OperationCanceledException">Cancelled; what could be shown was.</exception>
    public static void Run(RunOptions options, TextWriter output, CancellationToken cancellationToken)
    {
        using var file = options.Json is null ? null : new FiguresFile(options.Json);
        var console = Screen.Over(output);
        var ratings = options.Data is null
            ? SyntheticRatings.Create(SyntheticSeed)
            : MovieLensFolder.Load(options.Data, cancellationToken: cancellationToken);
        var user = InputCheck.Run(options, ratings);
        var dataset = new DatasetFigures(
            options.Data ?? "synthetic", ratings.Matrix.Rows, ratings.Matrix.Columns, ratings.Matrix.Count);
        console.MarkupLineInterpolated(
            CultureInfo.InvariantCulture, $"[bold]{dataset.Name}[/]: {dataset.Ratings:N0} ratings of {dataset.Movies:N0} movies by {dataset.Users:N0} users");

        var gradientCheck = GradientCheckStep.Run(ratings.Matrix, options, console, cancellationToken);
        var classic = ClassicStep.Run(ratings.Matrix, options, console, cancellationToken);
        var biased = BiasedStep.Run(ratings.Matrix, options, console, cancellationToken);
        RecommendStep.Run(ratings, user, biased.Model, console);

        cancellationToken.ThrowIfCancellationRequested();
        file?.Write(new Figures(dataset, OptionsOf(options), LargestByFactor(gradientCheck), gradientCheck, classic, biased.Figures, biased.Baselines));
    }

    private static Dictionary<string, double> LargestByFactor(IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> byLoss) => byLoss.Values
        .SelectMany(loss => loss)
        .GroupBy(factor => factor.Key, factor => factor.Value)
        .ToDictionary(factor => factor.Key, factor => factor.Max());

    private static OptionFigures OptionsOf(RunOptions options) => new(
        options.ClassicRank, options.ClassicReg, options.BiasedRank, options.BiasedReg, RunOptions.BiasReg, options.Seed, options.Threads);
}
