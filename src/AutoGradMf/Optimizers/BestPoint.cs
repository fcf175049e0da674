using System.Numerics;
using AutoGradMf.Objectives;

namespace AutoGradMf.Optimizers;

/// <summary>A copy of the best point that a run has come by. What is saved of it, where the run is at it, is that.</summary>
internal sealed class BestPoint<TElement>(ParameterLayout layout)
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    private double _objective = double.PositiveInfinity;
    private double _gradientNorm;
    private bool _isKept;
    private bool _isRunThere;

    public Parameters<TElement> Point { get; } = new(layout);

    public double Objective => _objective;

    public double GradientNorm => _gradientNorm;

    public bool IsEmpty => !_isKept;

    /// <summary>Keeps the run's point if it is not above the point kept: of equal ones, the later has the smaller gradient.</summary>
    public void Offer(OptimizerRun<TElement> run) => Offer(run, isBest: run.Objective <= _objective);

    /// <summary>Keeps the run's point if it is the best.</summary>
    public void Offer(OptimizerRun<TElement> run, bool isBest)
    {
        _isRunThere = isBest;
        if (isBest)
        {
            run.Point.Values.CopyTo(Point.Values);
            (_objective, _gradientNorm, _isKept) = (run.Objective, run.GradientNorm, true);
        }
    }

    /// <summary>Shows all that is kept, but for a point that the run is at.</summary>
    public void Visit(RunState state, OptimizerRun<TElement> run)
    {
        // A run of one's own may have moved since.
        _isRunThere &= Point.Values.SequenceEqual(run.Point.Values);
        state.Visit(ref _objective);
        state.Visit(ref _gradientNorm);
        state.Visit(ref _isKept);
        state.Visit(ref _isRunThere);
        if (_isRunThere)
        {
            run.Point.Values.CopyTo(Point.Values);
        }
        else
        {
            state.Visit(Point.Values);
        }
    }
}
