using System.Numerics;
using AutoGradMf.Kernels;
using AutoGradMf.Objectives;
using AutoGradMf.Training;

namespace AutoGradMf.Optimizers;

/// <summary>Iterates until there is a reason to stop, and remembers the best point: the last may lie above it.</summary>
internal sealed class MinimizationRun<TElement>(
    IObjective<TElement> objective,
    OptimizerRun<TElement> run,
    StoppingMonitor monitor,
    Workers workers,
    ValidationRun<TElement>? validation = null,
    CheckpointFile<TElement>? checkpoints = null)
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    private readonly BestPoint<TElement> _best = new(run.Point.Layout);
    private readonly Parameters<TElement> _lastFinite = new(run.Point.Layout);
    private bool _isStuck;

    /// <summary>Iterates from the start.</summary>
    public OptimizationResult<TElement> Start()
    {
        RequireFinite(iteration: 0);
        var scores = Judge(iteration: 0);
        var reason = monitor.Started(run.Objective, run.GradientNorm, scores) ?? (scores is null ? StoppingReason.TimeLimit : null);
        KeepForInterruption();

        // A start whose search was interrupted is not the one that training would have begun at, so begin anew then.
        if (reason is not null && scores is not null && monitor.Interruption is null)
        {
            Save();
        }

        return Finish(reason);
    }

    /// <summary>Iterates from where a run was saved, after it was shown what was saved of it.</summary>
    public OptimizationResult<TElement> Resume()
    {
        RequireFinite(monitor.Iterations);
        KeepForInterruption();
        return Finish(_isStuck ? StoppingReason.NoFurtherProgress : monitor.Resumed(run.Objective, run.GradientNorm, run.ExpectedDecrease, run.Uncertainty) ?? validation?.Reason);
    }

    /// <summary>Everything that the iterations to come depend on, besides the point.</summary>
    public void Visit(RunState state)
    {
        monitor.Visit(state);
        run.Visit(state);
        validation?.Visit(state);
        _best.Visit(state, run);
        state.Visit(ref _isStuck);
    }

    private OptimizationResult<TElement> Finish(StoppingReason? reason)
    {
        while (reason is null)
        {
            var iteration = run.Iterate(monitor);
            RequireFinite(monitor.Iterations + 1);
            reason = iteration.Outcome switch
            {
                IterationOutcome.Moved => Completed(iteration),
                IterationOutcome.Interrupted => Interrupted(),
                _ => Stuck(),
            };
        }

        RequireEnd(reason.Value);
        if (validation is null && run.Objective < _best.Objective)
        {
            // An iteration that was interrupted came lower than those that were reported.
            _best.Offer(run);
        }

        var (point, value, norm) = _best.IsEmpty || IsWhereGradientIsSmall(reason.Value)
            ? (run.Point, run.Objective, run.GradientNorm)
            : (_best.Point, _best.Objective, _best.GradientNorm);
        return new(point, value, norm, monitor.Iterations, run.Evaluations, reason.Value, monitor.Elapsed);
    }

    /// <summary>Whether the run ended where its gradient met the tolerance: what was lower by rounding before may not have met it.</summary>
    private bool IsWhereGradientIsSmall(StoppingReason reason) =>
        validation is null && reason == StoppingReason.SmallGradient
        && run.Objective - _best.Objective <= ValueRounding<TElement>.Part * Math.Abs(_best.Objective);

    /// <summary>Every optimizer comes by here. Minus infinity, or what is all but that, is no progress: nothing is less, and no model is in it.</summary>
    private void RequireFinite(int iteration)
    {
        if (!double.IsFinite(run.Objective) || !double.IsFinite(run.GradientNorm) || NonFiniteObjectiveException<TElement>.IsBottomless(run.Objective))
        {
            throw NonFiniteObjectiveException<TElement>.Of(objective, run, iteration, iteration == 0 ? null : _lastFinite);
        }

        run.Point.Values.CopyTo(_lastFinite.Values);
    }

    /// <summary>Whether a validation chose a point before the last one, which is then the result.</summary>
    private bool IsEarlierChosen => validation is not null && !_best.IsEmpty && _best.Objective != run.Objective;

    /// <summary>What ends by itself is no result where it is on the way to minus infinity.</summary>
    private void RequireEnd(StoppingReason reason)
    {
        if (!IsEarlierChosen && reason is StoppingReason.SmallGradient or StoppingReason.SmallDecrease or StoppingReason.NoFurtherProgress
            && EndlessFall.FindFactor(objective, run, workers, monitor) is { } factor)
        {
            throw NonFiniteObjectiveException<TElement>.Endless(objective, run, monitor.Iterations, factor, _lastFinite);
        }
    }

    /// <summary>Saves that no step lowers the objective, since a run that is resumed would have to try them all to know.</summary>
    private StoppingReason Stuck()
    {
        _isStuck = true;
        Save();
        return StoppingReason.NoFurtherProgress;
    }

    /// <summary>Saves the iteration before, since half an iteration cannot be gone on with bit for bit.</summary>
    private StoppingReason Interrupted()
    {
        if (!run.IsUnchangedByInterruption)
        {
            return BrokenOff();
        }

        Save();
        return monitor.Interruption ?? StoppingReason.Cancelled;
    }

    /// <summary>Saves what was kept, since neither half an iteration nor one that is not measured can be gone on with bit for bit.</summary>
    private StoppingReason BrokenOff()
    {
        checkpoints?.SaveKept();
        return monitor.Interruption ?? StoppingReason.TimeLimit;
    }

    private StoppingReason? Completed(Iteration iteration)
    {
        if (Judge(monitor.Iterations + 1) is not { } scores)
        {
            return BrokenOff();
        }

        var reason = monitor.Completed(run.Objective, run.GradientNorm, iteration.Step, scores, iteration.Repetitions, run.ExpectedDecrease, run.Uncertainty) ?? validation?.Reason;
        if (checkpoints is not null && (reason is not null || checkpoints.IsDue(monitor.Iterations)))
        {
            Save();
        }
        else
        {
            KeepForInterruption();
        }

        return reason;
    }

    private void Save()
    {
        checkpoints?.Keep(run, this);
        checkpoints?.SaveKept();
    }

    /// <summary>A copy of all that a run remembers takes a quarter of an iteration of L-BFGS.</summary>
    private void KeepForInterruption()
    {
        if (!run.IsUnchangedByInterruption || validation?.MayBreakOff(monitor.Iterations + 1) == true)
        {
            checkpoints?.Keep(run, this);
        }
    }

    /// <summary>Whether this is the best point so far, by validation where there is one, else by the objective. Null if the run has to end before that is known.</summary>
    private IReadOnlyList<double>? Judge(int iteration)
    {
        if (validation is null)
        {
            _best.Offer(run);
            return [];
        }

        var scores = validation.Measure(run.Point, run.Objective, iteration, _best.IsEmpty ? null : _best.Point, monitor);
        _best.Offer(run, validation.IsBest);
        return scores;
    }
}
