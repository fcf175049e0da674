using System.Numerics;
using AutoGradMf.Models;
using AutoGradMf.Objectives;
using AutoGradMf.Optimizers;

namespace AutoGradMf.Training;

/// <summary>The measurements of one run, and whether it is worth going on.</summary>
internal sealed class ValidationRun<TElement>(Validation<TElement> validation, Func<Parameters<TElement>, Model<TElement>> createModel)
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    private double _least = double.PositiveInfinity;
    private int _sinceBest;

    /// <summary>Whether the last measurement is the best.</summary>
    public bool IsBest { get; private set; }

    /// <summary>Why to stop, or null.</summary>
    public StoppingReason? Reason => _sinceBest >= validation.Patience ? StoppingReason.Validation : null;

    /// <summary>The metrics at a point; none if they are not due.</summary>
    /// <param name="point">The point.</param>
    /// <param name="iteration">Its number.</param>
    /// <param name="best">The best point before, or null.</param>
    /// <exception cref="NonFiniteMetricException{TElement}">The decisive metric is NaN or infinite.</exception>
    public IReadOnlyList<double> Measure(Parameters<TElement> point, int iteration, Parameters<TElement>? best)
    {
        IsBest = false;
        if (iteration % validation.EveryIterations != 0)
        {
            return [];
        }

        var model = createModel(point);
        double[] scores = [.. validation.Metrics.Select(metric => metric.Measure(model))];
        if (!double.IsFinite(scores[0]))
        {
            throw new NonFiniteMetricException<TElement>(validation.Metrics[0].Name, scores[0], iteration, best);
        }

        var loss = validation.Metrics[0].HigherIsBetter ? -scores[0] : scores[0];
        IsBest = loss < _least;
        _sinceBest = IsBest ? 0 : _sinceBest + 1;
        _least = IsBest ? loss : _least;
        return scores;
    }

    public void Visit(RunState state)
    {
        state.Visit(ref _least);
        state.Visit(ref _sinceBest);
    }
}
