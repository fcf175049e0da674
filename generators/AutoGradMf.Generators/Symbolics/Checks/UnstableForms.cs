using AutoGradMf.Generators.Symbolics.Model;

namespace AutoGradMf.Generators.Symbolics.Checks;

/// <summary>Finds forms that the generated code replaces by stable functions, so that the loss itself can use them too.</summary>
internal static class UnstableForms
{
    public static IEnumerable<Problem> Problems(LossNode body) =>
        from part in body.SelfAndDescendants()
        let stable = StableForm(part)
        where stable is not null
        select new Problem(RuleNames.UnstableForm, part.Node, new([LossText.Brief(part), LossText.Brief(stable)]));

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
