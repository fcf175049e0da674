using AutoGradMf.Generators.Symbolics.Model;

namespace AutoGradMf.Generators.Symbolics.Checks;

/// <summary>Finds forms that the generated code replaces by stable functions, so that the loss itself can use them too.</summary>
internal static class UnstableForms
{
    public static IEnumerable<Problem> Problems(LossNode body) =>
        from part in body.SelfAndDescendants()
        let stable = StableFunction(part)
        where stable is not null
        select new Problem(RuleNames.UnstableForm, part.Node, new([LossText.Brief(part), stable]));

    private static string? StableFunction(LossNode syntax) => syntax switch
    {
        CallNode { Function: "Log", Arguments: [CallNode { Function: "Sigmoid" }] } => "LogSigmoid",
        CallNode { Function: "Log", Arguments: [CallNode { Function: Operators.Subtract, Arguments: [NumberNode { Value: 1 }, CallNode { Function: "Sigmoid" }] }] } => "LogSigmoid",
        CallNode { Function: "Log", Arguments: [CallNode { Function: Operators.Add, Arguments: [NumberNode { Value: 1 }, CallNode { Function: "Exp" }] }] } => "Softplus",
        CallNode { Function: "Log", Arguments: [CallNode { Function: Operators.Add, Arguments: [CallNode { Function: "Exp" }, NumberNode { Value: 1 }] }] } => "Softplus",
        CallNode { Function: "Log", Arguments: [CallNode { Function: "Cosh" }] } => "LogCosh",
        CallNode { Function: "Log", Arguments: [CallNode { Function: "RowSums", Arguments: [CallNode { Function: "Exp" }] }] } => "RowLogSumExp",
        _ => null,
    };
}
