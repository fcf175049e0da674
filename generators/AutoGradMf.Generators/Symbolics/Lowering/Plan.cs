using AutoGradMf.Generators.Symbolics.Expressions;

namespace AutoGradMf.Generators.Symbolics.Lowering;

/// <summary>Steps in the order in which they run, and the number that they end in.</summary>
internal sealed record Evaluation(IReadOnlyList<Step> Steps, Expression? Result);

/// <summary>What the generated objective does: once when it is made, for a value, and for a value with its gradient.</summary>
internal sealed record Plan(
    Evaluation Construction,
    Evaluation Value,
    Evaluation ValueAndGradient,
    IReadOnlyList<Storage> Derived,
    IReadOnlyList<Storage> Temporaries,
    IReadOnlyList<string> Patterns);
