using AutoGradMf.Generators.Symbolics.Model;

namespace AutoGradMf.Generators.Symbolics.Checks;

/// <summary>
/// Finds forms that a stable function says, too: those that generated code replaces by it, so that the loss itself can use it, and differences from 1 that it
/// computes as they are written.
/// </summary>
internal static class UnstableForms
{
    public static IEnumerable<Problem> Problems(LossNode body) => [.. Replaced(body), .. Cancelling(body)];

    private static IEnumerable<Problem> Replaced(LossNode body) =>
        from part in body.SelfAndDescendants()
        let stable = StableForm(part)
        where stable is not null
        select Problem(part, stable, "the generated code uses {0}, and so can the loss");

    private static List<Problem> Cancelling(LossNode body)
    {
        var found = body.SelfAndDescendants().Select(part => (Part: part, Stable: Difference(part))).Where(f => f.Stable is not null).ToList();
        var mended = new HashSet<LossNode>(found.Count == 0 ? [] : body.SelfAndDescendants().SelectMany(Mended), SameObject<LossNode>.Instance);
        return [.. found.Where(f => !mended.Contains(f.Part)).Select(f => Problem(f.Part, f.Stable!, "write {0}"))];
    }

    private static Problem Problem(LossNode part, CallNode stable, string advice) =>
        new(RuleNames.UnstableForm, part.Node, new([LossText.Brief(part), LossText.Brief(stable), advice.Replace("{0}", LossText.Brief(stable))]));

    /// <summary>eˣ − 1, whose digits cancel where x is small, as a function.</summary>
    private static CallNode? Difference(LossNode syntax) => syntax switch
    {
        CallNode { Function: Operators.Subtract, Arguments: [CallNode { Function: "Exp", Arguments: [var x] } e, NumberNode { Value: 1 }] } => Call(e, "Expm1", x),
        CallNode { Function: Operators.Add, Arguments: [NumberNode { Value: -1 }, CallNode { Function: "Exp", Arguments: [var x] } e] } => Call(e, "Expm1", x),
        CallNode { Function: Operators.Subtract, Arguments: [NumberNode { Value: 1 }, CallNode { Function: "Exp", Arguments: [var x] } e] } => Call(e, Operators.Negate, Call(e, "Expm1", x)),
        _ => null,
    };

    /// <summary>What generated code computes in another form than it is written: logarithms and reciprocals, and quotients by sums of exponentials.</summary>
    private static IEnumerable<LossNode> Mended(LossNode syntax) => syntax switch
    {
        CallNode { Function: "Log" or "Log2" or "Log10" or "Log1p" or "Reciprocal", Arguments: [var x] } => Factors(x),
        CallNode { Function: Operators.Divide, Arguments: [var x, var y] } => y.SelfAndDescendants().Any(part => part is CallNode { Function: "Exp" }) ? [.. Factors(x), .. Factors(y)] : Factors(y),
        _ => [],
    };

    private static IEnumerable<LossNode> Factors(LossNode product) =>
        product is CallNode { Function: Operators.Hadamard or Operators.Multiply or Operators.Negate or "Square" } call ? call.Arguments.SelectMany(Factors) : [product];

    private static CallNode? StableForm(LossNode syntax) => syntax is not CallNode { Function: "Log", Arguments: [CallNode inner] } ? null : inner switch
    {
        { Function: "Sigmoid", Arguments: [var x] } => Call(inner, "LogSigmoid", x),
        { Function: Operators.Subtract, Arguments: [NumberNode { Value: 1 }, CallNode { Function: "Sigmoid", Arguments: [var x] }] } => Call(inner, "LogSigmoid", Call(inner, Operators.Negate, x)),
        { Function: Operators.Add, Arguments: [NumberNode { Value: 1 }, CallNode { Function: "Exp", Arguments: [var x] }] } => Call(inner, "Softplus", x),
        { Function: Operators.Add, Arguments: [CallNode { Function: "Exp", Arguments: [var x] }, NumberNode { Value: 1 }] } => Call(inner, "Softplus", x),
        { Function: "Cosh", Arguments: [var x] } => Call(inner, "LogCosh", x),
        { Function: "RowSums", Arguments: [CallNode { Function: "Exp", Arguments: [var x] }] } => Call(inner, "RowLogSumExp", x),
        _ => null,
    };

    private static CallNode Call(CallNode like, string function, LossNode argument) => new(like.Node, like.Kind, function, new([argument]));
}
