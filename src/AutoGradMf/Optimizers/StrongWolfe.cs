using System.Numerics;

namespace AutoGradMf.Optimizers;

/// <summary>
/// Looks for a step α along φ that meets the strong Wolfe conditions, φ(α) ≤ φ(0) + c₁·α·φ′(0) and |φ′(α)| ≤ c₂·|φ′(0)|: Nocedal &amp; Wright
/// (2006), algorithms 3.5 (bracket) and 3.6 (zoom), with safeguarded cubic interpolation.
/// </summary>
/// <remarks>
/// Values are compared up to <see cref="TrialPoint{TElement}.Rounding"/>; where they agree up to it, slopes decide, which remain accurate
/// there (the idea of Hager &amp; Zhang's approximate Wolfe conditions, SIAM Journal on Optimization 16, 2005). A trial that is not finite counts
/// as infinitely high, but for minus infinity, which ends the search. Where the second condition cannot be met (a kink), a step that meets the first is taken.
/// </remarks>
internal static class StrongWolfe
{
    public const double SufficientDecrease = 1e-4;
    public const double Curvature = 0.9;
    private const int MostTrials = 40;

    public static LineSearchResult Search<TElement>(LineFunction<TElement> line, double firstStep, StoppingMonitor monitor)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var search = new Bracket(line.Origin, line.Rounding);
        var step = firstStep;
        for (var trials = 0; trials < MostTrials && !search.IsExhausted; trials++)
        {
            if (monitor.Interruption is not null)
            {
                return new(LineSearchOutcome.Interrupted, step);
            }

            var trial = line.Try(step);
            if (trial.IsBottomless || search.Take(trial))
            {
                return new(LineSearchOutcome.Found, step);
            }

            step = search.NextStep();
        }

        if (search.Low.Step > 0 && search.Low.Value < line.Value)
        {
            line.Try(search.Low.Step);
            return new(LineSearchOutcome.Found, search.Low.Step);
        }

        return new(search.AnyFinite ? LineSearchOutcome.NoDecrease : LineSearchOutcome.NonFinite, step);
    }
}
