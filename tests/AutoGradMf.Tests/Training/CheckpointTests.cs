using System.Diagnostics;
using AutoGradMf.Initialization;
using AutoGradMf.Optimizers;
using AutoGradMf.Tests.Data;
using AutoGradMf.Tests.Optimizers;
using AutoGradMf.Training;
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
    [Fact]
    public void Killed_at_random_moments_a_process_leaves_a_checkpoint_that_can_be_resumed()
    {
        var random = new Random(1);
        var reached = new List<int>();
        for (var kill = 0; kill < 8; kill++)
        {
            using var child = CheckpointChild.Start(File);

            // The second iteration is told of after the first was saved.
            child.StandardOutput.ReadLine();
            child.StandardOutput.ReadLine();
            Thread.Sleep(random.Next(1, 120));
            child.Kill();
            child.WaitForExit();
            reached.Add(CheckpointChild.Train(File, iterations: 0, progress: null).Iterations);
        }

        Assert.Equal(reached.Order(), reached);
        Assert.True(reached[0] > 0 && reached[^1] > 8, $"Iterations reached: {string.Join(", ", reached)}.");
    }

    private static FactorTrainer Trainer(int latent, double ridge) => new(Problems.Classic<double>(Problems.Ratings(6, 5, rank: 3, seed: 5), latent, ridge));

    private void Train(IOptimizer<double>? optimizer = null, int latent = 2, double ridge = 1) =>
        Trainer(latent, ridge).Fit(new()
        {
            Optimizer = optimizer ?? new LimitedMemoryBfgs<double>(),
            Stopping = new() { MaxIterations = 4 },
            Checkpoints = new(File) { Resume = true },
        });
}
