using AutoGradMf.Generators.Symbolics.Expressions;

namespace AutoGradMf.Generators.Symbolics.Lowering;

/// <summary>Steps in the order in which they run, and the number that they end in.</summary>
internal sealed record Evaluation(IReadOnlyList<Step> Steps, Expression? Result);

/// <summary>
/// What the generated objective does: once when it is made, for a value, for a value with its gradient, for a Hessian times a direction,
/// and for a Newton step in each factor that has one.
/// </summary>
internal sealed record Plan(
    Evaluation Construction,
    Evaluation Value,
    Evaluation ValueAndGradient,
    Evaluation? HessianVectorProduct,
    IReadOnlyList<Evaluation?> NewtonSteps,
    IReadOnlyList<Storage> Derived,
    IReadOnlyList<Storage> Temporaries,
    IReadOnlyList<string> Patterns)
{
    /// <summary>What runs after construction.</summary>
    public IEnumerable<Evaluation> Evaluations =>
        new[] { Value, ValueAndGradient, HessianVectorProduct }.Concat(NewtonSteps).OfType<Evaluation>();
}
