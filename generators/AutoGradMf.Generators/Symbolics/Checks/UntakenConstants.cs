using System.Globalization;
using AutoGradMf.Generators.Symbolics.Model;

namespace AutoGradMf.Generators.Symbolics.Checks;

/// <summary>Says why operations do not take the constants that they are given.</summary>
/// <param name="functions">The elementwise functions that are called.</param>
/// <param name="ofParameter">The value of a parameter that is held to be a constant; null of any other.</param>
internal sealed class UntakenConstants(IEnumerable<FunctionModel> functions, Func<string, double?> ofParameter)
{
    private readonly Dictionary<string, FunctionModel> _functions = functions.ToDictionary(f => f.Key, StringComparer.Ordinal);

    /// <summary>Why a call does not take its constants; null if it does.</summary>
    public string? ReasonAgainst(CallNode call) =>
        call is { Function: Operators.Divide, Arguments: [_, var divisor] } && Bound.ValueOf(divisor, ofParameter) == 0 ? "divides by zero"
        : !_functions.TryGetValue(call.Function, out var function) ? null
        : OfArgument(call, function)
            ?? function.Requirements.Where(r => r.Lower.In(call, ofParameter) > r.Upper.In(call, ofParameter)).Select(r => Unsatisfied(r, call)).FirstOrDefault();

    private string? OfArgument(CallNode call, FunctionModel function) => call.Arguments is [var only] && Bound.ValueOf(only, ofParameter) is { } value
        ? value < function.LeastArgument ? $"is not a number: {function.Name} takes no less than {Text(function.LeastArgument)}"
        : value > function.GreatestArgument ? $"is not a number: {function.Name} takes no more than {Text(function.GreatestArgument)}"
        : null
        : null;

    private string Unsatisfied(Requirement requirement, CallNode call) => $"needs {requirement.Text}, and "
        + string.Join(" and ", new[] { requirement.Lower, requirement.Upper }.Where(side => side.Place >= 0).OrderBy(side => side.Place)
            .Select(side => $"{side.Parameter} is {Text(side.In(call, ofParameter)!.Value)}"));

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
