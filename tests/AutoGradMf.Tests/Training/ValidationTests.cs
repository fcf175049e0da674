using AutoGradMf.Optimizers;
using AutoGradMf.Tests.Optimizers;
using AutoGradMf.Training;
using Xunit;

namespace AutoGradMf.Tests.Training;

/// <summary>The best model by the metric is returned, and training ends when it gets no better.</summary>
public sealed class ValidationTests
{
    private static readonly double[] Errors = [9, 8, 7, 3, 4, 5, 2, 6, 6, 6, 6, 6, 6, 1];

    [Theory]
    [InlineData(1, 4, 3)]
    [InlineData(2, 5, 3)]
    [InlineData(3, 9, 6)]
    [InlineData(7, 13, 13)]
    public void Patience_decides_which_minimum_of_the_metric_ends_training(int patience, int lastIteration, int bestIteration)
    {
        var points = new List<double[]>();
        var measured = 0;
        var metric = new ValidationMetric<double>("error", model =>
        {
            points.Add(model.Parameters.Values.ToArray());
            return Errors[measured++];
        });

        var result = Fit(new Validation<double>(metric) { Patience = patience }, iterations: 13);

        Assert.Equal(lastIteration, result.Iterations);
        Assert.Equal(points[bestIteration], result.Model.Parameters.Values.ToArray());
        Assert.Equal(lastIteration < 13 ? StoppingReason.Validation : StoppingReason.IterationLimit, result.Reason);
    }

    [Fact]
    public void A_gain_is_maximized()
    {
        var measured = 0;
        var metric = new ValidationMetric<double>("recall", _ => -Errors[measured++], HigherIsBetter: true);

        Assert.Equal(9, Fit(new Validation<double>(metric) { Patience = 3 }, iterations: 13).Iterations);
    }

    [Fact]
    public void Progress_has_all_metrics_of_the_iterations_that_were_measured()
    {
        var validation = new Validation<double>(
            new ValidationMetric<double>("first", m => m.Parameters.Values[0]), new ValidationMetric<double>("second", m => m.Parameters.Values[1]))
        {
            EveryIterations = 3,
        };
        var scores = new List<int>();

        Fit(validation, iterations: 7, new ProgressRecord(p => scores.Add(p.Validation.Count)));

        Assert.Equal([0, 0, 2, 0, 0, 2, 0], scores);
    }

    [Fact]
    public void A_model_without_predictions_cannot_be_measured_by_their_error()
    {
        var ratings = SparseMatrix<double>.FromCoordinates(2, 2, [(0, 0, 3.0)]);

        var error = Assert.Throws<ArgumentException>(() => Fit(new(ValidationMetric<double>.RootMeanSquareError(ratings)), iterations: 1));

        Assert.StartsWith("FactorModel predicts no ratings: mark what predicts them in the loss with [Prediction]", error.Message);
    }

    [Fact]
    public void Impossible_settings_are_refused()
    {
        var metric = new ValidationMetric<double>("none", _ => 0);
        Assert.Throws<ArgumentException>(() => new Validation<double>());
        Assert.Throws<ArgumentOutOfRangeException>("Patience", () => new Validation<double>(metric) { Patience = 0 });
        Assert.Throws<ArgumentOutOfRangeException>("EveryIterations", () => new Validation<double>(metric) { EveryIterations = 0 });
        Assert.Throws<ArgumentOutOfRangeException>("EveryIterations", () => new Checkpoints("x") { EveryIterations = 0 });
        Assert.Throws<ArgumentOutOfRangeException>("Every", () => new Checkpoints("x") { Every = TimeSpan.FromSeconds(-1) });
    }

    private static TrainingResult<FactorModel> Fit(Validation<double> validation, int iterations, IProgress<TrainingProgress>? progress = null) =>
        new FactorTrainer(Problems.Rosenbrock(6)).Fit(
            new()
            {
                Optimizer = new GradientDescent<double>(),
                Validation = validation,
                Stopping = new() { MaxIterations = iterations, RelativeObjectiveTolerance = 0 },
            },
            progress);
}
