using System.Diagnostics;
using AutoGradMf.Evaluation;
using AutoGradMf.Initialization;
using AutoGradMf.Kernels;
using AutoGradMf.Objectives;
using AutoGradMf.Optimizers;
using AutoGradMf.Tests.Data;
using AutoGradMf.Tests.Optimizers;
using AutoGradMf.Training;
using Microsoft.Extensions.Logging;
using Xunit;

namespace AutoGradMf.Tests.Training;

/// <summary>What is refused as a checkpoint, and that whatever happens the last one is there.</summary>
public sealed class CheckpointTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string File => Path.Combine(_folder.FullPath, "run.checkpoint");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_checkpoint_cut_short_anywhere_is_refused()
    {
        Train();
        var whole = System.IO.File.ReadAllBytes(File);
        for (var length = 0; length < whole.Length; length += 7)
        {
            System.IO.File.WriteAllBytes(File, whole[..length]);
            Assert.Contains("cut short or altered", Assert.Throws<CheckpointException>(() => Train()).Message);
        }
    }

    [Fact]
    public void A_checkpoint_with_any_byte_altered_is_refused()
    {
        Train();
        var whole = System.IO.File.ReadAllBytes(File);
        for (var place = 0; place < whole.Length; place += 5)
        {
            var altered = (byte[])whole.Clone();
            altered[place] ^= 0x10;
            System.IO.File.WriteAllBytes(File, altered);
            Assert.Contains("cut short or altered", Assert.Throws<CheckpointException>(() => Train()).Message);
        }
    }

    [Fact]
    public void A_checkpoint_of_another_training_is_refused_and_the_message_says_in_what()
    {
        Train();

        var optimizer = Assert.Throws<CheckpointException>(() => Train(optimizer: new GradientDescent<double>()));
        var shape = Assert.Throws<CheckpointException>(() => Train(latent: 3));
        var data = Assert.Throws<CheckpointException>(() => Train(ridge: 2));
        var settings = Assert.Throws<CheckpointException>(() => Train(optimizer: new LimitedMemoryBfgs<double>(history: 3)));

        Assert.Contains("by L-BFGS\", and expected is \"FunctionObjective in Double U 6×2, M 5×2 by gradient descent\"", optimizer.Message);
        Assert.Contains("U 6×2, M 5×2 by L-BFGS\", and expected is \"FunctionObjective in Double U 6×3, M 5×3 by L-BFGS\"", shape.Message);
        Assert.Contains("a hyperparameter or the processor differs", data.Message);
        Assert.Contains("it was written by L-BFGS with History 10, and has History 3 here. Resume it with the same settings, or start from its factors with CheckpointStart.", settings.Message);
        Assert.All([optimizer, shape], e => Assert.EndsWith("or start from the same factors with CheckpointStart.", e.Message));
        Assert.All([optimizer, shape, data, settings], e => Assert.StartsWith($"The checkpoint {File} cannot be resumed: ", e.Message));
    }

    [Fact]
    public void The_first_setting_that_differs_is_named_and_equal_ones_are_resumed()
    {
        Train(optimizer: new Adam<double>(learningRate: 0.125));

        var rate = Assert.Throws<CheckpointException>(() => Train(optimizer: new Adam<double>(learningRate: 0.5)));
        var decay = Assert.Throws<CheckpointException>(() => Train(optimizer: new Adam<double>(learningRate: 0.125, squareDecay: 0.75)));
        Train(optimizer: new Adam<double>(learningRate: 0.125));

        Assert.Contains("it was written by Adam with LearningRate 0.125, and has LearningRate 0.5 here", rate.Message);
        Assert.Contains("it was written by Adam with SquareDecay 0.999, and has SquareDecay 0.75 here", decay.Message);
    }

    /// <summary>Its parts of the state would be read as others, and the best score be that of another scale.</summary>
    [Fact]
    public void Another_validation_is_refused_and_the_message_says_in_what()
    {
        const string Same = ". Resume it with the same validation, or start from its factors with CheckpointStart.";
        var (error, gain) = (Metric("error"), new ValidationMetric<double>("error", m => m.Parameters.Values[0], HigherIsBetter: true));
        Train(validation: new(error) { Patience = 7 });
        foreach (var (other, difference) in new (Validation<double>?, string)[]
        {
            (null, "it was written with a validation by error (lower is better), and has no validation here"),
            (new(Metric("loss")) { Patience = 7 }, "it was written with a validation by error (lower is better), and has a validation by loss (lower is better) here"),
            (new(gain) { Patience = 7 }, "it was written with a validation by error (lower is better), and has a validation by error (higher is better) here"),
            (new(error) { Patience = 7, EveryIterations = 2 }, "it was written with a validation of EveryIterations 1, and has a validation of EveryIterations 2 here"),
            (new(error with { Fingerprint = () => "b" }) { Patience = 7 }, "it was written with a validation on data without a fingerprint, and has a validation on b here"),
        })
        {
            Assert.Equal($"The checkpoint {File} cannot be resumed: {difference}{Same}", Assert.Throws<CheckpointException>(() => Train(validation: other)).Message);
        }

        // What is only reported decides nothing.
        Train(validation: new(error, Metric("loss")) { Patience = 7 });
    }

    [Fact]
    public void A_validation_is_refused_where_there_was_none()
    {
        Train();

        var refused = Assert.Throws<CheckpointException>(() => Train(validation: new(Metric("error"))));

        Assert.Contains("it was written with no validation, and has a validation by error (lower is better) here", refused.Message);
    }

    [Fact]
    public void Validation_on_other_data_is_refused_and_on_equal_data_resumed()
    {
        foreach (var (written, equal, others) in Measured())
        {
            System.IO.File.Delete(File);
            Train(validation: new(written));
            Train(validation: new(equal));
            foreach (var other in others)
            {
                Assert.Contains("a validation on 2 entries of 3×3 with hash ", Assert.Throws<CheckpointException>(() => Train(validation: new(other))).Message);
            }
        }

        // The model of this trainer predicts nothing, so what is measured is another number.
        static IEnumerable<(ValidationMetric<double>, ValidationMetric<double>, ValidationMetric<double>[])> Measured()
        {
            var (first, third) = (new RatingRange(1, 5), new RatingRange(0, 5));
            foreach (var make in new Func<SparseMatrix<double>, RatingRange?, ValidationMetric<double>>[] { ValidationMetric<double>.RootMeanSquareError, ValidationMetric<double>.MeanAbsoluteError })
            {
                yield return (Fixed(make(Ratings(1, 4), first)), Fixed(make(Ratings(1, 4), first)), [Fixed(make(Ratings(1, 3), first)), Fixed(make(Ratings(2, 4), first)), Fixed(make(Ratings(1, 4), third)), Fixed(make(Ratings(1, 4), null))]);
            }

            var (relevant, seen) = (Ratings(1, 4).Pattern, Ratings(2, 4).Pattern);
            foreach (var make in new Func<SparsePattern, SparsePattern, int, ValidationMetric<double>>[] { ValidationMetric<double>.Recall, ValidationMetric<double>.NormalizedDiscountedCumulativeGain })
            {
                yield return (Fixed(make(relevant, seen, 2)), Fixed(make(relevant, seen, 2)), [Fixed(make(seen, seen, 2)), Fixed(make(relevant, relevant, 2))]);
            }
        }

        static SparseMatrix<double> Ratings(int column, double second) => SparseMatrix<double>.FromCoordinates(3, 3, [(0, 0, 3.0), (2, column, second)]);

        static ValidationMetric<double> Fixed(ValidationMetric<double> metric) => metric with { Measure = m => Math.Abs(m.Parameters.Values[0]) };
    }

    /// <summary>As of an earlier version of an optimizer, which its settings do not tell.</summary>
    [Fact]
    public void A_state_of_more_or_fewer_parts_is_refused()
    {
        Train(optimizer: new Padded(parts: 2));

        var more = Assert.Throws<CheckpointException>(() => Train(optimizer: new Padded(parts: 1)));
        var fewer = Assert.Throws<CheckpointException>(() => Train(optimizer: new Padded(parts: 3)));

        Assert.Contains("cannot be resumed: it holds more than is expected. Resume it with", more.Message);
        Assert.Contains("cannot be resumed: it ends where more is expected. Resume it with", fewer.Message);
    }

    [Fact]
    public void A_place_where_none_can_be_written_is_refused_before_training_begins()
    {
        foreach (var path in new[] { Path.Combine(_folder.FullPath, "absent", "run.checkpoint"), _folder.FullPath })
        {
            var reports = 0;
            var error = Assert.Throws<CheckpointException>(() => Trainer(latent: 2, ridge: 1).Fit(
                new() { Checkpoints = new(path) }, new ProgressRecord(_ => reports++)));
            Assert.StartsWith($"The checkpoint {path} cannot be written: ", error.Message);
            Assert.Contains("Give the path of a file in a folder that exists", error.Message);
            Assert.Equal((path, 0), (error.Path, reports));
        }
    }

    /// <summary>As on a full disk: hours of training are not lost for a file.</summary>
    [Fact]
    public void Training_goes_on_where_one_can_no_longer_be_written_and_tries_again()
    {
        var (folder, log) = (Path.Combine(_folder.FullPath, "late"), new LogLines());
        var checkpoints = new Checkpoints(Path.Combine(folder, "run.checkpoint")) { EveryIterations = 1 };
        var alone = Fit(null, _ => { });

        System.IO.Directory.CreateDirectory(folder);
        var without = Fit(checkpoints, iteration => Remove(iteration == 3));
        Assert.Equal(alone.Model.Parameters.Values, without.Model.Parameters.Values);
        Assert.StartsWith($"The checkpoint {checkpoints.Path} could not be written: ", without.CheckpointFailure!.Message);
        Assert.Equal(6, log.Told.Count(line => line == (LogLevel.Warning, $"The checkpoint {checkpoints.Path} could not be written; training goes on, and tries again when the next is due")));

        System.IO.Directory.CreateDirectory(folder);
        var with = Fit(checkpoints, iteration =>
        {
            Remove(iteration == 3);
            _ = iteration == 6 ? System.IO.Directory.CreateDirectory(folder) : null;
        });
        Assert.Null(with.CheckpointFailure);
        var resumed = Fit(checkpoints with { Resume = true }, _ => { }, iterations: 12);
        Assert.Equal(Fit(null, _ => { }, iterations: 12).Model.Parameters.Values, resumed.Model.Parameters.Values);

        void Remove(bool isNow)
        {
            if (isNow)
            {
                System.IO.Directory.Delete(folder, recursive: true);
            }
        }

        TrainingResult<FactorModel> Fit(Checkpoints? saved, Action<int> at, int iterations = 8) => Trainer(latent: 2, ridge: 1).Fit(
            new() { Optimizer = new GradientDescent<double>(), Stopping = new() { MaxIterations = iterations }, Checkpoints = saved, Logger = log },
            new ProgressRecord(p => at(p.Iteration)));
    }

    [Fact]
    public void They_are_saved_when_the_time_has_come()
    {
        var saved = new List<bool>();
        Trainer(latent: 2, ridge: 1).Fit(
            new() { Stopping = new() { MaxIterations = 2 }, Checkpoints = new(File) { Every = TimeSpan.Zero } },
            new ProgressRecord(_ => saved.Add(System.IO.File.Exists(File))));

        // The first is told of before it is saved.
        Assert.Equal([false, true], saved);
    }

    /// <summary>What an iteration began with is kept in the same place each time.</summary>
    [Fact]
    public void Iterations_after_which_none_is_saved_allocate_no_more_than_without()
    {
        Assert.Equal(LeastAllocated(null), LeastAllocated(new(File) { Every = TimeSpan.FromHours(1) }));

        static long LeastAllocated(Checkpoints? checkpoints)
        {
            var (before, least) = (0L, long.MaxValue);
            Trainer(latent: 2, ridge: 1).Fit(
                new() { Optimizer = new GradientDescent<double>(), Stopping = new() { MaxIterations = 20 }, Checkpoints = checkpoints },
                new ProgressRecord(p =>
                {
                    var allocated = GC.GetAllocatedBytesForCurrentThread();
                    least = p.Iteration > 1 ? Math.Min(least, allocated - before) : least;
                    before = allocated;
                }));
            return least;
        }
    }

    /// <summary>With another ridge it is another training, which may yet begin where the first ended.</summary>
    [Fact]
    public void Training_with_another_hyperparameter_starts_from_the_factors_of_a_checkpoint()
    {
        Train();
        var saved = Trainer(latent: 2, ridge: 1).Fit(new() { Checkpoints = new(File) { Resume = true }, Stopping = new() { MaxIterations = 4 } }).Model.Parameters;

        var started = Trainer(latent: 2, ridge: 2).Fit(new() { Initialization = new CheckpointStart<double>(File), Stopping = new() { MaxIterations = 0 } }).Model.Parameters;

        Assert.Equal(saved.Values.ToArray(), started.Values.ToArray());
        var other = Assert.Throws<CheckpointException>(() => Trainer(latent: 3, ridge: 1).Fit(new() { Initialization = new CheckpointStart<double>(File) }));
        Assert.Contains("expected are the factors Double U 6×3, M 5×3", other.Message);
    }

    /// <summary>The file that is being written when the process is killed is another one.</summary>
    [Theory]
    [InlineData(nameof(GradientDescent<>), 8)]
    [InlineData(nameof(LimitedMemoryBfgs<>), 3)]
    [InlineData(nameof(Adam<>), 3)]
    [InlineData(nameof(MultiplicativeUpdates<>), 3)]
    public void Killed_at_random_moments_a_process_leaves_a_checkpoint_that_can_be_resumed(string optimizer, int kills)
    {
        var random = new Random(1);
        var reached = new List<int>();
        for (var kill = 0; kill < kills; kill++)
        {
            using var child = CheckpointChild.Start(optimizer, File);

            // The start may be told of, too, and the second iteration is after the first was saved.
            child.StandardOutput.ReadLine();
            child.StandardOutput.ReadLine();
            child.StandardOutput.ReadLine();
            Thread.Sleep(random.Next(1, 120));
            child.Kill();
            child.WaitForExit();
            reached.Add(CheckpointChild.Train(optimizer, File, iterations: 0, progress: null).Iterations);
        }

        Assert.Equal(reached.Order(), reached);
        Claim.True(reached[^1] > reached[0] && reached[^1] > 2, $"Iterations reached: {string.Join(", ", reached)}.");
    }

    private static FactorTrainer Trainer(int latent, double ridge) => new(Problems.Classic<double>(Problems.Ratings(6, 5, rank: 3, seed: 5), latent, ridge));

    private static ValidationMetric<double> Metric(string name) => new(name, m => Math.Abs(m.Parameters.Values[0]));

    private void Train(IOptimizer<double>? optimizer = null, int latent = 2, double ridge = 1, Validation<double>? validation = null) =>
        Trainer(latent, ridge).Fit(new()
        {
            Optimizer = optimizer ?? new LimitedMemoryBfgs<double>(),
            Stopping = new() { MaxIterations = 4 },
            Checkpoints = new(File) { Resume = true },
            Validation = validation,
        });

    /// <summary>Gradient descent with numbers in its state that mean nothing.</summary>
    private sealed class Padded(int parts) : IOptimizer<double>
    {
        public string Name => "padded";

        public string? Refusal(IObjective<double> objective) => null;

        public OptimizerRun<double> Begin(IObjective<double> objective, Parameters<double> start, Workers workers) =>
            new Run(new GradientDescent<double>().Begin(objective, start, workers), parts);

        private sealed class Run(OptimizerRun<double> inner, int parts) : OptimizerRun<double>
        {
            public override Parameters<double> Point => inner.Point;

            public override double Objective => inner.Objective;

            public override double GradientNorm => inner.GradientNorm;

            public override int Evaluations => inner.Evaluations;

            public override Iteration Iterate(StoppingMonitor monitor) => inner.Iterate(monitor);

            public override void Visit(RunState state)
            {
                inner.Visit(state);
                for (var part = 0; part < parts; part++)
                {
                    var nothing = 0;
                    state.Visit(ref nothing);
                }
            }
        }
    }
}
