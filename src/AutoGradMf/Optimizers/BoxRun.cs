using System.Numerics;
using AutoGradMf.Kernels;
using AutoGradMf.Objectives;

namespace AutoGradMf.Optimizers;

/// <summary>What methods of descent within bounds share: the start is projected, and the norm is that of P(x − ∇f) − x.</summary>
internal abstract class BoxRun<TElement> : OptimizerRun<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    private const double SufficientDecrease = 1e-4;
    private const int MostTrials = 60;

    /// <summary>Of the slope at the start of a step, what may be left of it at the end where values say nothing.</summary>
    private const double MostSlope = 0.9;

    private readonly Box<TElement> _box;
    private readonly TElement[] _scratch;
    private double _norm;

    protected BoxRun(IObjective<TElement> objective, Parameters<TElement> start, Workers workers)
    {
        _box = new(objective.Layout);
        _scratch = new TElement[objective.Layout.Count];
        var inside = start.Copy();
        _box.Project(inside.Values);
        At = new(objective, inside, workers);
        Measure();
    }

    public sealed override Parameters<TElement> Point => At.Point;

    public sealed override double Objective => At.Value;

    public sealed override double GradientNorm => _norm;

    public sealed override int Evaluations => At.Evaluations;

    protected TrialPoint<TElement> At { get; }

    protected Box<TElement> Box => _box;

    /// <summary>A vector of all parameters that is free between calls.</summary>
    protected Span<TElement> Scratch => _scratch;

    public override void Visit(RunState state) => At.Visit(state);

    /// <summary>
    /// Goes to P(x + α·d) for the first α = 1, ½, ¼, … that lowers the objective by at least 10⁻⁴·∇f·(x₊ − x): Armijo's rule along the projected
    /// arc (Bertsekas, SIAM Journal on Control and Optimization 20, 1982).
    /// </summary>
    protected Iteration Search(ReadOnlySpan<TElement> direction, StoppingMonitor monitor)
    {
        var anyFinite = false;
        for (var (trial, length) = (0, 1.0); trial < MostTrials; trial++, length /= 2)
        {
            if (monitor.Interruption is not null)
            {
                return Iteration.Interrupted;
            }

            At.Arithmetic.Add(At.Point.Values, length, direction, At.Trial.Values);
            _box.Project(At.Trial.Values);
            var value = At.EvaluateTrial();
            if (IsSufficient(value))
            {
                Accept();
                return Iteration.Moved(length);
            }

            anyFinite |= double.IsFinite(value);
        }

        return At.Fail(anyFinite);
    }

    /// <summary>Makes the last trial the current point.</summary>
    protected void Accept()
    {
        At.Accept();
        Measure();
    }

    /// <summary>
    /// Whether the trial lowers the objective enough; where values agree up to rounding, whether the slope along the step does not say
    /// that it is beyond the minimum (Hager &amp; Zhang, SIAM Journal on Optimization 16, 2005).
    /// </summary>
    private bool IsSufficient(double value)
    {
        At.Arithmetic.Add(At.Trial.Values, -1, At.Point.Values, _scratch);
        var slope = At.Arithmetic.Dot(At.Gradient.Values, _scratch);
        return (value < At.Value && value <= At.Value + (SufficientDecrease * slope))
            || (Math.Abs(value - At.Value) <= ValueRounding<TElement>.Part * Math.Abs(At.Value)
                && Math.Abs(At.Arithmetic.Dot(At.TrialGradient.Values, _scratch)) < MostSlope * -slope);
    }

    private void Measure()
    {
        _box.Descent(At.Point.Values, At.Gradient.Values, 1, _scratch);
        _norm = At.Arithmetic.Norm(_scratch);
    }
}
