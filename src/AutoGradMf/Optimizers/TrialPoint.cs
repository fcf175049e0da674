using System.Numerics;
using AutoGradMf.Kernels;
using AutoGradMf.Objectives;

namespace AutoGradMf.Optimizers;

/// <summary>
/// The point of a descent and a trial of the next one, each with its value and gradient, so that accepting a trial is an exchange of buffers.
/// </summary>
internal class TrialPoint<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    private static readonly double RelativeRounding =
        Math.Pow(double.CreateChecked(TElement.BitIncrement(TElement.One) - TElement.One), 2.0 / 3);

    private readonly IObjective<TElement> _objective;
    private int _evaluations;
    private int? _evaluationsBefore;
    private double _trialValue, _trialNorm;

    /// <summary>Evaluates the objective at <paramref name="start"/>, which is copied.</summary>
    public TrialPoint(IObjective<TElement> objective, Parameters<TElement> start, Workers workers)
    {
        _objective = objective;
        Workspace = objective.CreateWorkspace(workers);
        Arithmetic = new(objective.Layout.Count, workers);
        (Point, Gradient) = (start.Copy(), new(objective.Layout));
        (Trial, TrialGradient) = (new(objective.Layout), new(objective.Layout));
        Value = objective.ValueAndGradient(Point, Gradient, Workspace);
        GradientNorm = Arithmetic.Norm(Gradient.Values);
        _evaluations = 1;
    }

    public VectorArithmetic<TElement> Arithmetic { get; }

    /// <summary>Of the objective.</summary>
    public Workspace Workspace { get; }

    /// <summary>x.</summary>
    public Parameters<TElement> Point { get; private set; }

    /// <summary>f(x).</summary>
    public double Value { get; private set; }

    /// <summary>∇f(x).</summary>
    public Parameters<TElement> Gradient { get; private set; }

    /// <summary>‖∇f(x)‖₂.</summary>
    public double GradientNorm { get; private set; }

    public bool IsFinite => double.IsFinite(Value) && double.IsFinite(GradientNorm);

    /// <summary>The last point tried; after it is accepted, the point before.</summary>
    public Parameters<TElement> Trial { get; private set; }

    /// <summary>The gradient at <see cref="Trial"/>.</summary>
    public Parameters<TElement> TrialGradient { get; private set; }

    public int Evaluations => _evaluations;

    /// <summary>
    /// Differences of values up to this say nothing: a sum of many terms that cancel in part loses far more than one rounding (the Gram
    /// form of a filled loss: 10⁻¹¹ of its value). ε^⅔, 4·10⁻¹¹ for double and 2·10⁻⁵ for float, covers that, and is still far
    /// below the 10⁻⁶ of Hager &amp; Zhang (2005).
    /// </summary>
    public double Rounding => RelativeRounding * Math.Abs(Value);

    /// <summary>What to multiply a gradient of this norm by for a first step of length 1; 1 where the norm is next to nothing, whose inverse may be infinite in float.</summary>
    public static double FirstLength(double norm) => norm > 1e-30 ? 1 / norm : 1;

    /// <summary>The value of <see cref="Trial"/>, which was set before; NaN where the gradient is not finite, since no step leads on from there.</summary>
    public double EvaluateTrial()
    {
        _evaluations++;
        _trialValue = _objective.ValueAndGradient(Trial, TrialGradient, Workspace);
        _trialNorm = Arithmetic.Norm(TrialGradient.Values);
        return double.IsFinite(_trialValue) && !double.IsFinite(_trialNorm) ? double.NaN : _trialValue;
    }

    /// <summary>Makes the last trial the current point.</summary>
    public void Accept()
    {
        (Point, Trial) = (Trial, Point);
        (Gradient, TrialGradient) = (TrialGradient, Gradient);
        (Value, GradientNorm) = (_trialValue, _trialNorm);
    }

    /// <summary>An iteration that was interrupted, before which there were so many evaluations.</summary>
    public Iteration Interrupt(int evaluationsBefore)
    {
        _evaluationsBefore = evaluationsBefore;
        return Iteration.Interrupted;
    }

    /// <summary>The iteration of a search of which all trials failed: where none was finite, it ends at the last of them.</summary>
    public Iteration Fail(bool anyFinite)
    {
        if (anyFinite)
        {
            return Iteration.Stuck;
        }

        Accept();
        return Iteration.NonFinite;
    }

    /// <summary>Where an iteration was interrupted, all is as before it: a run that goes on makes it again.</summary>
    public void Visit(RunState state)
    {
        var evaluations = _evaluationsBefore ?? _evaluations;
        state.Visit(ref evaluations);
        _evaluations = _evaluationsBefore is null ? evaluations : _evaluations;
    }
}
