using AutoGradMf.Generators.Symbolics.Expressions;
using Index = AutoGradMf.Generators.Symbolics.Expressions.Index;

namespace AutoGradMf.Symbolics.Tests.Interpretation;

/// <summary>The meaning of index expressions: a loop over every index, whatever that costs.</summary>
/// <param name="point">The numbers of the parameters.</param>
/// <param name="sizes">The sizes of the dimensions.</param>
internal sealed class ExpressionInterpreter(Point point, IReadOnlyDictionary<string, int> sizes)
{
    private readonly Dictionary<Expression, Number[]> _known = new(ReferenceEqualityComparer.Instance);

    /// <summary>The value of an expression without free indices.</summary>
    /// <exception cref="ArgumentException">There are free indices.</exception>
    public Number Scalar(Expression expression) => expression.Free.Count == 0
        ? Array(expression)[0]
        : throw new ArgumentException($"A number has no free indices, and {expression} has.");

    /// <summary>The values over all free indices, the last in the order of the given ones running fastest.</summary>
    public Number[] Array(Expression expression, params IReadOnlyList<Index> order)
    {
        var own = Array(expression);
        return [.. Assignments(order).Select(at => own[Offset([.. expression.Free], at)])];
    }

    private Number[] Array(Expression expression) =>
        _known.TryGetValue(expression, out var known) ? known : _known[expression] = Compute(expression);

    private Number[] Compute(Expression expression)
    {
        Index[] free = [.. expression.Free];
        var operands = expression.Operands.Select(o => (Values: Array(o), Indices: (Index[])[.. o.Free])).ToList();
        Number Operand(int o, IReadOnlyDictionary<Index, int> at) => operands[o].Values[Offset(operands[o].Indices, at)];
        IEnumerable<Number> Operands(IReadOnlyDictionary<Index, int> at) => Enumerable.Range(0, operands.Count).Select(o => Operand(o, at));
        Number Product(double coefficient, IReadOnlyDictionary<Index, int> at) =>
            Operands(at).Aggregate(Number.Of(coefficient), (a, b) => a * b);

        switch (expression)
        {
            case Constant constant:
                return [Number.Of(constant.Value)];
            case Leaf leaf:
                return [.. Assignments(free).Select(at => Element(leaf, at))];
            case Addition:
                return [.. Assignments(free).Select(at => Operands(at).Aggregate((a, b) => a + b))];
            case Power power:
                return [.. Assignments(free).Select(at => Operand(0, at).Power(power.Exponent))];
            case Apply apply:
                return [.. Assignments(free).Select(at => TestFunction.All[apply.Function.Name].Apply(Operand(0, at)))];
            case Product { Summed.Count: 0 } product:
                return [.. Assignments(free).Select(at => Product(product.Coefficient, at))];
            case Product product:
                var totals = new Number[Count(free)];
                System.Array.Fill(totals, Number.Of(0));
                foreach (var at in Assignments([.. free, .. product.Summed]))
                {
                    totals[Offset(free, at)] += Product(product.Coefficient, at);
                }

                return totals;
            default:
                throw new ArgumentException($"{expression.GetType().Name} has no meaning.");
        }
    }

    private Number Element(Leaf leaf, Dictionary<Index, int> at)
    {
        var tensor = leaf.Tensor;
        var element = Offset(leaf.Indices, at);
        if (tensor.Role == TensorRole.Size)
        {
            return Number.Of(sizes[tensor.Name]);
        }

        return tensor.Initializer is { } initializer ? LossInterpreter.Array(initializer, point).Elements[element]
            : tensor.IsIndicator ? (point.IsStored(tensor.Pattern!, element) ? Number.Of(1) : default)
            : point.Element(tensor.Name, element);
    }

    private int Offset(IReadOnlyList<Index> indices, IReadOnlyDictionary<Index, int> at) =>
        indices.Aggregate(0, (offset, index) => (offset * Size(index)) + at[index]);

    private int Count(IEnumerable<Index> indices) => indices.Aggregate(1, (count, index) => count * Size(index));

    private int Size(Index index) => sizes[index.Dimension.Name];

    /// <summary>Every value of the indices; the same dictionary each time.</summary>
    private IEnumerable<Dictionary<Index, int>> Assignments(IReadOnlyList<Index> indices)
    {
        var at = indices.ToDictionary(i => i, _ => 0);
        for (var remaining = Count(indices); remaining > 0; remaining--)
        {
            yield return at;
            for (var place = indices.Count - 1; place >= 0 && ++at[indices[place]] == Size(indices[place]); place--)
            {
                at[indices[place]] = 0;
            }
        }
    }
}
