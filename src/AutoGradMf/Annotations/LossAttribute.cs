namespace AutoGradMf;

/// <summary>
/// Marks a static method whose body is a matrix-factorization loss written in the language of <see cref="LossMath"/>.
/// The generator adds <c>NameObjective&lt;TElement&gt;</c> (value and analytic gradient) and <c>NameTrainer&lt;TElement&gt;</c>
/// to the declaring class, which must be <see langword="partial"/>.
/// </summary>
/// <remarks>The method returns <see cref="double"/> and takes at least one parameter marked <see cref="FactorAttribute"/>.</remarks>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LossAttribute : Attribute;
