using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;
using Index = AutoGradMf.Generators.Symbolics.Expressions.Index;

namespace AutoGradMf.Generators.Symbolics.Differentiation;

/// <summary>The derivative of a scalar in one factor: an expression over the factor's own indices.</summary>
internal sealed record FactorGradient(Tensor Factor, IReadOnlyList<Index> Indices, Expression Value);

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
        var adjoints = new Dictionary<string, List<Expression>>(StringComparer.Ordinal) { [value.Key] = [Build.One] };
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

                list.Add(contribution);
            }
        }

        return result;
    }

    /// <summary>Operands before the nodes that use them; what no factor reaches has no adjoint.</summary>
    private static void Visit(Expression node, HashSet<string> seen, List<Expression> order)
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

    private static IEnumerable<(Expression Operand, Expression Contribution)> Contributions(Expression node, Expression adjoint)
    {
        for (var p = 0; p < node.Operands.Count; p++)
        {
            var operand = node.Operands[p];
            if (operand.DependsOnFactors())
            {
                var summed = (node is Product product ? node.Free.Union(product.Summed) : node.Free).Except(operand.Free);
                yield return (operand, Build.Contract([adjoint, .. LocalDerivative(node, p)], summed));
            }
        }
    }

    /// <summary>The factors of the derivative of a node in its operand number <paramref name="p"/>.</summary>
    private static IEnumerable<Expression> LocalDerivative(Expression node, int p) => node switch
    {
        Addition => [],
        Product product => product.Operands.Where((_, q) => q != p).Prepend(Build.Number(product.Coefficient)),
        Power power => [Build.Number(power.Exponent), Build.Power(power.Base, power.Exponent - 1)],
        Apply apply => [apply.Function.Partial(p, apply.Operands) ?? throw new LossException(new(
            RuleNames.NotDifferentiable, 0, new([apply.Function.Name, (p + 1).ToString(System.Globalization.CultureInfo.InvariantCulture)])))],
        _ => throw new InvalidOperationException($"{node.GetType().Name} has no operands."),
    };

    /// <summary>Adds up what was found at each appearance of a factor, under one set of indices.</summary>
    private static FactorGradient Collect(Tensor factor, List<(Expression Node, Expression Adjoint)> adjoints)
    {
        var indices = factor.Dimensions.Select(d => new Index(d)).ToList();
        var contributions = Enumerable.Reverse(adjoints)
            .Where(a => a.Node is Leaf leaf && leaf.Tensor.Name == factor.Name)
            .Select(a => a.Adjoint.Rename(((Leaf)a.Node).Indices.Zip(indices, (from, to) => (from, to)).ToDictionary(n => n.from, n => n.to)));
        return new(factor, indices, Build.Add(contributions));
    }
}
