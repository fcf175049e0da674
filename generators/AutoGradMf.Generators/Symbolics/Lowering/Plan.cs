using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;

namespace AutoGradMf.Generators.Symbolics.Lowering;

/// <summary>Steps in the order in which they run, and the number that they end in.</summary>
internal sealed record Evaluation(IReadOnlyList<Step> Steps, Expression? Result)
{
    /// <summary>The numbers that it reads, as expressions over those that steps have computed before.</summary>
    public IEnumerable<Expression> Numbers => Steps.SelectMany(s => s.Numbers).Concat(new[] { Result }.OfType<Expression>());
}

/// <summary>What the generated objective does: once when it is made, and for each of its methods; null for one that it lacks.</summary>
internal sealed record Plan(
    Evaluation Construction,
    Evaluation Value,
    Evaluation ValueAndGradient,
    Evaluation? HessianVectorProduct,
    IReadOnlyList<Evaluation?> NewtonSteps,
    IReadOnlyList<Evaluation?> CurvatureBounds,
    Evaluation? SignSplit,
    IReadOnlyList<SampleStep> Samples,
    IReadOnlyList<Storage> Derived,
    IReadOnlyList<Storage> Temporaries,
    IReadOnlyList<string> Patterns)
{
    /// <summary>What stands in the way of a product with the Hessian; null if there is one.</summary>
    public Problem? WithoutProduct { get; init; }

    /// <summary>What runs after construction.</summary>
    public IEnumerable<Evaluation> Evaluations =>
        new[] { Value, ValueAndGradient, HessianVectorProduct }.Concat(NewtonSteps).Append(SignSplit).Concat(CurvatureBounds).OfType<Evaluation>();
}
