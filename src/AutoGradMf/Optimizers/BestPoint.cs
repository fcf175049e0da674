using System.Numerics;
using AutoGradMf.Objectives;

namespace AutoGradMf.Optimizers;

/// <summary>A copy of the best point that a run has come by.</summary>
internal sealed class BestPoint<TElement>(ParameterLayout layout)
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    private double _objective = double.PositiveInfinity;
    private double _gradientNorm;
    private bool _isKept;

    public Parameters<TElement> Point { get; } = new(layout);

    public double Objective => _objective;

    public double GradientNorm => _gradientNorm;

    public bool IsEmpty => !_isKept;

    /// <summary>Keeps the run's point if <paramref name="objective"/> is lower than that of the point kept.</summary>
    public void Offer(OptimizerRun<TElement> run, double objective)
    {
        if (objective < _objective)
        {
            Keep(run);
        }
    }

    public void Keep(OptimizerRun<TElement> run)
    {
        run.Point.Values.CopyTo(Point.Values);
        (_objective, _gradientNorm, _isKept) = (run.Objective, run.GradientNorm, true);
    }

    public void Visit(RunState state)
    {
        state.Visit(ref _objective);
        state.Visit(ref _gradientNorm);
        state.Visit(ref _isKept);
        state.Visit(Point.Values);
    }
}
