using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;
using AutoGradMf.Generators.Symbolics.Translation.Language;

namespace AutoGradMf.Generators.Symbolics.Translation;

/// <summary>A factor that always stands between two others in a product, as S in U * S * V.T: it has a row and a column for each feature, which only a declaration says.</summary>
internal static class MiddleFactor
{
    /// <summary>That of the chain of products with <paramref name="product"/> in it, where its shape is not declared; null if there is none.</summary>
    public static LossParameter? Of(LossModel model, LossNode product)
    {
        var products = model.Body!.SelfAndDescendants().Where(IsProduct).ToList();
        var inner = new HashSet<LossNode>(products.SelectMany(p => ((CallNode)p).Arguments), SameObject<LossNode>.Instance);
        var chains = products.Where(p => !inner.Contains(p)).ToList();
        var ends = new HashSet<string>(chains.SelectMany(chain => new[] { Operands(chain).First(), Operands(chain).Last() }).Select(NameOf).OfType<string>(), StringComparer.Ordinal);
        return chains.Where(chain => Products(chain).Any(p => ReferenceEquals(p, product)))
            .SelectMany(Operands)
            .Select(operand => model.Parameters.FirstOrDefault(p => p.Name == NameOf(operand)))
            .FirstOrDefault(p => p is { IsFactor: true, Kind: TensorKind.Matrix, RowShape: null, ColumnShape: null } && !ends.Contains(p.Name));
    }

    private static string? NameOf(LossNode operand) => operand switch
    {
        ParameterNode parameter => parameter.Name,
        CallNode { Function: Operators.Transpose, Arguments: [ParameterNode parameter] } => parameter.Name,
        _ => null,
    };

    private static bool IsProduct(LossNode node) =>
        node is CallNode { Function: Operators.Multiply, Arguments: var operands } && operands.All(o => o.Kind != TensorKind.Scalar);

    private static IEnumerable<LossNode> Products(LossNode node) => IsProduct(node) ? ((CallNode)node).Arguments.SelectMany(Products).Prepend(node) : [];

    private static IEnumerable<LossNode> Operands(LossNode node) => IsProduct(node) ? ((CallNode)node).Arguments.SelectMany(Operands) : [node];
}
