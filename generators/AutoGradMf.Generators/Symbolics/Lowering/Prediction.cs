using AutoGradMf.Generators.Symbolics.Expressions;

namespace AutoGradMf.Generators.Symbolics.Lowering;

/// <summary>The predicted rating at one row and one column: a function of operands that a trained model holds.</summary>
internal sealed record Prediction(IReadOnlyList<LoopInput> Inputs, Expression Value, Dimension Rows, Dimension Columns);
