using System.Globalization;
using AutoGradMf.Generators.Symbolics.Model;

namespace AutoGradMf.Generators.Symbolics.Checks;

/// <summary>Finds constants that a double holds and a float does not: what is generated is generic over both.</summary>
internal static class FloatRange
{
    public static IEnumerable<Problem> Problems(LossNode body) =>
        from number in body.SelfAndDescendants().OfType<NumberNode>()
        let becomes = InFloat(number.Value)
        where becomes is not null
        select new Problem(RuleNames.OutOfFloatRange, number.Node, new([number.Value.ToString("R", CultureInfo.InvariantCulture), becomes]));

    /// <summary>What a number becomes in a float if that is another: infinite, or zero.</summary>
    public static string? InFloat(double value) => (float)value switch
    {
        float.PositiveInfinity when !double.IsInfinity(value) => "infinite",
        float.NegativeInfinity when !double.IsInfinity(value) => "infinite",
        0 when value != 0 => "0",
        _ => null,
    };
}
