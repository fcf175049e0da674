using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;
using Index = AutoGradMf.Generators.Symbolics.Expressions.Index;

namespace AutoGradMf.Symbolics.Tests.Interpretation;

/// <summary>The meaning of index expressions: a loop over every index, whatever that costs.</summary>
/// <param name="point">The numbers of the parameters.</param>
/// <param name="sizes">The sizes of the dimensions.</param>
/// <param name="direction">What is differentiated along; nothing if null.</param>
internal sealed class ExpressionInterpreter(Point point, IReadOnlyDictionary<string, int> sizes, Direction? direction = null)
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
                return [.. Assignments(free).Select(at => Function(apply.Function, [.. Operands(at)]))];
            case Extreme extreme:
                return [.. Assignments(free).Select(at => Extremum(extreme, at, o => Operand(0, o)))];
            case Inverse inverse:
                return [.. Assignments(free).Select(at => InverseOf(
                    at[inverse.Row], at[inverse.Column], (i, j) => Operand(0, With(at, (inverse.BodyRow, i), (inverse.BodyColumn, j)))))];
            case LogDeterminant d:
                return [.. Assignments(free).Select(at => Determinant((i, j) => Operand(0, With(at, (d.BodyRow, i), (d.BodyColumn, j))))
                    .Map(Math.Log, x => 1 / x, x => -1 / (x * x)))];
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

    private static Number Function(ElementwiseFunction function, Number[] x) => function switch
    {
        { Name: nameof(ElementwiseFunction.IfLess) } => x[0].Value < x[1].Value ? x[2] : x[3],
        { Name: nameof(ElementwiseFunction.IfLessOrEqual) } => x[0].Value <= x[1].Value ? x[2] : x[3],
        _ when ReferenceEquals(function, ElementwiseFunction.Norm) => OrZero(x[0], Math.Sqrt, v => 0.5 / Math.Sqrt(v), v => -0.25 / (v * Math.Sqrt(v))),
        _ when ReferenceEquals(function, ElementwiseFunction.ReciprocalOrZero) => OrZero(x[0], v => 1 / v, v => -1 / (v * v), v => 2 / (v * v * v)),
        _ when x.Length > 1 => TestFunction.Apply(function.Name, x),
        _ => TestFunction.All[function.Name].Apply(x[0]),
    };

    private static Number OrZero(Number x, Func<double, double> f, Func<double, double> first, Func<double, double> second) =>
        x.Value == 0 ? Number.Of(0) : x.Map(f, first, second);

    private Number Extremum(Extreme extreme, Dictionary<Index, int> at, Func<IReadOnlyDictionary<Index, int>, Number> body)
    {
        var elements = Enumerable.Range(0, Size(extreme.Over)).Select(o => body(With(at, (extreme.Over, o)))).ToArray();
        var values = elements.Select(e => e.Value).ToArray();
        var isLargest = extreme.Kind is ExtremeKind.Max or ExtremeKind.ArgMax;
        var first = System.Array.IndexOf(values, isLargest ? values.Max() : values.Min());
        return extreme.Kind is ExtremeKind.Max or ExtremeKind.Min ? elements[first] : Number.Of(first);
    }

    /// <summary>Of matrices of two rows and columns, which the tests' are.</summary>
    private static Number Determinant(Func<int, int, Number> x) => (x(0, 0) * x(1, 1)) - (x(0, 1) * x(1, 0));

    private static Number InverseOf(int row, int column, Func<int, int, Number> x)
    {
        var cofactor = row == column ? x(1 - row, 1 - column) : -x(row, column);
        return cofactor * Determinant(x).Power(-1);
    }

    private static Dictionary<Index, int> With(Dictionary<Index, int> at, params (Index Index, int Value)[] more)
    {
        var all = new Dictionary<Index, int>(at);
        foreach (var (index, value) in more)
        {
            all[index] = value;
        }

        return all;
    }

    private Number Element(Leaf leaf, Dictionary<Index, int> at)
    {
        var tensor = leaf.Tensor;
        var element = Offset(leaf.Indices, at);
        switch (tensor)
        {
            case { Role: TensorRole.Size }:
                return Number.Of(tensor.IsDivisor ? Math.Max(1, sizes[tensor.Name]) : sizes[tensor.Name]);
            case { Role: TensorRole.Direction }:
                return Number.Of(direction == new Direction(tensor.Name, element) ? 1 : 0);
            case { IsIdentity: true }:
                return Number.Of(at[leaf.Indices[0]] == at[leaf.Indices[1]] ? 1 : 0);
            case { Initializer: CallNode { Function: Operators.Numbers } }:
                return Number.Of(element);
            case { Initializer: CallNode { Function: "OneHot" } oneHot }:
                return ((NumberNode)oneHot.Arguments[at[leaf.Indices[0]]]).Value == at[leaf.Indices[1]] ? Number.Of(1) : default;
        }

        return tensor.Source is { } source ? point.IsStored(tensor.Pattern!, element) ? Element(new Leaf(source, leaf.Indices), at) : default
            : tensor.Initializer is { } initializer ? LossInterpreter.Array(initializer, point).Elements[element]
            : tensor.IsIndicator ? (point.IsStored(tensor.Pattern!, element) ? Number.Of(1) : default)
            : point.Element(tensor.Name, element, tensor.Role == TensorRole.Factor ? direction : null);
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
