using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;

namespace AutoGradMf.Generators.Symbolics.Checks;

/// <summary>
/// Finds real powers, roots, logarithms and inverse functions of what may become less or more in training than they have values of, which a factor may, and real
/// powers of negative constants. What data and hyperparameters alone hold is for those who give them to know.
/// </summary>
internal static class RealDomain
{
    public static IEnumerable<Problem> Problems(LossModel model, ISet<string> factors, Func<LossNode, string> quote) =>
        [.. Powers(model, factors, quote), .. Functions(model, factors, quote)];

    private static List<Problem> Powers(LossModel model, ISet<string> factors, Func<LossNode, string> quote)
    {
        static ValueRange? Base(CallNode call) => call is { Function: "Pow", Arguments: [_, var exponent] } && !IsWhole(exponent) ? ValueRange.NonNegative : null;
        return new Visitor(factors, RangesIn(model, ofData: ValueRange.Any), Base, (call, _, _) => new(RuleNames.PowerOfNegative, call.Node, new([quote(call.Arguments[0])])))
            .Problems(model.Body!);
    }

    /// <summary>Rates and counts are what logarithms are mostly taken of: the data in them are taken for non-negative.</summary>
    private static List<Problem> Functions(LossModel model, ISet<string> factors, Func<LossNode, string> quote)
    {
        var functions = model.Functions.ToDictionary(f => f.Key, StringComparer.Ordinal);
        var ranges = RangesIn(model, ofData: ValueRange.NonNegative);
        return new Visitor(factors, ranges, Domain, Problem).Problems(model.Body!);

        ValueRange? Domain(CallNode call) =>
            call.Arguments is [not NumberNode] && functions.TryGetValue(call.Function, out var function) && DomainOf(function) is var domain && domain != ValueRange.Any ? domain : null;

        Problem Problem(CallNode call, Bindings bound, IReadOnlyDictionary<Fingerprint, ValueRange> known)
        {
            var (function, argument) = (functions[call.Function], call.Arguments[0]);
            var remedy = new DomainRemedy(DomainOf(function), ranges.Of(argument, bound, known));
            bool IsEnough(ValueRange factor) => remedy.Domain.Contains(RangesIn(model, ofData: ValueRange.NonNegative, factor).Of(argument, bound, known));
            return new(RuleNames.ArgumentOutsideDomain, call.Node, new([quote(argument), remedy.What, function.Name, remedy.Advice(IsEnough, isExpansion: model.Expansion is not null)]));
        }
    }

    private static ValueRange DomainOf(FunctionModel function) => new(function.LeastArgument, function.GreatestArgument);

    /// <param name="model">The loss.</param>
    /// <param name="ofData">What data can be.</param>
    /// <param name="ofFactors">What factors can be within their own bounds; anything if it is not given.</param>
    private static ValueRanges RangesIn(LossModel model, ValueRange ofData, ValueRange? ofFactors = null)
    {
        ValueRange RangeOf(LossParameter parameter) => parameter.IsFactor ? new ValueRange(parameter.Min, parameter.Max).And(ofFactors ?? ValueRange.Any)
            : parameter.Kind == TensorKind.Scalar ? ValueRange.NonNegative
            : ofData;
        var ranges = model.Parameters.ToDictionary(p => p.Name, RangeOf, StringComparer.Ordinal);
        return new(model.Functions, p => ranges[p]);
    }

    /// <param name="factors">The names of the factors.</param>
    /// <param name="ranges">What expressions can be.</param>
    /// <param name="domainOf">What the first argument of a call may be; null where all numbers are as good as any other.</param>
    /// <param name="problem">What is reported of a call, given what placeholders stand for and what is known there.</param>
    private sealed class Visitor(
        ISet<string> factors, ValueRanges ranges, Func<CallNode, ValueRange?> domainOf, Func<CallNode, Bindings, IReadOnlyDictionary<Fingerprint, ValueRange>, Problem> problem)
    {
        /// <summary>Each condition doubles what may be known where it leads; nobody nests so many around one.</summary>
        private const int MostPlaces = 4096;

        private readonly HashSet<(LossNode, object)> _seen = new(SamePlace.Instance);
        private readonly Dictionary<LossNode, bool> _holding = new(SameObject<LossNode>.Instance);

        private readonly List<Problem> _found = [];

        public List<Problem> Problems(LossNode body)
        {
            Visit(body, Bindings.None, ValueRanges.NothingKnown);
            return _found;
        }

        /// <summary>Visits an expression, given what the placeholders in it stand for and what is known of expressions there, by their wording.</summary>
        private void Visit(LossNode syntax, Bindings bound, IReadOnlyDictionary<Fingerprint, ValueRange> known)
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

            if (domainOf(call) is { } domain && call.Arguments[0] is var argument
                && !domain.Contains(ranges.Of(argument, bound, known)) && (argument is NumberNode || Follows(argument, bound, factors)))
            {
                _found.Add(problem(call, bound, known));
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

        /// <summary>Whether there is a function in an expression that has no value of some numbers.</summary>
        private bool Holds(LossNode syntax) => _holding.TryGetValue(syntax, out var holds) ? holds : _holding[syntax] = syntax switch
        {
            CallNode call => domainOf(call) is not null || call.Arguments.Any(Holds),
            LambdaNode lambda => Holds(lambda.Body),
            UnknownNode unknown => unknown.Known.Any(Holds),
            _ => false,
        };
    }

    /// <summary>The same object under the same knowledge.</summary>
    private sealed class SamePlace : IEqualityComparer<(LossNode Syntax, object Known)>
    {
        public static SamePlace Instance { get; } = new();

        public bool Equals((LossNode Syntax, object Known) x, (LossNode Syntax, object Known) y) =>
            ReferenceEquals(x.Syntax, y.Syntax) && ReferenceEquals(x.Known, y.Known);

        public int GetHashCode((LossNode Syntax, object Known) place) => SameObject<LossNode>.Instance.GetHashCode(place.Syntax);
    }

    /// <summary>What is known in the two outcomes of a comparison; nothing if it is none.</summary>
    private static IEnumerable<IReadOnlyDictionary<Fingerprint, ValueRange>> Branches(
        CallNode call, Bindings bound, IReadOnlyDictionary<Fingerprint, ValueRange> known, ValueRanges ranges)
    {
        if (call is not { Function: Operators.IfLess or Operators.IfLessOrEqual, Arguments: [var less, var more, _, _] })
        {
            yield break;
        }

        yield return Ordered(less, more);
        yield return Ordered(more, less);

        IReadOnlyDictionary<Fingerprint, ValueRange> Ordered(LossNode small, LossNode large)
        {
            var facts = known;
            facts = With(large, new(ranges.Of(small, bound, known).Low, double.PositiveInfinity), facts);
            facts = With(small, new(double.NegativeInfinity, ranges.Of(large, bound, known).High), facts);
            return With(new CallNode(0, large.Kind, Operators.Subtract, new([large, small])), ValueRange.NonNegative, facts);
        }
    }

    /// <summary>One more fact, and what follows of it: x is within the greatest size that |x| and x² can have.</summary>
    private static IReadOnlyDictionary<Fingerprint, ValueRange> With(LossNode value, ValueRange range, IReadOnlyDictionary<Fingerprint, ValueRange> known)
    {
        var before = known.TryGetValue(value.Wording, out var fact) ? fact : ValueRange.Any;
        if (value is NumberNode || before.And(range) == before)
        {
            return known;
        }

        var all = known.ToDictionary(k => k.Key, k => k.Value);
        all[value.Wording] = before.And(range);
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
