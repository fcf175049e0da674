using System.Diagnostics;
using AutoGradMf.Generators.Symbolics.Costs;
using AutoGradMf.Generators.Symbolics.Lowering;
using AutoGradMf.Generators.Symbolics.Model;
using AutoGradMf.Symbolics.Tests.Generation;
using AutoGradMf.Symbolics.Tests.Interpretation;

namespace AutoGradMf.Symbolics.Tests;

/// <summary>What became of a loss: right, refused by the lowering (and where), wrong (and how), or out of the range of double.</summary>
internal sealed record Outcome(OutcomeKind Kind, string Reason = "");

internal enum OutcomeKind
{
    Right,
    Refused,
    Wrong,
    OutOfRange,
}

/// <summary>Holds every stage of the pipeline against the meaning of the loss.</summary>
internal static class LossCheck
{
    /// <summary>Rounding, in units of the sum of the magnitudes of all terms; products of some dozens of numbers are within it.</summary>
    private const double Tolerance = 1e-12;

    private const double LargestMagnitude = 1e12;

    public static Outcome Check(LossNode loss, Point point, IReadOnlyList<TestParameter>? parameters = null)
    {
        var reference = LossInterpreter.Evaluate(loss, point);
        if (!(reference.Magnitude < LargestMagnitude))
        {
            return new(OutcomeKind.OutOfRange);
        }

        try
        {
            return Check(new Pipeline(loss, parameters), loss, point, reference) is { } mistake ? new(OutcomeKind.Wrong, mistake) : new(OutcomeKind.Right);
        }
        catch (LossException refusal)
        {
            return new(OutcomeKind.Refused, Place(refusal) + " " + refusal.Problems[0].Arguments[^1]);
        }
        catch (InvalidPlanException invalid)
        {
            return new(OutcomeKind.Wrong, "invalid plan: " + invalid.Message);
        }
        catch (Exception failure) when (failure is InvalidOperationException or KeyNotFoundException or ArgumentException or NullReferenceException or IndexOutOfRangeException)
        {
            return new(OutcomeKind.Wrong, $"{failure.GetType().Name} in {Place(failure)}: {failure.Message}");
        }
    }

    private static string? Check(Pipeline pipeline, LossNode loss, Point point, Number reference)
    {
        var sizes = pipeline.Sizes(point);
        var meaning = new ExpressionInterpreter(point, sizes);
        string? Value(string stage, double value) => IsNear(value, reference.Value, reference.Magnitude) ? null : $"{stage}: {value} and not {reference.Value}";
        if ((Value("translation", meaning.Scalar(pipeline.Translated).Value) ?? Value("structure", meaning.Scalar(pipeline.Structured).Value)) is { } wrong)
        {
            return wrong;
        }

        var derivatives = pipeline.Factors.ToDictionary(f => f.Name, f => Derivative(loss, point, f.Name), StringComparer.Ordinal);
        string? Gradient(string stage, string factor, double[] gradient) => gradient
            .Zip(derivatives[factor], (value, right) => IsNear(value, right.Derivative, right.DerivativeMagnitude)
                ? null
                : $"{stage}, gradient of {factor}: {value} and not {right.Derivative}")
            .FirstOrDefault(m => m is not null);
        var mistakes = pipeline.Gradient.Select(g => Gradient("reverse mode", g.Factor.Name, [.. meaning.Array(g.Value, g.Indices).Select(e => e.Value)]));
        if (mistakes.FirstOrDefault(m => m is not null) is { } wrongGradient)
        {
            return wrongGradient;
        }

        var plan = pipeline.Lower();
        var interpreter = new PlanInterpreter(plan, point, sizes);
        var (value, both) = (interpreter.Run(plan.Value), interpreter.Run(plan.ValueAndGradient));
        return Value("plan of the value", value.Value)
            ?? Value("plan of value and gradient", both.Value)
            ?? pipeline.Factors.Select(f => both.Gradient.TryGetValue(f.Name, out var gradient)
                ? Gradient("plan", f.Name, gradient)
                : $"plan: the gradient of {f.Name} is never written").FirstOrDefault(m => m is not null)
            ?? Cost("value", plan.Value, value.Flops, point, sizes)
            ?? Cost("value and gradient", plan.ValueAndGradient, both.Flops, point, sizes);
    }

    private static string? Cost(string what, Evaluation evaluation, double flops, Point point, IReadOnlyDictionary<string, int> sizes)
    {
        var cost = CostModel.Flops(evaluation);
        var said = CostText.Evaluate(cost, size => size[0] == '|' ? point.Entries(size.Trim('|')).Count : sizes[size]);
        return said == flops ? null : $"cost of {what}: {cost} is {said} and not {flops}";
    }

    private static List<Number> Derivative(LossNode loss, Point point, string factor) =>
        [.. Enumerable.Range(0, point.Values(factor).Length).Select(element => LossInterpreter.Evaluate(loss, point, new Direction(factor, element)))];

    private static bool IsNear(double value, double right, double magnitude) => Math.Abs(value - right) <= Tolerance * magnitude;

    /// <summary>The methods that an exception comes from.</summary>
    private static string Place(Exception exception) => string.Join(" < ", new StackTrace(exception).GetFrames()
        .Select(f => f.GetMethod())
        .Where(m => m?.DeclaringType?.Namespace?.StartsWith("AutoGradMf.Generators", StringComparison.Ordinal) == true)
        .Select(m => m!.Name)
        .Take(3));
}
