using AutoGradMf.Models;
using AutoGradMf.Objectives;
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

    /// <summary>As an error of clipped predictions, which slow steps do not change at first: of equal models, that of the lower objective is the better one.</summary>
    [Theory]
    [InlineData(13, 13, StoppingReason.IterationLimit)]
    [InlineData(6, 9, StoppingReason.Validation)]
    public void A_metric_that_stays_is_no_reason_to_stop_while_the_objective_falls(int worseFrom, int lastIteration, StoppingReason reason)
    {
        var (measured, objectives) = (0, new List<double>());
        var metric = new ValidationMetric<double>("error", _ => measured++ > worseFrom ? 2 : 1);

        var result = Fit(new(metric) { Patience = 3 }, iterations: 13, new ProgressRecord(p => objectives.Add(p.Objective)));

        Assert.Equal((lastIteration, reason), (result.Iterations, result.Reason));
        Assert.Equal(objectives[worseFrom], result.Objective);
    }

    /// <summary>The heavy ball swings past its minimum.</summary>
    [Fact]
    public void A_metric_that_stays_is_one_where_the_objective_does_not_fall()
    {
        var objectives = new List<double>();

        var result = new FactorTrainer(Problems.Quadratic<double>(3, condition: 2)).Fit(
            new() { Optimizer = new OwnOptimizer(), Validation = new(new ValidationMetric<double>("constant", _ => 1)) { Patience = 2 } },
            new ProgressRecord(p => objectives.Add(p.Objective)));

        Assert.Equal(StoppingReason.Validation, result.Reason);
        Assert.Equal(result.Iterations - 2, objectives.IndexOf(objectives.Min()));
        Assert.Equal(objectives.Min(), result.Objective);
    }

    [Fact]
    public void A_gain_is_maximized()
    {
        var measured = 0;
        var metric = new ValidationMetric<double>("recall", _ => -Errors[measured++], HigherIsBetter: true);

        Assert.Equal(9, Fit(new Validation<double>(metric) { Patience = 3 }, iterations: 13).Iterations);
    }

    [Fact]
    public void Rankings_validate_what_predicts_ratings()
    {
        var (relevant, seen) = (new SparsePattern(1, 2, [0, 1], [1]), new SparsePattern(1, 2, [0, 1], [0]));
        var recall = ValidationMetric<double>.Recall(relevant, seen, 20);
        var gain = ValidationMetric<double>.NormalizedDiscountedCumulativeGain(relevant, seen, 10);
        var model = new PopularityModel(seen);

        Assert.Equal(("Recall@20", true, 1.0), (recall.Name, recall.HigherIsBetter, recall.Measure(model)));
        Assert.Equal(("NDCG@10", true, 1.0), (gain.Name, gain.HigherIsBetter, gain.Measure(model)));
        Assert.Contains("predicts no ratings", Assert.Throws<ArgumentException>(() => recall.Measure(new FactorModel(model.Parameters))).Message);
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

        Assert.Equal([2, 0, 0, 2, 0, 0, 2, 0], scores);
    }

    [Fact]
    public void A_copy_of_a_metric_that_measures_something_else_measures_that()
    {
        var ratings = SparseMatrix<double>.FromCoordinates(2, 2, [(0, 0, 3.0)]);
        var scores = new List<double>();

        Fit(new(ValidationMetric<double>.RootMeanSquareError(ratings) with { Measure = _ => 7 }), iterations: 1, new ProgressRecord(p => scores.Add(p.Validation[0])));

        Assert.Equal([7, 7], scores);
    }

    [Fact]
    public void A_model_without_predictions_cannot_be_measured_by_their_error()
    {
        var ratings = SparseMatrix<double>.FromCoordinates(2, 2, [(0, 0, 3.0)]);

        var error = Assert.Throws<ArgumentException>(() => Fit(new(ValidationMetric<double>.RootMeanSquareError(ratings)), iterations: 1));

        Assert.StartsWith("FactorModel predicts no ratings: mark what predicts them in the loss with [Prediction]", error.Message);
    }

    [Fact]
    public void The_start_is_measured_reported_and_returned_where_it_is_the_best()
    {
        var reports = new List<TrainingProgress>();
        var start = new FactorTrainer(Problems.Rosenbrock(6)).Fit(new() { Stopping = new() { MaxIterations = 0 } });
        var measured = 0;

        var result = Fit(new(new ValidationMetric<double>("error", _ => measured++)) { Patience = 3 }, iterations: 13, new ProgressRecord(reports.Add));

        Assert.Equal([(0, 0.0), (1, 1.0), (2, 2.0), (3, 3.0)], reports.Select(p => (p.Iteration, p.Validation[0])));
        Assert.Equal(start.Objective, reports[0].Objective);
        Assert.Equal(start.Objective, result.Objective);
        Assert.Equal(start.Model.Parameters.Values.ToArray(), result.Model.Parameters.Values.ToArray());
    }

    [Theory]
    [InlineData(double.NaN, 0)]
    [InlineData(double.NaN, 3)]
    [InlineData(double.PositiveInfinity, 2)]
    public void A_metric_that_is_not_finite_ends_in_an_error_that_names_it_and_keeps_the_best(double value, int iteration)
    {
        var points = new List<double[]>();
        var metric = new ValidationMetric<double>("gain", model =>
        {
            points.Add(model.Parameters.Values.ToArray());
            return points.Count <= iteration ? points.Count : value;
        }, HigherIsBetter: true);

        var error = Assert.Throws<NonFiniteMetricException<double>>(() => Fit(new(metric), iterations: 13));

        Assert.Equal(("gain", iteration), (error.Metric, error.Iteration));
        Assert.Equal(iteration == 0 ? null : points[iteration - 1], error.Best?.Values.ToArray());
        Assert.StartsWith(
            FormattableString.Invariant($"The validation metric gain is {value} {(iteration == 0 ? "at the start" : $"after iteration {iteration}")}, and must be a finite number."),
            error.Message);
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

    [Fact]
    public void What_is_missing_is_refused_where_it_is_given()
    {
        var (metric, pattern) = (new ValidationMetric<double>("none", _ => 0), new SparsePattern(1, 2, [0, 1], [1]));
        Assert.Throws<ArgumentNullException>("Measure", () => new ValidationMetric<double>("none", null!));
        Assert.Throws<ArgumentNullException>("Name", () => new ValidationMetric<double>(null!, _ => 0));
        Assert.Throws<ArgumentNullException>("Measure", () => metric with { Measure = null! });
        Assert.Throws<ArgumentNullException>("metrics", () => new Validation<double>(metric, null!));
        Assert.Throws<ArgumentNullException>("ratings", () => ValidationMetric<double>.RootMeanSquareError(null!));
        Assert.Throws<ArgumentNullException>("ratings", () => ValidationMetric<double>.MeanAbsoluteError(null!));
        Assert.Throws<ArgumentNullException>("relevant", () => ValidationMetric<double>.Recall(null!, pattern, 5));
        Assert.Throws<ArgumentNullException>("seen", () => ValidationMetric<double>.Recall(pattern, null!, 5));
        Assert.Throws<ArgumentNullException>("relevant", () => ValidationMetric<double>.NormalizedDiscountedCumulativeGain(null!, pattern, 5));
        Assert.Throws<ArgumentNullException>("seen", () => ValidationMetric<double>.NormalizedDiscountedCumulativeGain(pattern, null!, 5));
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

    private sealed class PopularityModel(SparsePattern ratings) : Model<double>(new(new ParameterLayout(new FactorShape("x", FactorKind.Scalar, 1, 1)))), IRatingModel
    {
        private readonly Popularity _popularity = new(ratings);

        public int Rows => _popularity.Rows;

        public int Columns => _popularity.Columns;

        public double Predict(int row, int column) => _popularity.Predict(row, column);
    }
}
