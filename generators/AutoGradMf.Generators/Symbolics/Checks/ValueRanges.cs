using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;

namespace AutoGradMf.Generators.Symbolics.Checks;

/// <summary>
/// What values expressions of the language can have, by interval arithmetic. Elementwise functions say it themselves, by their rules for signs,
/// bounds and least values, and whether they increase.
/// </summary>
/// <param name="functions">The elementwise functions that are called.</param>
/// <param name="ofParameter">What a parameter can be.</param>
internal sealed class ValueRanges(IEnumerable<FunctionModel> functions, Func<string, ValueRange> ofParameter)
{
    private static readonly ValueRange One = new(1, 1);

    private readonly Dictionary<(Bindings, object), Dictionary<LossNode, ValueRange>> _ranges = [];
    private readonly Dictionary<string, FunctionModel> _functions = functions.ToDictionary(f => f.Key, StringComparer.Ordinal);

    /// <param name="value">The expression.</param>
    /// <param name="bound">What the placeholders in it stand for.</param>
    /// <param name="known">What is known of expressions there, by their wording.</param>
    public bool IsNonNegative(LossNode value, Bindings bound, IReadOnlyDictionary<Fingerprint, ValueRange> known) => Of(value, bound, known).Low >= 0;

    /// <summary>The range of an expression.</summary>
    public ValueRange Of(LossNode value, Bindings bound, IReadOnlyDictionary<Fingerprint, ValueRange> known)
    {
        if (!_ranges.TryGetValue((bound, known), out var ranges))
        {
            _ranges[(bound, known)] = ranges = new(SameObject<LossNode>.Instance);
        }

        return Recurse(value);

        ValueRange Recurse(LossNode v) => ranges.TryGetValue(v, out var range) ? range
            : ranges[v] = known.Count > 0 && known.TryGetValue(v.Wording, out var fact) ? Decide(v).And(fact) : Decide(v);

        ValueRange Decide(LossNode v) => v switch
        {
            NumberNode number => new(number.Value, number.Value),
            ParameterNode parameter => ofParameter(parameter.Name),
            SizeNode or DimensionNode or UnknownNode => ValueRange.NonNegative,
            PlaceholderNode place => bound.Of(place) is { } given ? Of(given.Value, given.Bound, NothingKnown) : ValueRange.Any,
            CallNode { Arguments: [var x, var y] } call when IsElementwise(call) && AreSame(x, y) => Recurse(x).Square(),
            CallNode call => OfCall(call, Recurse, bound),
            _ => ValueRange.Any,
        };
    }

    private static bool IsElementwise(CallNode product) =>
        product.Function == Operators.Hadamard || (product.Function == Operators.Multiply && product.Arguments.Any(a => a.Kind == TensorKind.Scalar));

    /// <summary>X·Xᵀ or Xᵀ·X, whose diagonal is of squared norms.</summary>
    private static bool IsGram(LossNode value) =>
        value is CallNode { Function: Operators.Multiply, Arguments: [var left, var right] } && (IsTransposeOf(left, right) || IsTransposeOf(right, left));

    private static bool IsTransposeOf(LossNode value, LossNode other) => value is CallNode { Function: Operators.Transpose, Arguments: [var x] } && AreSame(x, other);

    /// <summary>Whether two expressions are the same, wherever they stand.</summary>
    private static bool AreSame(LossNode x, LossNode y) => x.Wording == y.Wording;

    /// <summary>Nothing.</summary>
    public static IReadOnlyDictionary<Fingerprint, ValueRange> NothingKnown { get; } = new Dictionary<Fingerprint, ValueRange>();

    private ValueRange OfCall(CallNode call, Func<LossNode, ValueRange> of, Bindings bound)
    {
        var x = call.Arguments.FirstOrDefault(a => a is not LambdaNode) is { } first ? of(first) : ValueRange.Any;
        var range = call.Function switch
        {
            Operators.Add => x + of(call.Arguments[1]),
            Operators.Subtract => x - of(call.Arguments[1]),
            Operators.Negate => -x,
            Operators.Multiply when !IsElementwise(call) => (x * of(call.Arguments[1])).Sum(),
            Operators.Multiply or Operators.Hadamard => x * of(call.Arguments[1]),
            Operators.Divide => x * of(call.Arguments[1]).Reciprocal(),
            "Reciprocal" => x.Reciprocal(),
            "Square" => x.Square(),
            "Abs" => x.Abs(),
            "Max" => x.Max(of(call.Arguments[1])),
            "Min" => -(-x).Max(-of(call.Arguments[1])),
            "Clamp" => new(of(call.Arguments[1]).Low, of(call.Arguments[2]).High),
            "Norm" or "Norm1" or "RowNorms" or "Numbers" or Operators.Numbers => ValueRange.NonNegative,
            "Observed" or "Identity" or Operators.OneHot => new(0, 1),
            "Ones" => One,
            "Trace" or "Diag" when IsGram(call.Arguments[0]) => ValueRange.NonNegative,
            "Sum" or "RowSums" or "ColumnSums" or "Trace" => x.Sum(),
            "Dot" or "RowDots" => AreSame(call.Arguments[0], call.Arguments[1]) ? ValueRange.NonNegative : (x * of(call.Arguments[1])).Sum(),
            Operators.Transpose or Operators.Prediction or Operators.Gather or "StopGradient" or "RowMax" or "RowMin" => x,
            "Mean" or "RowMeans" or "ColumnMeans" or "ObservedMean" or "Diag" => x.Or(new(0, 0)),
            "FillMissing" => x.Or(of(call.Arguments[1])),
            "Pow" => x.Low >= 0 || (call.Arguments[1] is NumberNode { Value: var p } && p % 2 == 0) ? ValueRange.NonNegative : ValueRange.Any,
            "Map" when call.Arguments.OfType<LambdaNode>().Single() is var lambda => Of(lambda.Body, bound.Inside(lambda, call), NothingKnown),
            Operators.IfLess or Operators.IfLessOrEqual => OfChoice(call, of),
            _ => _functions.TryGetValue(call.Function, out var function) ? OfFunction(function, call, of) : ValueRange.Any,
        };

        // What a sparse result does not store is zero.
        return call.Kind == TensorKind.SparseMatrix ? range.Or(new(0, 0)) : range;
    }

    /// <summary>Either outcome, where it is taken: x &lt; 1 ? x : 1 is not above 1.</summary>
    private static ValueRange OfChoice(CallNode choice, Func<LossNode, ValueRange> of)
    {
        var (less, more) = (of(choice.Arguments[0]), of(choice.Arguments[1]));
        ValueRange Where(LossNode outcome, int small, int large) =>
            AreSame(outcome, choice.Arguments[small]) ? of(outcome).And(new(double.NegativeInfinity, of(choice.Arguments[large]).High))
            : AreSame(outcome, choice.Arguments[large]) ? of(outcome).And(new(of(choice.Arguments[small]).Low, double.PositiveInfinity))
            : of(outcome);
        return Where(choice.Arguments[2], 0, 1).Or(Where(choice.Arguments[3], 1, 0));
    }

    private static ValueRange OfFunction(FunctionModel function, CallNode call, Func<LossNode, ValueRange> of)
    {
        bool IsMet(SignCondition condition) => condition.IsNegative ? of(call.Arguments[condition.Parameter]).High <= 0 : of(call.Arguments[condition.Parameter]).Low >= 0;
        var range = function.Bounds.ElementAtOrDefault(0) is NumberNode { Value: var most } ? new ValueRange(-most, most) : ValueRange.Any;
        range = range.And(new(function.Least, double.PositiveInfinity));
        if (function.IsIncreasing)
        {
            range = range.And(BesideExactValues(function.Key, of(call.Arguments[0])));
        }

        return function.Signs.Where(rule => rule.Given.All(IsMet)).Aggregate(range, (all, rule) => all.And(
            rule.Parameter is { } parameter ? of(call.Arguments[parameter]).Sum() : rule.IsNegative ? ValueRange.NonPositive : ValueRange.NonNegative));
    }

    /// <summary>An increasing function is on the side of its value at a point that its argument is on of the point: eˣ ≤ e⁰ = 1 where x ≤ 0.</summary>
    private static ValueRange BesideExactValues(string function, ValueRange argument) => ExactValues.All
        .Where(exact => exact.Function == function)
        .Aggregate(ValueRange.Any, (range, exact) => range.And(new(
            argument.Low >= exact.Argument ? exact.Value : double.NegativeInfinity,
            argument.High <= exact.Argument ? exact.Value : double.PositiveInfinity)));
}
