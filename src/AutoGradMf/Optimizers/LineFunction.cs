using System.Numerics;
using AutoGradMf.Kernels;
using AutoGradMf.Objectives;

namespace AutoGradMf.Optimizers;

/// <summary>
/// φ(α) = f(x + α·d): an objective along a line from the current point x. Holds the point, its gradient, the direction, and the
/// last trial, so that accepting a trial is an exchange of buffers.
/// </summary>
internal sealed class LineFunction<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    private static readonly double RelativeRounding =
        Math.Pow(double.CreateChecked(TElement.BitIncrement(TElement.One) - TElement.One), 2.0 / 3);

    private readonly IObjective<TElement> _objective;
    private readonly Workspace _workspace;
    private double _trialValue;
    private int _evaluations;

    /// <summary>Evaluates the objective at <paramref name="start"/>, which is copied.</summary>
    public LineFunction(IObjective<TElement> objective, Parameters<TElement> start, Workers workers)
    {
        _objective = objective;
        _workspace = objective.CreateWorkspace(workers);
        Arithmetic = new(objective.Layout.Count, workers);
        (Point, Gradient) = (new(objective.Layout), new(objective.Layout));
        (Trial, TrialGradient) = (new(objective.Layout), new(objective.Layout));
        Direction = new TElement[objective.Layout.Count];
        start.Values.CopyTo(Point.Values);
        Value = objective.ValueAndGradient(Point, Gradient, _workspace);
        GradientNorm = Arithmetic.Norm(Gradient.Values);
        _evaluations = 1;
    }

    public VectorArithmetic<TElement> Arithmetic { get; }

    /// <summary>x.</summary>
    public Parameters<TElement> Point { get; private set; }

    /// <summary>f(x).</summary>
    public double Value { get; private set; }

    /// <summary>∇f(x).</summary>
    public Parameters<TElement> Gradient { get; private set; }

    /// <summary>‖∇f(x)‖₂.</summary>
    public double GradientNorm { get; private set; }

    /// <summary>d.</summary>
    public TElement[] Direction { get; }

    /// <summary>The last point tried; after it is accepted, the point before.</summary>
    public Parameters<TElement> Trial { get; private set; }

    /// <summary>The gradient at <see cref="Trial"/>.</summary>
    public Parameters<TElement> TrialGradient { get; private set; }

    /// <summary>α = 0.</summary>
    public LinePoint Origin { get; private set; }

    /// <summary>
    /// Differences of values up to this say nothing: a sum of many terms that cancel in part loses far more than one rounding (the Gram
    /// form of a filled loss: 10⁻¹¹ of its value). ε^⅔, 4·10⁻¹¹ for double and 2·10⁻⁵ for float, covers that, and is still far
    /// below the 10⁻⁶ of Hager &amp; Zhang (2005).
    /// </summary>
    public double Rounding => RelativeRounding * Math.Abs(Value);

    public int Evaluations => _evaluations;

    /// <summary>Says that d has been set, and what φ′(0) = ∇f(x)·d is.</summary>
    public void Aim(double slope) => Origin = new(0, Value, slope);

    /// <summary>Makes d the negative gradient.</summary>
    public void AimDownhill()
    {
        System.Numerics.Tensors.TensorPrimitives.Negate<TElement>(Gradient.Values, Direction);
        Aim(-GradientNorm * GradientNorm);
    }

    public LinePoint Try(double step)
    {
        Arithmetic.Add(Point.Values, step, Direction, Trial.Values);
        _trialValue = _objective.ValueAndGradient(Trial, TrialGradient, _workspace);
        _evaluations++;
        return new(step, _trialValue, Arithmetic.Dot(TrialGradient.Values, Direction));
    }

    /// <summary>Makes the last trial the current point.</summary>
    public void Accept()
    {
        (Point, Trial) = (Trial, Point);
        (Gradient, TrialGradient) = (TrialGradient, Gradient);
        Value = _trialValue;
        GradientNorm = Arithmetic.Norm(Gradient.Values);
    }

    public void Visit(RunState state) => state.Visit(ref _evaluations);

    /// <summary>What to throw when the last trial, or the start, is not finite and there is no way around.</summary>
    public NonFiniteObjectiveException<TElement> NonFinite(int iteration) => iteration == 0
        ? NonFiniteObjectiveException<TElement>.At(Point, Value, Gradient, 0, lastFinite: null)
        : NonFiniteObjectiveException<TElement>.At(Trial, _trialValue, TrialGradient, iteration, Point);
}
