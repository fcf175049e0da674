using AutoGradMf.Models;
using AutoGradMf.Objectives;
using AutoGradMf.Optimizers;
using AutoGradMf.Tests.Data;
using AutoGradMf.Tests.Optimizers;
using AutoGradMf.Training;
using Xunit;

namespace AutoGradMf.Tests.Training;

/// <summary>A run that has to end while a model is measured ends at the one measured before, and goes on from there bit for bit.</summary>
public sealed class MeasuringInterruptionTests : IDisposable
{
    private const int Iterations = 9;

    /// <summary>As many predictions as take a while, in one row for each.</summary>
    private const int Predictions = 200_000;
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Optimizers => ["gradient descent", "L-BFGS", "Adam"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void Cancelled_within_a_measurement_it_goes_on_bit_for_bit(string optimizer)
    {
        var whole = Fit(optimizer, "whole", (_, _) => { });
        using var source = new CancellationTokenSource();
        var iterations = new List<int>();

        // The start is measurement 0.
        var part = Fit(optimizer, "parts", (measurement, row) => CancelAt(measurement == 5 && row == Predictions / 2), cancellationToken: source.Token);
        Assert.Equal((StoppingReason.Cancelled, 4), (part.Reason, part.Iterations));
        var rest = Fit(optimizer, "parts", (_, _) => { }, resume: true, progress: new ProgressRecord(p => iterations.Add(p.Iteration)));

        Assert.Equal(Enumerable.Range(5, Iterations - 4), iterations);
        Assert.Equal((whole.Reason, whole.Iterations, whole.Objective), (rest.Reason, rest.Iterations, rest.Objective));
        Assert.Equal(whole.Model.Parameters.Values.ToArray(), rest.Model.Parameters.Values.ToArray());
        Assert.NotEqual(part.Model.Parameters.Values.ToArray(), rest.Model.Parameters.Values.ToArray());

        void CancelAt(bool isThere)
        {
            if (isThere)
            {
                source.Cancel();
            }
        }
    }

    [Fact]
    public void Out_of_time_within_a_measurement_it_says_so_and_counts_what_was_measured()
    {
        var limit = TimeSpan.FromSeconds(3);
        var began = 0;
        var result = Fit("L-BFGS", "time", Linger, maxTime: limit);
        Assert.Equal((StoppingReason.TimeLimit, Math.Max(0, began - 1)), (result.Reason, result.Iterations));

        void Linger(int measurement, int row)
        {
            if (row == 0)
            {
                began = measurement;
                Thread.Sleep(measurement == 2 ? limit : TimeSpan.Zero);
            }
        }
    }

    [Fact]
    public void Cancelled_within_the_first_measurement_it_returns_the_start_at_once()
    {
        using var source = new CancellationTokenSource();
        var predicted = 0;
        var result = Fit("L-BFGS", "start", (_, _) => CancelAt(Interlocked.Increment(ref predicted)), cancellationToken: source.Token);
        var start = new FactorTrainer(Problems.Rosenbrock(6)).Fit(new() { Stopping = new() { MaxIterations = 0 } });

        Assert.Equal((StoppingReason.Cancelled, 0), (result.Reason, result.Iterations));
        Assert.Equal(start.Model.Parameters.Values.ToArray(), result.Model.Parameters.Values.ToArray());
        Assert.InRange(predicted, 1, Predictions / 2);
        Assert.False(File.Exists(PathOf("start")));

        void CancelAt(int prediction)
        {
            if (prediction == 1)
            {
                source.Cancel();
            }
        }
    }

    private string PathOf(string file) => Path.Combine(_folder.FullPath, file);

    private TrainingResult<WatchedModel> Fit(
        string optimizer, string file, Action<int, int> predicted, bool resume = false, TimeSpan? maxTime = null, IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default) =>
        new WatchedTrainer(Problems.Rosenbrock(6), predicted).Fit(
            new()
            {
                Optimizer = optimizer switch
                {
                    "L-BFGS" => new LimitedMemoryBfgs<double>(),
                    "Adam" => new Adam<double>(),
                    _ => new GradientDescent<double>(),
                },
                Threads = 2,
                Validation = new(ValidationMetric<double>.RootMeanSquareError(Ones)) { Patience = 100 },
                Stopping = new() { MaxIterations = Iterations, RelativeObjectiveTolerance = 0, MaxTime = maxTime },
                Checkpoints = new(PathOf(file)) { EveryIterations = 100, Resume = resume },
            },
            progress,
            cancellationToken);

    /// <summary>Where the least of the function is, which each iteration comes nearer to.</summary>
    private static readonly SparseMatrix<double> Ones = SparseMatrix<double>.FromCoordinates(
        Predictions, 1, [.. Enumerable.Range(0, Predictions).Select(row => (row, 0, 1.0))]);

    /// <summary>Predicts its first parameter, and says so.</summary>
    private sealed class WatchedModel(Parameters<double> parameters, Action<int> predicted) : Model<double>(parameters), IRatingModel
    {
        public int Rows => Predictions;

        public int Columns => 1;

        public double Predict(int row, int column)
        {
            predicted(row);
            return Parameters.Values[0];
        }
    }

    private sealed class WatchedTrainer(IObjective<double> objective, Action<int, int> predicted) : Trainer<double, WatchedModel>(objective)
    {
        private int _models;

        protected override WatchedModel CreateModel(Parameters<double> parameters)
        {
            var measurement = _models++;
            return new(parameters, row => predicted(measurement, row));
        }
    }
}
