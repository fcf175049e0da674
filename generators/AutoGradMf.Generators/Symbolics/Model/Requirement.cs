using System.Globalization;

namespace AutoGradMf.Generators.Symbolics.Model;

/// <summary>What two arguments of a function, or one and a number, must satisfy: the lower is no more than the upper.</summary>
/// <param name="Text">As it is declared.</param>
/// <param name="Lower">The side that is no more.</param>
/// <param name="Upper">The side that is no less.</param>
internal sealed record Requirement(string Text, Bound Lower, Bound Upper)
{
    /// <summary>The requirement as it is declared; null if that cannot be read.</summary>
    public static Requirement? Of(string text, IReadOnlyList<string> parameters)
    {
        var sides = text.Split(["<=", ">="], StringSplitOptions.None).Select(side => Bound.Of(side.Trim(), parameters)).ToList();
        return sides is not [{ } first, { } second] ? null : text.Contains("<=") ? new(text, first, second) : new(text, second, first);
    }
}

/// <summary>A side of a requirement: an argument, or a number.</summary>
/// <param name="Parameter">The name of the parameter; empty for a number.</param>
/// <param name="Place">Its place.</param>
/// <param name="Number">The number.</param>
internal sealed record Bound(string Parameter, int Place, double Number)
{
    public static Bound? Of(string side, IReadOnlyList<string> parameters) =>
        parameters.ToList().IndexOf(side) is >= 0 and var place ? new(side, place, 0)
        : double.TryParse(side, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? new("", -1, number)
        : null;

    /// <summary>Its value in a call; null if that is no constant.</summary>
    /// <param name="call">The call.</param>
    /// <param name="ofParameter">The value of a parameter of the loss that is held to be a constant.</param>
    public double? In(CallNode call, Func<string, double?> ofParameter) => Place < 0 ? Number : ValueOf(call.Arguments.ElementAtOrDefault(Place), ofParameter);

    /// <summary>The value of a constant; null of anything else.</summary>
    public static double? ValueOf(LossNode? node, Func<string, double?> ofParameter) => node switch
    {
        NumberNode number => number.Value,
        ParameterNode parameter => ofParameter(parameter.Name),
        CallNode { Function: Operators.Negate, Arguments: [var operand] } => -ValueOf(operand, ofParameter),
        _ => null,
    };
}
