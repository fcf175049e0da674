using AutoGradMf.Generators.Symbolics.Model;

namespace AutoGradMf.Generators.Symbolics.Checks;

/// <summary>Finds constants by which a loss has no value whatever its factors are, or a function not the one that it is declared to have.</summary>
internal static class ImpossibleConstants
{
    public static IEnumerable<Problem> Problems(LossModel model, Func<LossNode, string> quote)
    {
        var operations = new UntakenConstants(model.Functions, _ => null);
        var choices = new HashSet<LossNode>(model.Body!.SelfAndDescendants().SelectMany(Choices), SameObject<LossNode>.Instance);
        var infinite = new HashSet<LossNode>(new CertainlyNonFinite(_ => null).CausesOf(model.Body!), SameObject<LossNode>.Instance);
        return from node in model.Body!.SelfAndDescendants()
               let reason = node is CallNode call ? operations.ReasonAgainst(call)
                   : node is not NumberNode number ? null
                   : double.IsNaN(number.Value) ? choices.Contains(node) ? null : "is not a number, and neither is what it is part of"
                   : infinite.Contains(node) ? "is infinite, and what it is part of is so too, or not a number" : null
               where reason is not null
               select new Problem(RuleNames.ImpossibleConstant, node.Node, new([quote(node), reason]));
    }

    /// <summary>What a condition chooses from: that one of them is not a number may be what tells where there is no value.</summary>
    private static IEnumerable<LossNode> Choices(LossNode node) =>
        node is CallNode { Function: Operators.IfLess or Operators.IfLessOrEqual, Arguments: [_, _, var yes, var no] } ? [yes, no] : [];
}
