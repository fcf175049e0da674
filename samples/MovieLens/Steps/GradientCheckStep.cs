using System.Globalization;
using AutoGradMf.Objectives;
using AutoGradMf.Samples.MovieLens.Report;
using Spectre.Console;

namespace AutoGradMf.Samples.MovieLens.Steps;

/// <summary>Compares the generated gradients with central differences of the losses as they are written.</summary>
internal static class GradientCheckStep
{
    private const double NotebookStep = 1e-5;

    /// <summary>The losses are quadratic in each element by itself, so a long step costs no accuracy and keeps rounding small.</summary>
    private const double BlockStep = 1e-2;

    private const double NotebookReg = 0.5;
    private const int NotebookRank = 4;
    private const int BlockUsers = 40;
    private const int BlockMovies = 60;
    private const int Sample = 100;

    private static readonly Matrix<double> NotebookRatings = new(new[,] { { 5.0, 3, 1 }, { 4, 1, 1 }, { 1, 2, 5 } });

    /// <summary>Per loss, per factor, the largest relative error.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> Run(
        SparseMatrix<double> ratings, RunOptions options, IAnsiConsole console, CancellationToken cancellationToken)
    {
        console.Heading("1. Generated gradients against central differences: largest |a − n| / max(1e-8, |a| + |n|)");
        var block = RatingBlock.Cut(ratings, BlockUsers, BlockMovies, options.Seed);
        console.MarkupLineInterpolated(
            CultureInfo.InvariantCulture,
            $"quadratic: {NotebookRatings.Rows}×{NotebookRatings.Columns} ratings, {NotebookRank} features, reg {NotebookReg}, every element, h = {NotebookStep:0e-0}");
        console.MarkupLineInterpolated(
            CultureInfo.InvariantCulture,
            $"the others: {block.Count:N0} ratings of {block.Columns} movies by {block.Rows} users cut out of the data, up to {Sample} elements of each factor, h = {BlockStep:0e-0}");

        var checks = new Dictionary<string, IReadOnlyDictionary<string, double>>();
        var table = Screen.Figures("loss", "factor", "largest error", "elements");
        Check("quadratic", new Losses.QuadraticObjective<double>(NotebookRatings, NotebookReg, NotebookRank), NotebookStep, sample: null);
        Check("classic", new Losses.ClassicObjective<double>(block, options.ClassicReg, options.ClassicRank), BlockStep, Sample);
        Check("biased", new Losses.BiasedObjective<double>(block, options.BiasedReg, RunOptions.BiasReg, options.BiasedRank), BlockStep, Sample);
        Check("biasOnly", new Losses.BiasOnlyObjective<double>(block, RunOptions.BiasReg), BlockStep, Sample);
        console.Write(table);
        return checks;

        void Check(string name, IObjective<double> objective, double step, int? sample)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var found = GradientCheck.Coordinates(objective, SomePoint(objective.Layout, options.Seed), step, sample, options.Seed);
            checks[name] = found.ToDictionary(check => check.Factor, check => check.LargestRelativeError);
            foreach (var check in found)
            {
                table.AddRow(
                    name,
                    check.Factor,
                    check.LargestRelativeError.ToString("0.0e-00", CultureInfo.InvariantCulture),
                    check.Checked.ToString(CultureInfo.InvariantCulture));
            }
        }
    }

    /// <summary>Numbers between 0 and 1 in every factor, vectors and scalars too.</summary>
    private static Parameters<double> SomePoint(ParameterLayout layout, int seed)
    {
        var point = new Parameters<double>(layout);
        var random = new Random(seed);
        foreach (ref var value in point.Values)
        {
            value = random.NextDouble();
        }

        return point;
    }
}
