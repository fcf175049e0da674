using System.Diagnostics;
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

        Assert.Contains("by L-BFGS\", and expected is \"Double U 6×2, M 5×2 by gradient descent\"", optimizer.Message);
        Assert.Contains("U 6×2, M 5×2 by L-BFGS\", and expected is \"Double U 6×3, M 5×3 by L-BFGS\"", shape.Message);
        Assert.Contains("a hyperparameter or the processor differs", data.Message);
        Assert.Contains("holds 10 numbers where 3 are expected", settings.Message);
        Assert.All([optimizer, shape, data, settings], e => Assert.StartsWith($"The checkpoint {File} cannot be resumed: ", e.Message));
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

    private void Train(IOptimizer<double>? optimizer = null, int latent = 2, double ridge = 1) =>
        new FactorTrainer(Problems.Classic<double>(Problems.Ratings(6, 5, rank: 3, seed: 5), latent, ridge)).Fit(new()
        {
            Optimizer = optimizer ?? new LimitedMemoryBfgs<double>(),
            Stopping = new() { MaxIterations = 4 },
            Checkpoints = new(File) { Resume = true },
        });
}
