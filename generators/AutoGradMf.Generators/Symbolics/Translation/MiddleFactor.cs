using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;
using AutoGradMf.Generators.Symbolics.Translation.Language;

namespace AutoGradMf.Generators.Symbolics.Translation;

/// <summary>The factor between two others in a product, as S in U * S * V.T: it has a row and a column for each feature, which only a declaration says.</summary>
internal static class MiddleFactor
{
    /// <summary>That of the longest chain of products with <paramref name="product"/> in it, where its shape is not declared; null if there is none.</summary>
    public static LossParameter? Of(LossModel model, LossNode product)
    {
        var chain = model.Body!.SelfAndDescendants()
            .Where(node => IsProduct(node) && Products(node).Any(p => ReferenceEquals(p, product)))
            .Select(node => Operands(node).ToList())
            .OrderByDescending(operands => operands.Count)
            .FirstOrDefault();
        return chain?.Skip(1).Take(chain.Count - 2)
            .Select(operand => operand is CallNode { Function: Operators.Transpose, Arguments: [var of] } ? of : operand)
            .OfType<ParameterNode>()
            .Select(operand => model.Parameters.First(p => p.Name == operand.Name))
            .FirstOrDefault(p => p is { IsFactor: true, Kind: TensorKind.Matrix, RowShape: null, ColumnShape: null });
    }

    private static bool IsProduct(LossNode node) =>
        node is CallNode { Function: Operators.Multiply, Arguments: var operands } && operands.All(o => o.Kind != TensorKind.Scalar);

    private static IEnumerable<LossNode> Products(LossNode node) => IsProduct(node) ? ((CallNode)node).Arguments.SelectMany(Products).Prepend(node) : [];

    private static IEnumerable<LossNode> Operands(LossNode node) => IsProduct(node) ? ((CallNode)node).Arguments.SelectMany(Operands) : [node];
}
