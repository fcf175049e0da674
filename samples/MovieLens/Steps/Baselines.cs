using AutoGradMf.Models;
using AutoGradMf.Samples.MovieLens.Report;
using AutoGradMf.Training;
using Spectre.Console;
using static AutoGradMf.LossMath;

namespace AutoGradMf.Samples.MovieLens.Steps;

/// <summary>What a factorization has to beat: means, and biases alone.</summary>
internal static class Baselines
{
    /// <summary>Names, as JSON has them, and models of the ratings <paramref name="train"/>; a mean of nothing is the mean of all.</summary>
    public static IReadOnlyList<(string Name, IRatingModel Model)> Train(
        SparseMatrix<double> train, TrainingOptions<double> training, IAnsiConsole console, CancellationToken cancellationToken)
    {
        var mean = ObservedMean(train);
        var movieMeans = ColumnMeans(train);
        var userMeans = RowMeans(train);
        var trainer = new Losses.BiasOnlyTrainer<double>(train, RunOptions.BiasReg);
        return
        [
            ("globalMean", new FormulaModel(train.Rows, train.Columns, (_, _) => mean)),
            ("movieMean", new FormulaModel(train.Rows, train.Columns, (_, movie) => movieMeans[movie])),
            ("userMean", new FormulaModel(train.Rows, train.Columns, (user, _) => userMeans[user])),
            ("biasOnly", console.Fit("bias-only", trainer, training, cancellationToken).Model),
        ];
    }

    private sealed class FormulaModel(int rows, int columns, Func<int, int, double> predict) : IRatingModel
    {
        public int Rows => rows;

        public int Columns => columns;

        public double Predict(int row, int column) => predict(row, column);
    }
}
