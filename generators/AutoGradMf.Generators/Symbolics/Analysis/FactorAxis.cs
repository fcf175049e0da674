using AutoGradMf.Generators.Symbolics.Expressions;
using Index = AutoGradMf.Generators.Symbolics.Expressions.Index;

namespace AutoGradMf.Generators.Symbolics.Analysis;

/// <summary>A factor, and one of its indices: its slices along it are rows, columns or elements.</summary>
/// <param name="Factor">The factor.</param>
/// <param name="Axis">The place of the index; null for the factor as a whole, one slice.</param>
internal readonly record struct FactorAxis(Tensor Factor, int? Axis)
{
    /// <summary>How many slices there are; null for one.</summary>
    public Dimension? Dimension => Axis is { } axis ? Factor.Dimensions[axis] : null;

    /// <summary>The index that counts the slices where the factor is met; null if it is one slice.</summary>
    public Index? IndexOf(Leaf leaf) => Axis is { } axis ? leaf.Indices[axis] : null;
}
