using System.Numerics;

namespace AutoGradMf.Optimizers;

/// <summary>
/// Quasi-Newton steps among the points with the same zero groups and the same elements at bounds, where an objective with norms is smooth. Proximal steps find
/// those points, and are slow among them (Bareilles, Iutzeler &amp; Malick, Mathematical Programming 200, 2023); elements that would change their sign become zero,
/// as in Andrew &amp; Gao (ICML 2007).
/// </summary>
internal sealed class ManifoldStep<TElement>(PenaltyTerms<TElement> terms, TrialPoint<TElement> at)
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    private const int Memory = 10;
    private const double SufficientDecrease = 1e-4;

    /// <summary>A proximal step takes over sooner than a short step among kinks helps.</summary>
    private const int MostTrials = 5;

    private readonly CurvatureHistory<TElement> _history = new(Memory, at.Point.Layout);
    private readonly TElement[] _smooth = new TElement[at.Point.Layout.Count];
    private readonly TElement[] _direction = new TElement[at.Point.Layout.Count];
    private readonly TElement[] _scratch = new TElement[at.Point.Layout.Count];

    /// <summary>Learns from the step that was accepted last, whichever made it. Slopes of single elements' norms jump at kinks and have no curvature: they are left out.</summary>
    public void Learn()
    {
        terms.GradientWithoutElements(at.Point.Values, at.Gradient.Values, _smooth);
        terms.GradientWithoutElements(at.Trial.Values, at.TrialGradient.Values, _scratch);
        _history.Add(at, _smooth, _scratch);
    }

    /// <summary>Accepts the first of the lengths 1, ½, ¼, … that lowers the objective enough; stuck if none of few does.</summary>
    public Iteration Iterate(StoppingMonitor monitor)
    {
        if (_history.Count == 0)
        {
            return Iteration.Stuck;
        }

        terms.FindSmooth(at.Point.Values, _smooth);
        _history.AimFree(at, _smooth, _direction, _scratch);
        if (!(at.Arithmetic.Dot(at.Gradient.Values, _direction) < 0))
        {
            return Iteration.Stuck;
        }

        for (var (trial, length) = (0, 1.0); trial < MostTrials; trial++, length /= 2)
        {
            if (monitor.Interruption is not null)
            {
                return Iteration.Interrupted;
            }

            at.Arithmetic.Add(at.Point.Values, length, _direction, at.Trial.Values);
            terms.StopAtKinks(at.Point.Values, at.Trial.Values);
            var value = at.EvaluateTrial();
            at.Arithmetic.Add(at.Trial.Values, -1, at.Point.Values, _scratch);
            if (value < at.Value && value <= at.Value + (SufficientDecrease * at.Arithmetic.Dot(at.Gradient.Values, _scratch)))
            {
                at.Accept();
                return Iteration.Moved(length);
            }
        }

        return Iteration.Stuck;
    }

    public void Visit(RunState state) => _history.Visit(state);
}
