using System.Globalization;
using System.Numerics;
using AutoGradMf.Objectives;

namespace AutoGradMf.Optimizers;

/// <summary>
/// An objective or its gradient is NaN or infinite where an optimizer has to begin, or where it went from the last finite point: to minus
/// infinity, or so near to it that only rounding lies between, or, if every step that it tried ended like that, to the shortest of them.
/// Or a run ended at a point from where the objective falls without end.
/// </summary>
/// <typeparam name="TElement"><see cref="float"/> or <see cref="double"/>: the type of the factors.</typeparam>
public sealed class NonFiniteObjectiveException<TElement> : ArithmeticException
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    /// <summary>What is lower is all but minus infinity: gradients leave the range of the elements there, and products of two slopes that of double.</summary>
    private static readonly double Bottom = -Math.Min(1e100, Math.Pow(double.CreateChecked(TElement.BitDecrement(TElement.PositiveInfinity)), 0.75));

    private NonFiniteObjectiveException(string message, string factor, int iteration, Parameters<TElement>? lastFinite)
        : base(message)
    {
        Factor = factor;
        Iteration = iteration;
        LastFinite = lastFinite;
    }

    /// <summary>
    /// The factor that holds a number that is not finite, or whose gradient does; where only the objective itself is not finite, the
    /// factor of the largest element, or of the one along which it falls fastest to minus infinity; where it falls without end, the one along which it does.
    /// </summary>
    public string Factor { get; }

    /// <summary>
    /// The iteration that could not be done, counted from 1; 0 for the start. Where the objective falls without end, the last.
    /// </summary>
    public int Iteration { get; }

    /// <summary>
    /// The parameters of the iteration before, which are finite and so is their objective; null at the start. A model can be made of
    /// them, and training can go on from them with another loss or optimizer. Where the objective falls without end, those of the last
    /// iteration.
    /// </summary>
    public Parameters<TElement>? LastFinite { get; }

    /// <summary>Whether an objective is minus infinity, or all but that.</summary>
    internal static bool IsBottomless(double objective) => objective < Bottom;

    /// <summary>Finds the culprit where a run is.</summary>
    internal static NonFiniteObjectiveException<TElement> Of(
        IObjective<TElement> objective, OptimizerRun<TElement> run, int iteration, Parameters<TElement>? lastFinite)
    {
        var (point, gradient) = (run.Point, new Parameters<TElement>(objective.Layout));
        objective.ValueAndGradient(point, gradient, objective.CreateWorkspace());
        var (culprit, place) = FirstNonFinite(point) is { } parameter ? ("the parameter", parameter)
            : FirstNonFinite(gradient) is { } slope ? ("the gradient in", slope)
            : IsBottomless(run.Objective) && Falling(point, gradient) is { } falling ? ("where it falls fastest,", falling)
            : ("the largest parameter", Largest(point));
        var holder = culprit == "the gradient in" ? gradient : point;
        var name = point.Layout.Factors[place.Factor].Name;
        var message = string.Create(CultureInfo.InvariantCulture, $"""
            {What(run)} {(iteration == 0 ? "at the start" : $"in iteration {iteration}")}: {culprit} {name}[{place.Row}, {place.Column}] is {holder[place.Factor][place.Row, place.Column]}. Likely cause: {Cause(objective, run, iteration)}{(lastFinite is null ? "" : $" {nameof(LastFinite)} holds the parameters of the iteration before.")}
            """);
        return new(message, name, iteration, lastFinite);
    }

    /// <summary>Tells that a factor of where a run ended leads to minus infinity.</summary>
    internal static NonFiniteObjectiveException<TElement> Endless(
        IObjective<TElement> objective, OptimizerRun<TElement> run, int iteration, int factor, Parameters<TElement> lastFinite)
    {
        var name = run.Point.Layout.Factors[factor].Name;
        var cause = NegativeWeight(objective) ?? "the loss is unbounded below; strengthen the regularization.";
        var found = string.Create(
            CultureInfo.InvariantCulture,
            $"The objective falls without end: it is {run.Objective} after iteration {iteration}, and ever less where {name} is multiplied by ever larger numbers.");
        return new($"{found} Likely cause: {cause} {nameof(LastFinite)} holds the parameters of that iteration.", name, iteration, lastFinite);
    }

    private static string What(OptimizerRun<TElement> run) => double.IsFinite(run.Objective) && !IsBottomless(run.Objective)
        ? string.Create(CultureInfo.InvariantCulture, $"The norm of the gradient is {run.GradientNorm}")
        : string.Create(CultureInfo.InvariantCulture, $"The objective is {run.Objective}");

    /// <summary>From what is certain to what is common.</summary>
    private static string Cause(IObjective<TElement> objective, OptimizerRun<TElement> run, int iteration)
    {
        var given = objective.Inputs.Select(input => input.FindNonFinite()).FirstOrDefault(found => found is not null);
        var huge = objective.Inputs.Select(input => input.FindHuge()).FirstOrDefault(found => found is not null);
        return given is not null ? $"{given}, which the loss is given; give it finite numbers."
            : huge is not null ? $"{huge}, so large that squares or sums of it are infinite in {typeof(TElement).Name}; scale it down."
            : iteration == 0 && FirstNonFinite(run.Point) is not null ? "the start that was given holds it; give finite factors, such as those of another model."
            : iteration == 0 && !IsBottomless(run.Objective) ? "the start or the data are outside the domain of the loss (a logarithm, root or quotient), or too large; give others."
            : run.LikelyCause is { } setting && !IsBottomless(run.Objective) ? $"{setting}, or the loss is unbounded below."
            : NegativeWeight(objective)
            ?? "the loss is unbounded below, or its domain ends here (a logarithm, root or quotient); strengthen the regularization or keep the loss away " +
                "from the edge of its domain.";
    }

    private static string? NegativeWeight(IObjective<TElement> objective) => objective.Inputs.FirstOrDefault(input => input.Number < 0) is { } negative
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"{negative.Name} is {negative.Number}: a ridge or penalty of negative weight leaves the loss unbounded below; give a positive one.")
        : null;

    private static (int Factor, int Row, int Column)? FirstNonFinite(Parameters<TElement> parameters)
    {
        var values = parameters.Values;
        for (var p = 0; p < values.Length; p++)
        {
            if (!TElement.IsFinite(values[p]))
            {
                return Place(parameters.Layout, p);
            }
        }

        return null;
    }

    private static (int Factor, int Row, int Column) Largest(Parameters<TElement> parameters) =>
        Place(parameters.Layout, System.Numerics.Tensors.TensorPrimitives.IndexOfMaxMagnitude<TElement>(parameters.Values));

    /// <summary>The element that lowers the objective most as the parameters grow by the same share, whatever their units; null if none does.</summary>
    private static (int Factor, int Row, int Column)? Falling(Parameters<TElement> point, Parameters<TElement> gradient)
    {
        var (most, fastest) = (0.0, -1);
        for (var p = 0; p < point.Values.Length; p++)
        {
            var fall = -double.CreateTruncating(point.Values[p]) * double.CreateTruncating(gradient.Values[p]);
            (most, fastest) = fall > most ? (fall, p) : (most, fastest);
        }

        return fastest < 0 ? null : Place(point.Layout, fastest);
    }

    private static (int Factor, int Row, int Column) Place(ParameterLayout layout, int position)
    {
        var factor = 0;
        while (position >= layout.Offset(factor) + layout.Factors[factor].Count)
        {
            factor++;
        }

        var (row, column) = Math.DivRem(position - layout.Offset(factor), layout.Factors[factor].Columns);
        return (factor, row, column);
    }
}
