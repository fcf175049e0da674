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
        var whole = Fit(optimizer, "whole", resume: false, (_, _) => { }, CancellationToken.None);
        using var source = new CancellationTokenSource();

        // The start is measurement 0.
        var part = Fit(optimizer, "parts", resume: false, Cancel, source.Token);
        var rest = Fit(optimizer, "parts", resume: true, (_, _) => { }, CancellationToken.None);

        Assert.Equal((StoppingReason.Cancelled, 4), (part.Reason, part.Iterations));
        Assert.Equal((whole.Reason, whole.Iterations, whole.Objective), (rest.Reason, rest.Iterations, rest.Objective));
        Assert.Equal(whole.Model.Parameters.Values.ToArray(), rest.Model.Parameters.Values.ToArray());

        void Cancel(int measurement, int row)
        {
            if (measurement == 5 && row == Predictions / 2)
            {
                source.Cancel();
            }
        }
    }

    [Fact]
    public void Out_of_time_within_a_measurement_it_says_so()
    {
        var result = Fit("L-BFGS", "time", resume: false, Linger, CancellationToken.None, TimeSpan.FromSeconds(2));
        Assert.Equal((StoppingReason.TimeLimit, 1), (result.Reason, result.Iterations));

        static void Linger(int measurement, int row)
        {
            if (measurement == 2 && row % 100 == 0)
            {
                Thread.Sleep(50);
            }
        }
    }

    [Fact]
    public void Cancelled_within_the_first_measurement_it_returns_the_start()
    {
        using var source = new CancellationTokenSource();
        var result = Fit("L-BFGS", "start", resume: false, (_, row) => CancelAt(row), source.Token);
        Assert.Equal((StoppingReason.Cancelled, 0), (result.Reason, result.Iterations));

        void CancelAt(int row)
        {
            if (row == 0)
            {
                source.Cancel();
            }
        }
    }

    private TrainingResult<WatchedModel> Fit(
        string optimizer, string file, bool resume, Action<int, int> predicted, CancellationToken cancellationToken, TimeSpan? maxTime = null) =>
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
                Validation = new(ValidationMetric<double>.RootMeanSquareError(Zeros)) { Patience = 100 },
                Stopping = new() { MaxIterations = Iterations, RelativeObjectiveTolerance = 0, MaxTime = maxTime },
                Checkpoints = new(Path.Combine(_folder.FullPath, file)) { EveryIterations = 100, Resume = resume },
            },
            progress: null,
            cancellationToken);

    private static readonly SparseMatrix<double> Zeros = SparseMatrix<double>.FromCoordinates(
        Predictions, 1, [.. Enumerable.Range(0, Predictions).Select(row => (row, 0, 0.0))]);

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
