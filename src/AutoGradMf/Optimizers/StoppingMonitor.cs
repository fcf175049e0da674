using System.Diagnostics;
using System.Runtime.InteropServices;
using AutoGradMf.Training;

namespace AutoGradMf.Optimizers;

/// <summary>
/// Watches one run of an optimizer: counts its iterations, reports them, and says when to stop. For one thread at a time;
/// after its window of iterations it allocates nothing.
/// </summary>
public sealed class StoppingMonitor
{
    private readonly StoppingCriteria _criteria;
    private readonly IProgress<TrainingProgress>? _progress;
    private readonly CancellationToken _cancellationToken;
    private readonly long _began = Stopwatch.GetTimestamp();

    /// <summary>The last objectives, of iteration i in place i modulo the window; as many as there are.</summary>
    private readonly List<double> _objectives = [];
    private double _startingNorm;
    private double _secondsBefore;
    private double _decrease;
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

    /// <summary>Its token is cancelled where <see cref="Interruption"/> would say to end: for what comes before the run.</summary>
    internal TimeLimit CreateTimeLimit() => new(_criteria.MaxTime - Elapsed, _cancellationToken);

    /// <summary>Takes note of the start, and reports it if it was validated.</summary>
    /// <param name="objective">The objective at the start.</param>
    /// <param name="gradientNorm">The Euclidean norm of its gradient there, which the gradient tolerance refers to.</param>
    /// <param name="validation">The scores of the model there, if they were measured.</param>
    /// <returns>Why to stop already, or null.</returns>
    public StoppingReason? Started(double objective, double gradientNorm, IReadOnlyList<double>? validation = null)
    {
        _startingNorm = gradientNorm;
        _objectives.Add(objective);
        if (validation is { Count: > 0 })
        {
            _progress?.Report(new TrainingProgress(0, objective, gradientNorm, Step: 0, Elapsed) { Validation = validation });
        }

        return gradientNorm == 0 ? StoppingReason.SmallGradient : ExternalReason;
    }

    /// <summary>Takes note of an iteration and reports it.</summary>
    /// <param name="objective">The objective after it.</param>
    /// <param name="gradientNorm">The Euclidean norm of the gradient there.</param>
    /// <param name="step">The step length taken along the iteration's direction.</param>
    /// <param name="validation">The scores of the model after it, if they were measured.</param>
    /// <param name="repetitions">How often it was undone and repeated with half the step before.</param>
    /// <param name="expected">By how much the objective is expected to fall yet, as <see cref="OptimizerRun{TElement}.ExpectedDecrease"/>.</param>
    /// <param name="uncertainty">How far the objective is uncertain, as <see cref="OptimizerRun{TElement}.Uncertainty"/>.</param>
    /// <returns>Why to stop, or null.</returns>
    public StoppingReason? Completed(
        double objective, double gradientNorm, double step, IReadOnlyList<double>? validation = null, int repetitions = 0, double expected = 0, double uncertainty = 0)
    {
        _iterations++;
        _progress?.Report(new TrainingProgress(Iterations, objective, gradientNorm, step, Elapsed) { Validation = validation ?? [], Repetitions = repetitions });

        var place = Iterations % _criteria.Window;
        if (place == _objectives.Count)
        {
            _objectives.Add(objective);
        }
        else
        {
            _decrease = _objectives[place] - objective;
            _objectives[place] = objective;
        }

        return Reason(objective, gradientNorm, expected, uncertainty);
    }

    /// <summary>Why to stop right after a run was resumed, or null: what its last iteration met by these criteria, so that one that had ended ends at once.</summary>
    internal StoppingReason? Resumed(double objective, double gradientNorm, double expected, double uncertainty) =>
        Reason(objective, gradientNorm, expected, uncertainty);

    internal void Visit(RunState state)
    {
        var seconds = Elapsed.TotalSeconds;
        state.Visit(ref _iterations);
        state.Visit(ref _startingNorm);
        state.Visit(ref seconds);
        state.Visit(ref _decrease);
        CollectionsMarshal.SetCount(_objectives, Math.Min(_criteria.Window - 1, _iterations) + 1);
        state.Visit(CollectionsMarshal.AsSpan(_objectives));
        _secondsBefore = seconds - Stopwatch.GetElapsedTime(_began).TotalSeconds;
    }

    private StoppingReason? Reason(double objective, double gradientNorm, double expected, double uncertainty)
    {
        var uncertain = _criteria.RelativeObjectiveTolerance == 0 ? 0 : uncertainty;
        var small = Math.Max(_criteria.RelativeObjectiveTolerance * Math.Abs(objective), uncertain);
        var measured = Iterations >= _criteria.Window;
        return expected > small ? ExternalReason
            : gradientNorm <= _criteria.GradientTolerance * _startingNorm ? StoppingReason.SmallGradient
            : measured && uncertain == 0 && _decrease <= 0 ? StoppingReason.NoFurtherProgress
            : measured && _decrease <= small ? StoppingReason.SmallDecrease
            : ExternalReason;
    }

    private StoppingReason? ExternalReason =>
        Iterations >= _criteria.MaxIterations ? StoppingReason.IterationLimit : Interruption;
}
