using AutoGradMf.Initialization;
using AutoGradMf.Kernels;
using AutoGradMf.Objectives;
using AutoGradMf.Optimizers;
using AutoGradMf.Tests.Optimizers;
using AutoGradMf.Tests.Training;
using Xunit;

namespace AutoGradMf.Tests.Initialization;

/// <summary>
/// The time and the patience of who trains end the search for a start as they end training. Alone, for one of them keeps the threads of the pool, and other tests
/// would keep the processors.
/// </summary>
[CollectionDefinition(nameof(TimeLimitTests), DisableParallelization = true)]
[Collection(nameof(TimeLimitTests))]
public sealed class TimeLimitTests
{
    /// <summary>An iteration of the range finder has eight, and its line search and the optimizer look at what it found.</summary>
    private const int MostAfterwards = 8 + 4;

    /// <summary>Threads wake late on a machine that is busy.</summary>
    private const int MostLate = 12;

    private static readonly TimeSpan Evaluation = TimeSpan.FromMilliseconds(20);

    public static TheoryData<IInitialization<double>> Starts => [new TruncatedSvd<double>(tolerance: 0, mostIterations: 1000), new DataMeans<double>(), new NormalInitialization<double>()];

    [Theory]
    [MemberData(nameof(Starts))]
    public void The_time_limit_holds_for_the_start(IInitialization<double> start)
    {
        var objective = new SlowProduct(Evaluation);

        var result = new FactorTrainer(objective).Fit(new()
        {
            Optimizer = new LimitedMemoryBfgs<double>(),
            Initialization = start,
            Stopping = new() { MaxTime = 8 * Evaluation, MaxIterations = 1000, RelativeObjectiveTolerance = 0 },
        });

        Assert.Equal(StoppingReason.TimeLimit, result.Reason);
        Assert.InRange(objective.Evaluations, 1, 8 + MostAfterwards + MostLate);
        Assert.True(double.IsFinite(result.Objective));
    }

    /// <summary>Work of others in the pool, which gets a thread more in a second or so, keeps no time limit from its end.</summary>
    [Fact]
    public void The_time_limit_holds_for_the_start_where_no_thread_of_the_pool_is_left()
    {
        using var isOver = new ManualResetEvent(initialState: false);
        using var left = new CountdownEvent(100);
        for (var work = 0; work < left.InitialCount; work++)
        {
            ThreadPool.QueueUserWorkItem(_ =>
            {
                isOver.WaitOne();
                left.Signal();
            });
        }

        try
        {
            The_time_limit_holds_for_the_start(new TruncatedSvd<double>(tolerance: 0, mostIterations: 1000));
        }
        finally
        {
            isOver.Set();
            left.Wait();
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(6)]
    [InlineData(15)]
    [InlineData(60)]
    public void Cancelling_ends_the_search_for_a_start(int evaluations)
    {
        using var source = new CancellationTokenSource();
        var objective = new SlowProduct(TimeSpan.Zero) { Evaluated = count => Cancel(source, count == evaluations) };

        var result = new FactorTrainer(objective).Fit(
            new() { Optimizer = new LimitedMemoryBfgs<double>(), Initialization = new TruncatedSvd<double>(tolerance: 0, mostIterations: 1000) }, null, source.Token);

        Assert.Equal((StoppingReason.Cancelled, 0), (result.Reason, result.Iterations));
        Assert.InRange(objective.Evaluations, evaluations, evaluations + MostAfterwards);
        Assert.True(double.IsFinite(result.Objective));
    }

    private static void Cancel(CancellationTokenSource source, bool isDue)
    {
        if (isDue)
        {
            source.Cancel();
        }
    }

    /// <summary>½‖U·Mᵀ − R‖² and a ridge, each evaluation of which takes its time.</summary>
    private sealed class SlowProduct(TimeSpan evaluation) : IObjective<double>, IProductInvariant<double>
    {
        private readonly FunctionObjective<double> _classic = Problems.Classic<double>(Problems.Ratings(60, 50, rank: 3, seed: 5), latent: 4, ridge: 0.01);

        public int Evaluations { get; private set; }

        public Action<int>? Evaluated { get; init; }

        public ParameterLayout Layout => _classic.Layout;

        public IReadOnlyList<FactorPair> ProductPairs { get; } = [new(0, 1)];

        public Workspace CreateWorkspace(Workers? workers = null) => _classic.CreateWorkspace(workers);

        public double Value(Parameters<double> at, Workspace workspace)
        {
            Take();
            return _classic.Value(at, workspace);
        }

        public double ValueAndGradient(Parameters<double> at, Parameters<double> gradient, Workspace workspace)
        {
            Take();
            return _classic.ValueAndGradient(at, gradient, workspace);
        }

        public double Reference(Parameters<double> at) => _classic.Reference(at);

        private void Take()
        {
            Thread.Sleep(evaluation);
            Evaluations++;
            Evaluated?.Invoke(Evaluations);
        }
    }
}
