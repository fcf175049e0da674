using System.Diagnostics;
using AutoGradMf.Training;

namespace AutoGradMf.Optimizers;

/// <summary>
/// Watches one run of an optimizer: counts its iterations, reports them, and says when to stop. For one thread at a time;
/// after construction it allocates nothing.
/// </summary>
public sealed class StoppingMonitor
{
    private readonly StoppingCriteria _criteria;
    private readonly IProgress<TrainingProgress>? _progress;
    private readonly CancellationToken _cancellationToken;
    private readonly long _began = Stopwatch.GetTimestamp();
    private readonly double[] _objectives;
    private double _startingNorm;
    private double _secondsBefore;
    private int _iterations;

    /// <summary>Starts the clock.</summary>
    /// <param name="criteria">When to stop.</param>
    /// <param name="progress">Told of each iteration.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    public StoppingMonitor(StoppingCriteria criteria, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(criteria);
        _criteria = criteria;
        _progress = progress;
        _cancellationToken = cancellationToken;
        _objectives = new double[criteria.Window];
    }

    /// <summary>Number of iterations completed.</summary>
    public int Iterations => _iterations;

    /// <summary>Time since construction, and before the run was resumed.</summary>
    public TimeSpan Elapsed => TimeSpan.FromSeconds(_secondsBefore) + Stopwatch.GetElapsedTime(_began);

    /// <summary>
    /// Whether the run must end now, even within an iteration: <see cref="StoppingReason.Cancelled"/>,
    /// <see cref="StoppingReason.TimeLimit"/> or null. To be asked before each evaluation.
    /// </summary>
    public StoppingReason? Interruption =>
        _cancellationToken.IsCancellationRequested ? StoppingReason.Cancelled
        : Elapsed >= _criteria.MaxTime ? StoppingReason.TimeLimit
        : null;

    /// <summary>Takes note of the start.</summary>
    /// <param name="objective">The objective at the start.</param>
    /// <param name="gradientNorm">The Euclidean norm of its gradient there, which the gradient tolerance refers to.</param>
    /// <returns>Why to stop already, or null.</returns>
    public StoppingReason? Started(double objective, double gradientNorm)
    {
        _startingNorm = gradientNorm;
        _objectives[0] = objective;
        return gradientNorm == 0 ? StoppingReason.SmallGradient : ExternalReason;
    }

    /// <summary>Takes note of an iteration and reports it.</summary>
    /// <param name="objective">The objective after it.</param>
    /// <param name="gradientNorm">The Euclidean norm of the gradient there.</param>
    /// <param name="step">The step length taken along the iteration's direction.</param>
    /// <param name="validation">The scores of the model after it, if they were measured.</param>
    /// <param name="repetitions">How often it was undone and repeated with half the step before.</param>
    /// <returns>Why to stop, or null.</returns>
    public StoppingReason? Completed(double objective, double gradientNorm, double step, IReadOnlyList<double>? validation = null, int repetitions = 0)
    {
        _iterations++;
        _progress?.Report(new TrainingProgress(Iterations, objective, gradientNorm, step, Elapsed) { Validation = validation ?? [], Repetitions = repetitions });

        var place = Iterations % _objectives.Length;
        var decrease = _objectives[place] - objective;
        _objectives[place] = objective;
        var measured = Iterations >= _objectives.Length;
        return gradientNorm <= _criteria.GradientTolerance * _startingNorm ? StoppingReason.SmallGradient
            : measured && decrease <= 0 ? StoppingReason.NoFurtherProgress
            : measured && decrease <= _criteria.RelativeObjectiveTolerance * Math.Abs(objective) ? StoppingReason.SmallDecrease
            : ExternalReason;
    }

    /// <summary>Why to stop right after a run was resumed, or null.</summary>
    internal StoppingReason? Resumed() => ExternalReason;

    internal void Visit(RunState state)
    {
        var seconds = Elapsed.TotalSeconds;
        state.Visit(ref _iterations);
        state.Visit(ref _startingNorm);
        state.Visit(ref seconds);
        state.Visit<double>(_objectives);
        _secondsBefore = seconds - Stopwatch.GetElapsedTime(_began).TotalSeconds;
    }

    private StoppingReason? ExternalReason =>
        Iterations >= _criteria.MaxIterations ? StoppingReason.IterationLimit : Interruption;
}
