using System.Numerics;
using AutoGradMf.Models;
using AutoGradMf.Objectives;
using AutoGradMf.Optimizers;

namespace AutoGradMf.Training;

/// <summary>The measurements of one run, and whether it is worth going on.</summary>
/// <param name="validation">What is measured, and when.</param>
/// <param name="createModel">The model of a point.</param>
/// <param name="threads">How many threads measure.</param>
internal sealed class ValidationRun<TElement>(Validation<TElement> validation, Func<Parameters<TElement>, Model<TElement>> createModel, int threads) : IDisposable
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    private TimeLimit? _limit;
    private double _least = double.PositiveInfinity, _objective = double.PositiveInfinity;
    private int _sinceBest;

    /// <summary>Whether the last measurement is the best; of equal ones, that of the lower objective, as long as clipped predictions or short lists do not show what is learned.</summary>
    public bool IsBest { get; private set; }

    /// <summary>Why to stop, or null.</summary>
    public StoppingReason? Reason => _sinceBest >= validation.Patience ? StoppingReason.Validation : null;

    /// <summary>The metrics at a point; none if they are not due; null if the run has to end before they are known.</summary>
    /// <param name="point">The point.</param>
    /// <param name="objective">The objective there.</param>
    /// <param name="iteration">Its number.</param>
    /// <param name="best">The best point before, or null.</param>
    /// <param name="monitor">Says when the run has to end.</param>
    /// <exception cref="NonFiniteMetricException{TElement}">The decisive metric is NaN or infinite.</exception>
    public IReadOnlyList<double>? Measure(Parameters<TElement> point, double objective, int iteration, Parameters<TElement>? best, StoppingMonitor monitor)
    {
        IsBest = false;
        if (!IsDue(iteration))
        {
            return [];
        }

        if (Scores(createModel(point), monitor) is not { } scores)
        {
            return null;
        }

        if (!double.IsFinite(scores[0]))
        {
            throw new NonFiniteMetricException<TElement>(validation.Metrics[0].Name, scores[0], iteration, best);
        }

        var loss = validation.Metrics[0].HigherIsBetter ? -scores[0] : scores[0];
        IsBest = (loss, objective).CompareTo((_least, _objective)) < 0;
        _sinceBest = IsBest ? 0 : _sinceBest + 1;
        (_least, _objective) = IsBest ? (loss, objective) : (_least, _objective);
        return scores;
    }

    /// <summary>Whether the run may have to end while the model after an iteration is measured.</summary>
    public bool MayBreakOff(int iteration) => IsDue(iteration) && validation.Metrics.Any(metric => metric.MeasureWithin is not null);

    public void Dispose() => _limit?.Dispose();

    private bool IsDue(int iteration) => iteration % validation.EveryIterations == 0;

    private double[]? Scores(Model<TElement> model, StoppingMonitor monitor)
    {
        // Not before the first: until then the run may go on from one that has had some of its time.
        _limit ??= monitor.CreateTimeLimit();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = _limit.Token };
        try
        {
            return [.. validation.Metrics.Select(metric => metric.MeasureWithin?.Invoke(model, parallel) ?? metric.Measure(model))];
        }
        catch (OperationCanceledException) when (_limit.Token.IsCancellationRequested)
        {
            return null;
        }
    }

    public void Visit(RunState state)
    {
        state.Visit(ref _least);
        state.Visit(ref _objective);
        state.Visit(ref _sinceBest);
    }
}
