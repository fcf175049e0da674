using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;
using AutoGradMf.Generators.Symbolics.Structure;

namespace AutoGradMf.Generators.Symbolics.Differentiation;

/// <summary>
/// The derivative of an expression along a direction in the space of the factors. Of a gradient it is the product of the Hessian
/// with that direction (Pearlmutter 1994), at about twice the gradient's cost.
/// </summary>
internal static class ForwardMode
{
    /// <summary>The products of the Hessian with a direction, one per factor.</summary>
    /// <exception cref="LossException">A derivative has itself no derivative.</exception>
    public static IReadOnlyList<FactorGradient> HessianVectorProduct(IReadOnlyList<FactorGradient> gradient) =>
        [.. gradient.Select(g => g with { Value = ContractionOrder.Optimize(Separation.Separate(Along(g.Value))) })];

    /// <summary>The derivative along the direction.</summary>
    public static Expression Along(Expression expression)
    {
        if (!expression.DependsOnFactors())
        {
            return Build.Zero;
        }

        return expression switch
        {
            Leaf leaf => new Leaf(leaf.Tensor with { Role = TensorRole.Direction }, leaf.Indices),
            Addition addition => Build.Add(addition.Operands.Select(Along)),
            Product product => Build.Add(product.Operands.Select((o, p) => Build.Contract(
                [Build.Number(product.Coefficient), .. product.Operands.Where((_, q) => q != p), Along(o)], product.Summed))),
            Power power => Build.Multiply(Build.Number(power.Exponent), Build.Power(power.Base, power.Exponent - 1), Along(power.Base)),
            Apply apply => Build.Add(apply.Operands.Select((o, p) => o.DependsOnFactors()
                ? Build.Multiply(ReverseMode.Partial(apply, p), Along(o))
                : Build.Zero)),
            Extreme extreme => Build.Contract([ReverseMode.IsPlaceOf(extreme), Along(extreme.Body)], [extreme.Over]),
            LogDeterminant d => Build.Contract(
                [new Inverse(d.Body, d.BodyRow, d.BodyColumn, d.BodyColumn, d.BodyRow), Along(d.Body)], [d.BodyRow, d.BodyColumn]),
            Inverse inverse => OfInverse(inverse),
            _ => throw new InvalidOperationException($"No derivative of {expression.GetType().Name}."),
        };
    }

    /// <summary>With Y = X⁻¹, Ẏ = −Y Ẋ Y.</summary>
    private static Expression OfInverse(Inverse inverse)
    {
        var (row, column) = (inverse.BodyRow, inverse.BodyColumn);
        var (p, q) = (new Expressions.Index(row.Dimension), new Expressions.Index(column.Dimension));
        Inverse At(Expressions.Index r, Expressions.Index c) => new(inverse.Body, row, column, r, c);
        var change = Along(inverse.Body).Rename(new Dictionary<Expressions.Index, Expressions.Index> { [row] = p, [column] = q });
        return Build.Negate(Build.Contract([At(inverse.Row, p), change, At(q, inverse.Column)], [p, q]));
    }
}
