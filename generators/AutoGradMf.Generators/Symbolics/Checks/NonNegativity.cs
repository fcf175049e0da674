using AutoGradMf.Generators.Symbolics.Model;

namespace AutoGradMf.Generators.Symbolics.Checks;

/// <summary>Which expressions of the language cannot be negative. Elementwise functions say it themselves, by their rules for signs.</summary>
/// <param name="functions">The elementwise functions that are called.</param>
/// <param name="ofParameter">Whether a parameter is not negative; none is known not to be if null.</param>
internal sealed class NonNegativity(IEnumerable<FunctionModel> functions, Func<string, bool>? ofParameter = null)
{
    private static readonly HashSet<string> NeverNegative = new(StringComparer.Ordinal)
    {
        "Square", "Norm", "Norm1", "RowNorms", "Observed", "Identity", "Ones", "Numbers", Operators.OneHot, Operators.Numbers,
    };

    private static readonly HashSet<string> NonNegativeOfSuch = new(StringComparer.Ordinal)
    {
        Operators.Add, Operators.Multiply, Operators.Hadamard, Operators.Divide, Operators.Transpose, Operators.Prediction, "Sum", "Mean", "Dot",
        "RowSums", "ColumnSums", "RowDots", "RowMax", "RowMin", "RowMeans", "ColumnMeans", "ObservedMean", "FillMissing", "Trace", "Diag",
        "StopGradient", "Reciprocal",
    };

    private readonly Dictionary<string, FunctionModel> _functions = functions.ToDictionary(f => f.Key, StringComparer.Ordinal);

    /// <param name="value">The expression.</param>
    /// <param name="bound">What the placeholders in it stand for.</param>
    /// <param name="known">The text of what is not negative there.</param>
    public bool Of(LossNode value, IReadOnlyList<LossNode> bound, IReadOnlyCollection<string> known)
    {
        var seen = new Dictionary<LossNode, bool>(SameObject<LossNode>.Instance);
        return Recurse(value);

        bool Recurse(LossNode v) => seen.TryGetValue(v, out var isSo) ? isSo : seen[v] = Decide(v);

        bool Decide(LossNode v) => (known.Count > 0 && known.Contains(LossText.Brief(v))) || v switch
        {
            NumberNode number => number.Value >= 0,
            ParameterNode parameter => ofParameter?.Invoke(parameter.Name) == true,
            SizeNode or DimensionNode or UnknownNode => true,
            PlaceholderNode place => place.Position < bound.Count && Of(bound[place.Position], [], []),
            CallNode { Function: Operators.Gather, Arguments: [var from, _] } => Recurse(from),
            CallNode { Function: "Pow", Arguments: [var @base, var exponent] } => Recurse(@base) || exponent is NumberNode { Value: var p } && p % 2 == 0,
            CallNode { Function: Operators.IfLess or Operators.IfLessOrEqual, Arguments: [_, _, var yes, var no] } => Recurse(yes) && Recurse(no),
            CallNode { Function: Operators.Add or Operators.Subtract, Arguments: [NumberNode { Value: var number }, var other] } when Most(other) <= number => true,
            CallNode { Function: Operators.Add, Arguments: [var other, NumberNode { Value: var number }] } when Most(other) <= number => true,
            CallNode call => NeverNegative.Contains(call.Function)
                || (NonNegativeOfSuch.Contains(call.Function) && call.Arguments.All(Recurse))
                || (_functions.TryGetValue(call.Function, out var function) && function.Signs.Any(rule => IsMet(rule, call.Arguments))),
            _ => false,
        };

        // The most that its size can be, by what functions say of it: 1 - Sigmoid(x) is not negative.
        double Most(LossNode v) => v switch
        {
            NumberNode number => Math.Abs(number.Value),
            CallNode { Function: "Square", Arguments: [var x] } => Most(x) * Most(x),
            CallNode { Function: Operators.Negate or Operators.Transpose or "StopGradient" or "Abs", Arguments: [var x] } => Most(x),
            CallNode { Function: Operators.Multiply or Operators.Hadamard, Arguments: [{ Kind: var a } x, { Kind: var b } y] } call
                when call.Function == Operators.Hadamard || a == TensorKind.Scalar || b == TensorKind.Scalar => Most(x) * Most(y),
            CallNode call when _functions.TryGetValue(call.Function, out var function) && function.Bounds.ElementAtOrDefault(0) is NumberNode bound => bound.Value,
            _ => double.PositiveInfinity,
        };

        bool IsMet(SignRule rule, IReadOnlyList<LossNode> arguments) => !rule.IsNegative
            && rule.Given.All(c => !c.IsNegative && Recurse(arguments[c.Parameter]))
            && (rule.Parameter is not { } parameter || Recurse(arguments[parameter]));
    }
}
