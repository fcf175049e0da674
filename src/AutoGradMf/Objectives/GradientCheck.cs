namespace AutoGradMf.Objectives;

/// <summary>
/// Compares an objective's gradient with differences of the loss itself, computed by the user's own method
/// (<see cref="IObjective{TElement}.Reference"/>). Errors are |a − n| / max(10⁻⁸, |a| + |n|) for an analytic derivative a and a
/// numeric one n. Nothing that is passed in is modified, and equal seeds give equal results.
/// </summary>
/// <remarks>
/// The point should be one where the loss is smooth: at a kink, differences and the documented one-sided convention disagree,
/// and both are right.
/// </remarks>
public static partial class GradientCheck
{
    private static double RelativeError(double analytic, double numeric) =>
        double.IsFinite(analytic) && double.IsFinite(numeric)
            ? Math.Abs(analytic - numeric) / Math.Max(1e-8, Math.Abs(analytic) + Math.Abs(numeric))
            : double.PositiveInfinity;

    private static (double Value, Parameters<double> Gradient) Evaluate(IObjective<double> objective, Parameters<double> at)
    {
        ArgumentNullException.ThrowIfNull(objective);
        ArgumentNullException.ThrowIfNull(at);
        var gradient = new Parameters<double>(at.Layout);
        return (objective.ValueAndGradient(at, gradient, objective.CreateWorkspace()), gradient);
    }

    private static void RequireStep(double step)
    {
        if (!(step > 0 && double.IsFinite(step)))
        {
            throw new ArgumentOutOfRangeException(nameof(step), step, "The step of a difference must be a finite number above 0.");
        }
    }
}
