using System.Numerics;
using AutoGradMf.Kernels;
using AutoGradMf.Objectives;

namespace AutoGradMf.Optimizers;

/// <summary>The point of a descent that changes one factor at a time, with its value and gradient as far as they are asked for.</summary>
internal sealed class BlockPoint<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    private readonly IObjective<TElement> _objective;
    private readonly VectorArithmetic<TElement> _arithmetic;
    private bool _isEvaluated;
    private int _evaluations;

    public BlockPoint(IObjective<TElement> objective, Parameters<TElement> start, Workers workers)
    {
        _objective = objective;
        _arithmetic = new(objective.Layout.Count, workers);
        Workspace = objective.CreateWorkspace(workers);
        (Point, Gradient) = (start.Copy(), new(objective.Layout));
        Evaluate();
    }

    public Workspace Workspace { get; }

    public Parameters<TElement> Point { get; private set; }

    /// <summary>As of the last evaluation.</summary>
    public double Value { get; private set; }

    /// <summary>As of the last evaluation.</summary>
    public Parameters<TElement> Gradient { get; private set; }

    /// <summary>‖∇f‖₂, as of the last evaluation.</summary>
    public double GradientNorm => _arithmetic.Norm(Gradient.Values);

    public int Evaluations => _evaluations;

    public bool IsFinite => double.IsFinite(Value) && double.IsFinite(GradientNorm);

    public void Visit(RunState state) => state.Visit(ref _evaluations);

    /// <summary>Says that the point was changed.</summary>
    public void Moved() => _isEvaluated = false;

    /// <summary>The value and the gradient of the point as it is now.</summary>
    public void Evaluate()
    {
        if (!_isEvaluated)
        {
            Value = EvaluateAt(Point, Gradient);
            _isEvaluated = true;
        }
    }

    public double EvaluateAt(Parameters<TElement> at, Parameters<TElement> gradient)
    {
        _evaluations++;
        return _objective.ValueAndGradient(at, gradient, Workspace);
    }

    /// <summary>Exchanges the point and its gradient for others, and takes theirs in return.</summary>
    public void Exchange(ref Parameters<TElement> point, ref Parameters<TElement> gradient, double value)
    {
        (Point, point) = (point, Point);
        (Gradient, gradient) = (gradient, Gradient);
        (Value, _isEvaluated) = (value, true);
    }
}
