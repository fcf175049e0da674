using AutoGradMf.Generators.Symbolics.Model;

namespace AutoGradMf.Generators.Symbolics.Checks;

/// <summary>
/// Finds real powers, square roots and logarithms of what may become negative in training, which the sign of a factor may, and real powers of
/// negative constants. What data and hyperparameters hold is for those who give them to know.
/// </summary>
internal static class RealDomain
{
    public static IEnumerable<Problem> Problems(LossModel model, ISet<string> factors)
    {
        var parameters = model.Parameters.ToDictionary(p => p.Name, RangeOf, StringComparer.Ordinal);
        var visit = new Visitor(factors, new ValueRanges(model.Functions, p => parameters[p]));
        visit.Visit(model.Body!, Bindings.None, ValueRanges.NothingKnown);
        return visit.Found;
    }

    /// <summary>Data and hyperparameters that may be negative are for those who give them to know.</summary>
    private static ValueRange RangeOf(LossParameter parameter) => parameter.IsFactor ? new(parameter.Min, parameter.Max) : ValueRange.NonNegative;

    private sealed class Visitor(ISet<string> factors, ValueRanges ranges)
    {
        /// <summary>Each condition doubles what may be known where it leads; nobody nests so many around one.</summary>
        private const int MostPlaces = 4096;

        private readonly HashSet<(LossNode, object)> _seen = new(SamePlace.Instance);
        private readonly Dictionary<LossNode, bool> _holding = new(SameObject<LossNode>.Instance);

        public List<Problem> Found { get; } = [];

        /// <summary>Visits an expression, given what the placeholders in it stand for and what is known of expressions there, by their text.</summary>
        public void Visit(LossNode syntax, Bindings bound, IReadOnlyDictionary<string, ValueRange> known)
        {
            if (!Holds(syntax) || _seen.Count == MostPlaces || !_seen.Add((syntax, known)))
            {
                return;
            }

            if (syntax is not CallNode call)
            {
                foreach (var part in syntax is UnknownNode unknown ? unknown.Known : default)
                {
                    Visit(part, bound, known);
                }

                return;
            }

            if (RuleOf(call) is { } rule && call.Arguments[0] is var argument
                && !ranges.IsNonNegative(argument, bound, known) && (argument is NumberNode || Follows(argument, bound, factors)))
            {
                Found.Add(new(rule, call.Node, new([LossText.Brief(argument), call.Function])));
            }

            var branches = Branches(call, bound, known, ranges).ToList();
            for (var a = 0; a < call.Arguments.Count; a++)
            {
                if (call.Arguments[a] is LambdaNode lambda)
                {
                    Visit(lambda.Body, bound.Inside(lambda, call), known);
                }
                else
                {
                    Visit(call.Arguments[a], bound, branches.Count > 0 && a >= 2 ? branches[a - 2] : known);
                }
            }
        }

        /// <summary>Whether there is a function in an expression that negative numbers have no value of.</summary>
        private bool Holds(LossNode syntax) => _holding.TryGetValue(syntax, out var holds) ? holds : _holding[syntax] = syntax switch
        {
            CallNode call => RuleOf(call) is not null || call.Arguments.Any(Holds),
            LambdaNode lambda => Holds(lambda.Body),
            UnknownNode unknown => unknown.Known.Any(Holds),
            _ => false,
        };
    }

    /// <summary>What is reported where the first argument may be negative; null where that is as good as any other.</summary>
    private static string? RuleOf(CallNode call) => call switch
    {
        { Function: "Pow", Arguments: [_, var exponent] } when !IsWhole(exponent) => RuleNames.PowerOfNegative,
        { Function: "Sqrt" or "Log", Arguments: [not NumberNode] } => RuleNames.LogarithmOfNegative,
        _ => null,
    };

    /// <summary>The same object under the same knowledge.</summary>
    private sealed class SamePlace : IEqualityComparer<(LossNode Syntax, object Known)>
    {
        public static SamePlace Instance { get; } = new();

        public bool Equals((LossNode Syntax, object Known) x, (LossNode Syntax, object Known) y) =>
            ReferenceEquals(x.Syntax, y.Syntax) && ReferenceEquals(x.Known, y.Known);

        public int GetHashCode((LossNode Syntax, object Known) place) => SameObject<LossNode>.Instance.GetHashCode(place.Syntax);
    }

    /// <summary>What is known in the two outcomes of a comparison; nothing if it is none.</summary>
    private static IEnumerable<IReadOnlyDictionary<string, ValueRange>> Branches(
        CallNode call, Bindings bound, IReadOnlyDictionary<string, ValueRange> known, ValueRanges ranges)
    {
        if (call is not { Function: Operators.IfLess or Operators.IfLessOrEqual, Arguments: [var less, var more, _, _] })
        {
            yield break;
        }

        yield return Ordered(less, more);
        yield return Ordered(more, less);

        IReadOnlyDictionary<string, ValueRange> Ordered(LossNode small, LossNode large)
        {
            var facts = known;
            facts = With(large, new(ranges.Of(small, bound, known).Low, double.PositiveInfinity), facts);
            facts = With(small, new(double.NegativeInfinity, ranges.Of(large, bound, known).High), facts);
            return With(new CallNode(0, large.Kind, Operators.Subtract, new([large, small])), ValueRange.NonNegative, facts);
        }
    }

    /// <summary>One more fact, and what follows of it: x is within the greatest size that |x| and x² can have.</summary>
    private static IReadOnlyDictionary<string, ValueRange> With(LossNode value, ValueRange range, IReadOnlyDictionary<string, ValueRange> known)
    {
        var text = LossText.Brief(value);
        var before = known.TryGetValue(text, out var fact) ? fact : ValueRange.Any;
        if (value is NumberNode || before.And(range) == before)
        {
            return known;
        }

        var all = known.ToDictionary(k => k.Key, k => k.Value, StringComparer.Ordinal);
        all[text] = before.And(range);
        return value switch
        {
            CallNode { Function: "Abs", Arguments: [var x] } => With(x, new(-range.High, range.High), all),
            CallNode { Function: "Square", Arguments: [var x] } when range.High >= 0 => With(x, new(-Math.Sqrt(range.High), Math.Sqrt(range.High)), all),
            CallNode { Function: Operators.Negate, Arguments: [var x] } => With(x, -range, all),
            _ => all,
        };
    }

    /// <summary>Whether a value follows a factor.</summary>
    private static bool Follows(LossNode value, Bindings bound, ISet<string> factors) => value.SelfAndDescendants().Any(part => part switch
    {
        ParameterNode parameter => factors.Contains(parameter.Name),
        PlaceholderNode place => bound.Of(place) is { } given && Follows(given.Value, given.Bound, factors),
        _ => false,
    });

    private static bool IsWhole(LossNode exponent) => exponent is NumberNode { Value: var p } ? p == Math.Floor(p) : exponent is SizeNode or DimensionNode or UnknownNode;
}
