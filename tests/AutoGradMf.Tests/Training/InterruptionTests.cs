using AutoGradMf.Initialization;
using AutoGradMf.Optimizers;
using AutoGradMf.Tests.Data;
using AutoGradMf.Tests.Optimizers;
using AutoGradMf.Training;
using Xunit;

namespace AutoGradMf.Tests.Training;

/// <summary>A run that is ended within an iteration is saved as it was before it, and goes on bit for bit as if it had not been.</summary>
public sealed class InterruptionTests : IDisposable
{
    private const int Iterations = 25;
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<IOptimizer<double>> All => [.. OptimizerTests.All, new MultiplicativeUpdates<double>(), new AlternatingMajorization<double>()];

    private string File => Path.Combine(_folder.FullPath, "run.checkpoint");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(All))]
    public void Cancelled_at_any_evaluation_it_goes_on_bit_for_bit(IOptimizer<double> optimizer)
    {
        var counted = new LowRank();
        var whole = Fit(counted, optimizer, Iterations);
        var within = 0;
        for (var evaluation = 1; evaluation < counted.Evaluations; evaluation++)
        {
            using var source = new CancellationTokenSource();
            System.IO.File.Delete(File);
            var completed = 0;
            var cancelled = Fit(
                new() { Evaluating = count => Cancel(source, count == evaluation) }, optimizer, Iterations, new ProgressRecord(p => completed = p.Iteration), source.Token);
            Assert.Equal((completed < Iterations ? StoppingReason.Cancelled : StoppingReason.IterationLimit, completed), (cancelled.Reason, cancelled.Iterations));
            within += System.IO.File.Exists(File) ? 1 : 0;

            Assert.Equal(completed, Fit(new(), optimizer, iterations: 0).Iterations);
            RequireSame(whole, Fit(new(), optimizer, Iterations));
        }

        // All but those that were cancelled before the first iteration began.
        Assert.InRange(within, counted.Evaluations - 4, counted.Evaluations - 1);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Out_of_time_within_an_iteration_it_goes_on_bit_for_bit(IOptimizer<double> optimizer)
    {
        var limit = TimeSpan.FromMilliseconds(400);
        var whole = Fit(new(), optimizer, Iterations);
        System.IO.File.Delete(File);
        var part = new FactorTrainer(new LowRank { Evaluating = count => Thread.Sleep(count == 9 ? limit : TimeSpan.Zero) }).Fit(Options(optimizer, Iterations, limit));

        Assert.Equal(StoppingReason.TimeLimit, part.Reason);
        Assert.True(System.IO.File.Exists(File));
        RequireSame(whole, Fit(new(), optimizer, Iterations));
    }

    /// <summary>What is resumed and interrupted at once is where it was.</summary>
    [Fact]
    public void Interrupted_again_in_the_first_iteration_after_it_was_resumed_it_goes_on_bit_for_bit()
    {
        // A value and a split gradient come before.
        const int FirstTrial = 3;
        var optimizer = new MultiplicativeUpdates<double>();
        var whole = Fit(new(), optimizer, Iterations);
        System.IO.File.Delete(File);
        Fit(new(), optimizer, iterations: 7);
        for (var again = 0; again < 3; again++)
        {
            using var source = new CancellationTokenSource();
            Assert.Equal(7, Fit(new() { Evaluating = count => Cancel(source, count == FirstTrial) }, optimizer, Iterations, null, source.Token).Iterations);
        }

        RequireSame(whole, Fit(new(), optimizer, Iterations));
    }

    /// <summary>No iteration was made, and yet there is a state to go on from.</summary>
    [Fact]
    public void A_start_that_already_meets_a_criterion_is_saved()
    {
        Assert.Equal(StoppingReason.IterationLimit, Fit(new(), new Adam<double>(), iterations: 0).Reason);
        Assert.True(System.IO.File.Exists(File));
    }

    private static void Cancel(CancellationTokenSource source, bool isTime)
    {
        if (isTime)
        {
            source.Cancel();
        }
    }

    private static void RequireSame(TrainingResult<FactorModel> whole, TrainingResult<FactorModel> resumed)
    {
        Assert.Equal(whole.Model.Parameters.Values.ToArray(), resumed.Model.Parameters.Values.ToArray());
        Assert.Equal((whole.Objective, whole.GradientNorm, whole.Evaluations, whole.Iterations), (resumed.Objective, resumed.GradientNorm, resumed.Evaluations, resumed.Iterations));
    }

    private TrainingResult<FactorModel> Fit(
        LowRank objective, IOptimizer<double> optimizer, int iterations, IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default) =>
        new FactorTrainer(objective).Fit(Options(optimizer, iterations, limit: null), progress, cancellationToken);

    private TrainingOptions<double> Options(IOptimizer<double> optimizer, int iterations, TimeSpan? limit) => new()
    {
        Optimizer = optimizer,
        Initialization = new UniformInitialization<double>(0.1, 1),
        Checkpoints = new(File) { Resume = true },
        Stopping = new() { MaxIterations = iterations, MaxTime = limit, RelativeObjectiveTolerance = 0, GradientTolerance = 0 },
    };
}
