using AutoGradMf.Generators.Symbolics.Model;

namespace AutoGradMf.Generators.Symbolics.Translation;

/// <summary>A matrix whose rows and columns an operation of the loss makes one size, where its declaration does not.</summary>
/// <param name="Parameter">The matrix.</param>
/// <param name="At">The operation.</param>
/// <param name="IsByItself">Whether the operation is about square matrices: of one alone, as a trace, with another operand that is square, or a quadratic form.</param>
internal sealed record SquareData(LossParameter Parameter, LossNode At, bool IsByItself);
