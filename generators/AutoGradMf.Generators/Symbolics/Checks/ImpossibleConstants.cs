using System.Globalization;
using AutoGradMf.Generators.Symbolics.Model;

namespace AutoGradMf.Generators.Symbolics.Checks;

/// <summary>Finds constants by which a loss has no value whatever its factors are, or a function not the one that it is declared to have.</summary>
internal static class ImpossibleConstants
{
    public static IEnumerable<Problem> Problems(LossModel model, Func<LossNode, string> quote)
    {
        var functions = model.Functions.ToDictionary(f => f.Key, StringComparer.Ordinal);
        var choices = new HashSet<LossNode>(model.Body!.SelfAndDescendants().SelectMany(Choices), SameObject<LossNode>.Instance);
        return from node in model.Body!.SelfAndDescendants()
               let reason = node is CallNode call ? OfCall(call, functions)
                   : node is NumberNode { Value: double.NaN } && !choices.Contains(node) ? "is not a number, and neither is what it is part of" : null
               where reason is not null
               select new Problem(RuleNames.ImpossibleConstant, node.Node, new([quote(node), reason]));
    }

    /// <summary>What a condition chooses from: that one of them is not a number may be what tells where there is no value.</summary>
    private static IEnumerable<LossNode> Choices(LossNode node) =>
        node is CallNode { Function: Operators.IfLess or Operators.IfLessOrEqual, Arguments: [_, _, var yes, var no] } ? [yes, no] : [];

    private static string? OfCall(CallNode call, Dictionary<string, FunctionModel> functions) =>
        call is { Function: Operators.Divide, Arguments: [_, var divisor] } && Bound.ValueOf(divisor) == 0 ? "divides by zero"
        : !functions.TryGetValue(call.Function, out var function) ? null
        : OfArgument(call, function)
            ?? function.Requirements.Where(r => r.Lower.In(call) > r.Upper.In(call)).Select(r => Unsatisfied(r, call)).FirstOrDefault();

    private static string? OfArgument(CallNode call, FunctionModel function) => call.Arguments is [var only] && Bound.ValueOf(only) is { } value
        ? value < function.LeastArgument ? $"is not a number: {function.Name} takes no less than {Text(function.LeastArgument)}"
        : value > function.GreatestArgument ? $"is not a number: {function.Name} takes no more than {Text(function.GreatestArgument)}"
        : null
        : null;

    private static string Unsatisfied(Requirement requirement, CallNode call) => $"needs {requirement.Text}, and "
        + string.Join(" and ", new[] { requirement.Lower, requirement.Upper }.Where(side => side.Place >= 0).OrderBy(side => side.Place)
            .Select(side => $"{side.Parameter} is {Text(side.In(call)!.Value)}"));

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
