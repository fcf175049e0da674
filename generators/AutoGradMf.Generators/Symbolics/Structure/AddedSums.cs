using AutoGradMf.Generators.Symbolics.Expressions;

namespace AutoGradMf.Generators.Symbolics.Structure;

/// <summary>The sums that a loss, or a part of one, adds up, whatever the numbers before them.</summary>
internal static class AddedSums
{
    public static IEnumerable<Expression> Of(Expression loss) => loss switch
    {
        Addition sum => sum.Operands.SelectMany(Of),
        Product { Summed.Count: > 0 } => [loss],
        Product product when Array.FindAll(product.Operands, Substitution.DependsOnFactors) is [var moving] => Of(moving),
        _ when SquaredNorms.ArePositivePart(loss) => Of(loss.Operands[0]),
        _ => [],
    };
}
