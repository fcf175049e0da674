namespace AutoGradMf.Objectives;

public static partial class GradientCheck
{
    /// <summary>Compares the objective's values, with and without gradient, with the user's own method. One evaluation of each.</summary>
    /// <param name="objective">What to check.</param>
    /// <param name="at">Where.</param>
    /// <exception cref="ArgumentException">The parameters were made for another objective.</exception>
    public static ValueCheck Value(IObjective<double> objective, Parameters<double> at)
    {
        var (valueWithGradient, _) = Evaluate(objective, at);
        var value = objective.Value(at, objective.CreateWorkspace());
        var reference = objective.Reference(at);
        return new(
            value,
            valueWithGradient,
            reference,
            Math.Max(RelativeError(value, reference), RelativeError(valueWithGradient, reference)));
    }
}
