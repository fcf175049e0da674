using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;

namespace AutoGradMf.Generators.Symbolics.Checks;

/// <summary>What is infinite, or not a number, whatever is finite beside it.</summary>
/// <param name="ofParameter">The value of a parameter that is held to be a constant; null of any other.</param>
internal sealed class CertainlyNonFinite(Func<string, double?> ofParameter)
{
    /// <summary>Functions that are infinite, or not a number, at either infinity.</summary>
    private static readonly HashSet<string> Unbounded = new(StringComparer.Ordinal)
    {
        "Square", "Abs", "Sqrt", "Log", "Log2", "Log10", "Log1p", "Cosh", "Sinh", "LogCosh", "Norm", "Norm1", "RowNorms",
    };

    /// <summary>Functions whose value is, or adds up, elements of their argument as they are.</summary>
    private static readonly HashSet<string> Linear = new(StringComparer.Ordinal)
    {
        "Sum", "Mean", "RowSums", "ColumnSums", "Trace", "Diag", "RowMax", "RowMin", "StopGradient", Operators.Transpose, Operators.Prediction, Operators.Gather,
    };

    private readonly Dictionary<LossNode, Outcome> _seen = new(SameObject<LossNode>.Instance);

    /// <summary>The infinite numbers, those that are none, and the divisions by zero, by which a value certainly is not finite.</summary>
    public IEnumerable<LossNode> CausesOf(LossNode value)
    {
        var met = new HashSet<LossNode>(SameObject<LossNode>.Instance);
        var left = new Stack<(LossNode Value, Bindings Bound)>([(value, Bindings.None)]);
        while (left.Count > 0)
        {
            var (next, bound) = left.Pop();
            if (!met.Add(next) || Of(next, bound) == Outcome.MayBeFinite)
            {
                continue;
            }

            if (next is NumberNode or ParameterNode || DividesByZero(next))
            {
                yield return next;
            }

            foreach (var part in Through(next, bound))
            {
                left.Push(part);
            }
        }
    }

    private static IEnumerable<(LossNode Value, Bindings Bound)> Through(LossNode value, Bindings bound) => value switch
    {
        PlaceholderNode place when bound.Of(place) is { } given => [given],
        CallNode { Function: "Map" } call when call.Arguments.OfType<LambdaNode>().Single() is var lambda => [(lambda.Body, bound.Inside(lambda, call))],
        CallNode call => call.Arguments.Select(a => (a, bound)),
        _ => [],
    };

    private Outcome Of(LossNode value, Bindings bound) => _seen.TryGetValue(value, out var known) ? known : _seen[value] = Decide(value, bound);

    private Outcome Decide(LossNode value, Bindings bound)
    {
        SymbolicBudget.RequireStack();
        return value switch
        {
            NumberNode number => OfNumber(number.Value),
            ParameterNode parameter => OfNumber(ofParameter(parameter.Name) ?? 0),
            _ when DividesByZero(value) => Outcome.NotFinite,
            PlaceholderNode or CallNode { Function: "Map" } => Through(value, bound).Select(part => Of(part.Value, part.Bound)).FirstOrDefault(),
            CallNode call => OfCall(call.Function, [.. call.Arguments.Select(a => Of(a, bound))]),
            _ => Outcome.MayBeFinite,
        };
    }

    private bool DividesByZero(LossNode value) => value is CallNode { Function: Operators.Divide, Arguments: [_, var divisor] } && Bound.ValueOf(divisor, ofParameter) == 0;

    private static Outcome OfNumber(double value) => value switch
    {
        double.NaN => Outcome.NotANumber,
        double.PositiveInfinity => Outcome.Positive,
        double.NegativeInfinity => Outcome.Negative,
        _ => Outcome.MayBeFinite,
    };

    private static Outcome OfCall(string function, IReadOnlyList<Outcome> of) => function switch
    {
        Operators.Add => Sum(of[0], of[1]),
        Operators.Subtract => Sum(of[0], Negated(of[1])),
        Operators.Negate => Negated(of[0]),
        Operators.Multiply or Operators.Hadamard or "Dot" or "RowDots" => Either(of),
        Operators.Divide => of[1] == Outcome.NotANumber ? of[1] : Either([of[0]]),
        Operators.IfLess or Operators.IfLessOrEqual => of[2] == Outcome.MayBeFinite || of[3] == Outcome.MayBeFinite ? Outcome.MayBeFinite : Either([of[2], of[3]]),
        "Max" => of.FirstOrDefault(o => o is Outcome.Positive or Outcome.NotANumber),
        "Min" => of.FirstOrDefault(o => o is Outcome.Negative or Outcome.NotANumber),
        _ when Linear.Contains(function) => of[0],
        _ => Unbounded.Contains(function) ? Either([of[0]]) : Outcome.MayBeFinite,
    };

    private static Outcome Sum(Outcome x, Outcome y) => x == Outcome.MayBeFinite ? y : y == Outcome.MayBeFinite || x == y ? x : Either([x, y]);

    private static Outcome Negated(Outcome x) => x switch { Outcome.Positive => Outcome.Negative, Outcome.Negative => Outcome.Positive, _ => x };

    private static Outcome Either(IReadOnlyList<Outcome> of) =>
        of.Contains(Outcome.NotANumber) ? Outcome.NotANumber : of.All(o => o == Outcome.MayBeFinite) ? Outcome.MayBeFinite : Outcome.NotFinite;

    private enum Outcome
    {
        MayBeFinite,
        Positive,
        Negative,

        /// <summary>Infinite of either sign, or not a number.</summary>
        NotFinite,
        NotANumber,
    }
}
