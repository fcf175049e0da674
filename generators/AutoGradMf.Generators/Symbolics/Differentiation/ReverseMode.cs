using AutoGradMf.Generators.Symbolics.Checks;
using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;
using Index = AutoGradMf.Generators.Symbolics.Expressions.Index;

namespace AutoGradMf.Generators.Symbolics.Differentiation;

/// <summary>The derivative of a scalar in one factor: an expression over the factor's own indices.</summary>
internal sealed record FactorGradient(Tensor Factor, IReadOnlyList<Index> Indices, Expression Value)
{
    /// <summary>The index of its rows; a row vector has none.</summary>
    public Index? Row => Factor.IsRowVector ? null : Indices.ElementAtOrDefault(0);

    /// <summary>The index of its columns; a column vector has none.</summary>
    public Index? Column => Indices.ElementAtOrDefault(Factor.IsRowVector ? 0 : 1);
}

/// <summary>
/// Reverse-mode differentiation of index expressions (Laue, Mitterreiter and Giesen 2018): the adjoint of an operand is the
/// node's adjoint times the other operands, summed over every index that the operand lacks.
/// </summary>
internal static class ReverseMode
{
    /// <summary>The gradient of <paramref name="value"/>, which has no free indices, in each of the factors.</summary>
    /// <exception cref="LossException">A function has no derivative in an argument that depends on a factor.</exception>
    public static IReadOnlyList<FactorGradient> Gradient(Expression value, IEnumerable<Tensor> factors)
    {
        var adjoints = Adjoints(value);
        return [.. factors.Select(factor => Collect(factor, adjoints))];
    }

    private static List<(Expression Node, Expression Adjoint)> Adjoints(Expression value)
    {
        var order = new List<Expression>();
        Visit(value, [], order);
        var adjoints = new Dictionary<Fingerprint, List<Expression>> { [value.Key] = [Build.One] };
        var result = new List<(Expression, Expression)>();
        foreach (var node in Enumerable.Reverse(order))
        {
            if (!adjoints.TryGetValue(node.Key, out var contributions))
            {
                continue;
            }

            var adjoint = Build.Add(Enumerable.Reverse(contributions));
            result.Add((node, adjoint));
            foreach (var (operand, contribution) in Contributions(node, adjoint))
            {
                if (!adjoints.TryGetValue(operand.Key, out var list))
                {
                    adjoints[operand.Key] = list = [];
                }

                list.Add(contribution.From(node.Origin));
            }
        }

        return result;
    }

    /// <summary>Operands before the nodes that use them; what no factor reaches has no adjoint.</summary>
    private static void Visit(Expression node, HashSet<Fingerprint> seen, List<Expression> order)
    {
        if (!node.DependsOnFactors() || !seen.Add(node.Key))
        {
            return;
        }

        foreach (var operand in node.Operands)
        {
            Visit(operand, seen, order);
        }

        order.Add(node);
    }

    private static IEnumerable<(Expression Operand, Expression Contribution)> Contributions(Expression node, Expression adjoint) => node switch
    {
        Extreme extreme => [(extreme.Body, OfExtreme(extreme, adjoint))],
        LogDeterminant d => [(d.Body, Build.Multiply(adjoint, new Inverse(d.Body, d.BodyRow, d.BodyColumn, d.BodyColumn, d.BodyRow)))],
        Inverse inverse => [(inverse.Body, OfInverse(inverse, adjoint))],
        _ => OfOperands(node, adjoint),
    };

    /// <summary>The gradient goes to the first element that is extreme.</summary>
    private static Expression OfExtreme(Extreme extreme, Expression adjoint) => Build.Multiply(adjoint, IsPlaceOf(extreme));

    /// <summary>1 at the first element that is extreme, else 0.</summary>
    public static Expression IsPlaceOf(Extreme extreme)
    {
        var place = extreme.Kind == ExtremeKind.Max ? ExtremeKind.ArgMax : ExtremeKind.ArgMin;
        var number = new Leaf(Tensor.NumbersOf(extreme.Over.Dimension), [extreme.Over]);
        return ElementwiseFunction.Equal(number, Build.Extreme(place, extreme.Body, extreme.Over).Freeze());
    }

    /// <summary>With Y = X⁻¹, X̄ = −Yᵀ Ȳ Yᵀ.</summary>
    private static Expression OfInverse(Inverse inverse, Expression adjoint)
    {
        var (row, column) = (inverse.BodyRow, inverse.BodyColumn);
        var (p, q) = (new Index(row.Dimension), new Index(column.Dimension));
        Inverse At(Index r, Index c) => new(inverse.Body, row, column, r, c);
        var bar = inverse.Row == inverse.Column
            ? Build.Multiply(adjoint.Rename(inverse.Row, p), Translation.Language.Identity.Delta(p, q))
            : adjoint.Rename(new Dictionary<Index, Index> { [inverse.Row] = p, [inverse.Column] = q });
        return Build.Negate(Build.Contract([At(p, row), bar, At(column, q)], [p, q]));
    }

    private static IEnumerable<(Expression Operand, Expression Contribution)> OfOperands(Expression node, Expression adjoint)
    {
        var others = node is Product { Operands.Length: > Build.LongProduct } longProduct ? OthersOf(longProduct) : null;
        for (var p = 0; p < node.Operands.Length; p++)
        {
            var operand = node.Operands[p];
            if (operand.DependsOnFactors())
            {
                var summed = (node is Product product ? node.Free.Union(product.Summed) : node.Free).Except(operand.Free);
                yield return (operand, Build.Contract([adjoint, .. others?[p] ?? LocalDerivative(node, p)], summed));
            }
        }
    }

    /// <summary>The factors of the derivative of a node in its operand number <paramref name="p"/>.</summary>
    private static IEnumerable<Expression> LocalDerivative(Expression node, int p) => node switch
    {
        Addition => [],
        Product product => product.Operands.Where((_, q) => q != p).Prepend(Build.Number(product.Coefficient)),
        Power power => [Build.Number(power.Exponent), Build.Power(power.Base, power.Exponent - 1)],
        Apply apply => [Partial(apply, p)],
        _ => throw new InvalidOperationException($"{node.GetType().Name} has no operands."),
    };

    /// <summary>For each operand of a long product the others, as what stands before it and after it: each of those is made of the one next to it.</summary>
    private static IReadOnlyList<IEnumerable<Expression>> OthersOf(Product product)
    {
        var (before, after) = (Products(product.Operands), Products(Enumerable.Reverse(product.Operands)));
        return [.. product.Operands.Select((_, p) => (IEnumerable<Expression>)
            [Build.Number(product.Coefficient), before[p], after[product.Operands.Length - 1 - p]])];

        static IReadOnlyList<Expression> Products(IEnumerable<Expression> operands)
        {
            var products = new List<Expression> { Build.One };
            foreach (var operand in operands)
            {
                products.Add(Build.Multiply(products[^1], operand));
            }

            return products;
        }
    }

    /// <summary>The derivative of an elementwise function in its argument number <paramref name="p"/>.</summary>
    public static Expression Partial(Apply apply, int p) => (apply.Partial(p)
        ?? throw new LossException(Differentiability.Problem(apply, p))).From(apply.Origin);

    /// <summary>
    /// Adds up what was found at each appearance of a factor, under one set of indices: the entities are those of its first appearance, so
    /// that the derivatives in several factors have in common what is evaluated at the same pairs.
    /// </summary>
    private static FactorGradient Collect(Tensor factor, List<(Expression Node, Expression Adjoint)> adjoints)
    {
        var appearances = Enumerable.Reverse(adjoints)
            .Where(a => a.Node is Leaf leaf && leaf.Tensor.Name == factor.Name && leaf.Tensor.Role == TensorRole.Factor)
            .Select(a => (Leaf: (Leaf)a.Node, a.Adjoint))
            .ToList();
        var shared = appearances.Select(a => a.Leaf.Indices).FirstOrDefault(i => i.Distinct().Count() == i.Count);
        var indices = factor.Dimensions.Select((d, place) => !d.IsLatent && shared is not null ? shared[place] : new Index(d)).ToList();
        return new(factor, indices, Build.Add(appearances.Select(a => Under(indices, a.Leaf, a.Adjoint))));
    }

    /// <summary>An adjoint under the factor's indices; at a diagonal, x_ii, it lies on the diagonal.</summary>
    private static Expression Under(List<Index> indices, Leaf leaf, Expression adjoint)
    {
        var names = new Dictionary<Index, Index>();
        var diagonal = new List<Expression>();
        foreach (var (from, to) in leaf.Indices.Zip(indices, (from, to) => (from, to)))
        {
            if (names.TryGetValue(from, out var first))
            {
                diagonal.Add(Translation.Language.Identity.Delta(first, to));
            }
            else
            {
                names[from] = to;
            }
        }

        return Build.Multiply([adjoint.Rename(names), .. diagonal]);
    }
}
