using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;
using AutoGradMf.Generators.Symbolics.Structure;

namespace AutoGradMf.Generators.Symbolics.Differentiation;

/// <summary>
/// The derivative of an expression along a direction in the space of the factors. Of a gradient it is the product of the Hessian
/// with that direction (Pearlmutter 1994), at about twice the gradient's cost.
/// </summary>
internal sealed class ForwardMode
{
    private readonly Dictionary<Expression, Expression> _known = [];

    /// <summary>The products of the Hessian with a direction, one per factor.</summary>
    /// <exception cref="LossException">A derivative has itself no derivative.</exception>
    public static IReadOnlyList<FactorGradient> HessianVectorProduct(IReadOnlyList<FactorGradient> gradient)
    {
        var mode = new ForwardMode();
        return [.. gradient.Select(g => g with { Value = ContractionOrder.Optimize(Separation.Separate(mode.Along(g.Value))) })];
    }

    /// <summary>The derivative along the direction.</summary>
    public Expression Along(Expression expression) =>
        !expression.DependsOnFactors() ? Build.Zero
        : _known.TryGetValue(expression, out var along) ? along
        : _known[expression] = Derive(expression);

    private Expression Derive(Expression expression) =>
        expression switch
        {
            Leaf leaf => new Leaf(leaf.Tensor with { Role = TensorRole.Direction }, leaf.Indices),
            Addition addition => Build.Add(addition.Operands.Select(Along)),
            Product { Summed.Count: > 0 } sum => OfSum(sum),
            Product product => Build.Multiply(Build.Number(product.Coefficient), OfFactors(product.Operands, 0, product.Operands.Length)),
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

    /// <summary>The product rule; what is evaluated at the same pairs is one operand, and one sum.</summary>
    private Expression OfSum(Product sum)
    {
        var operands = sum.Operands.GroupBy(o => Expansion.IsWide(o) ? string.Join(",", o.Free.Select(i => i.Number)) : null)
            .SelectMany(group => group.Key is null ? group.ToList() : [Build.Multiply(group)])
            .ToList();
        return Build.Add(operands.Select((o, p) => o.DependsOnFactors() ? Build.Contract([.. operands.Where((_, q) => q != p), Along(o)], sum.Summed) : Build.Zero));
    }

    /// <summary>The product rule by halves, (ab)˙ = ȧ b + a ḃ: of n factors it is n log n long, not n².</summary>
    private Expression OfFactors(Expression[] factors, int start, int count)
    {
        if (count == 1)
        {
            return Along(factors[start]);
        }

        var (half, middle, rest) = (count / 2, start + (count / 2), count - (count / 2));
        return Build.Add(
            DependOnFactors(factors, start, half) ? Build.Multiply(OfFactors(factors, start, half), Build.Multiply(factors.AsSpan(middle, rest))) : Build.Zero,
            DependOnFactors(factors, middle, rest) ? Build.Multiply(Build.Multiply(factors.AsSpan(start, half)), OfFactors(factors, middle, rest)) : Build.Zero);
    }

    private static bool DependOnFactors(Expression[] factors, int start, int count) =>
        Array.FindIndex(factors, start, count, Substitution.DependsOnFactors) >= 0;

    /// <summary>With Y = X⁻¹, Ẏ = −Y Ẋ Y.</summary>
    private Expression OfInverse(Inverse inverse)
    {
        var (row, column) = (inverse.BodyRow, inverse.BodyColumn);
        var (p, q) = (new Expressions.Index(row.Dimension), new Expressions.Index(column.Dimension));
        Inverse At(Expressions.Index r, Expressions.Index c) => new(inverse.Body, row, column, r, c);
        var change = Along(inverse.Body).Rename(new Dictionary<Expressions.Index, Expressions.Index> { [row] = p, [column] = q });
        return Build.Negate(Build.Contract([At(inverse.Row, p), change, At(q, inverse.Column)], [p, q]));
    }
}
