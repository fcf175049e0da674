using System.Globalization;
using AutoGradMf.Generators.Symbolics.Model;

namespace AutoGradMf.Generators.Symbolics.Checks;

/// <summary>Finds default values of hyperparameters that, written in their place, would be impossible constants. A condition may be there to keep them from being used.</summary>
internal static class ImpossibleDefaults
{
    public static IEnumerable<Problem> Problems(LossModel model, Func<LossNode, string> quote)
    {
        var defaults = model.Parameters.Where(p => p.Default is not null).ToDictionary(p => p.Name, p => p.Default, StringComparer.Ordinal);
        if (defaults.Count == 0)
        {
            return [];
        }

        double? Default(string parameter) => defaults.TryGetValue(parameter, out var value) ? value : null;
        return NonFinite(model, Default).Concat(Untaken(model, Default, quote)).GroupBy(found => found.Name).Select(found => new Problem(
            RuleNames.ImpossibleConstant, 0, new([$"{found.Key} = {Default(found.Key)!.Value.ToString("R", CultureInfo.InvariantCulture)}", found.First().Reason])) { Parameter = found.Key });
    }

    private static IEnumerable<(string Name, string Reason)> NonFinite(LossModel model, Func<string, double?> ofParameter) =>
        new CertainlyNonFinite(ofParameter).CausesOf(model.Body!).OfType<ParameterNode>().Select(p => (p.Name, ofParameter(p.Name) is double.NaN
            ? "is not a number, and neither is the loss then, whatever its factors are"
            : "is infinite, and so is the loss then, whatever its factors are, or it is not a number"));

    /// <summary>What constants alone do not explain; of divisions by zero those by which the loss is not finite, for an infinity may bound nothing.</summary>
    private static IEnumerable<(string Name, string Reason)> Untaken(LossModel model, Func<string, double?> ofParameter, Func<LossNode, string> quote)
    {
        var notFinite = new HashSet<LossNode>(new CertainlyNonFinite(ofParameter).CausesOf(model.Body!), SameObject<LossNode>.Instance);
        var (byConstants, byDefaults) = (new UntakenConstants(model.Functions, _ => null), new UntakenConstants(model.Functions, ofParameter));
        return from call in OutsideOfConditions(model.Body!).OfType<CallNode>()
               where byConstants.ReasonAgainst(call) is null && (call.Function != Operators.Divide || notFinite.Contains(call))
               let reason = byDefaults.ReasonAgainst(call)
               where reason is not null
               from given in call.Arguments.SelectMany(a => a.SelfAndDescendants()).OfType<ParameterNode>()
               where ofParameter(given.Name) is not null && byDefaults.ReasonAgainst(call) != new UntakenConstants(model.Functions, p => p == given.Name ? null : ofParameter(p)).ReasonAgainst(call)
               select (given.Name, $"is not what '{quote(call)}' takes, which {reason}");
    }

    private static IEnumerable<LossNode> OutsideOfConditions(LossNode value)
    {
        var seen = new HashSet<LossNode>(SameObject<LossNode>.Instance);
        var left = new Stack<LossNode>([value]);
        while (left.Count > 0)
        {
            var next = left.Pop();
            if (seen.Add(next))
            {
                yield return next;
                foreach (var part in next is CallNode { Function: Operators.IfLess or Operators.IfLessOrEqual } ? next.Parts.Take(2) : next.Parts)
                {
                    left.Push(part);
                }
            }
        }
    }
}
