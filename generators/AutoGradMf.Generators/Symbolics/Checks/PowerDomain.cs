using AutoGradMf.Generators.Symbolics.Model;

namespace AutoGradMf.Generators.Symbolics.Checks;

/// <summary>
/// Finds real powers of what may become negative in training, which the sign of a factor may, and of negative constants. What data
/// and hyperparameters hold is for those who give them to know.
/// </summary>
internal static class PowerDomain
{
    public static IEnumerable<Problem> Problems(LossModel model, ISet<string> factors)
    {
        var bounded = model.Parameters.Where(p => p.Min >= 0).Select(p => p.Name).ToList();
        var visit = new Visitor(factors, new NonNegativity(model.Functions, bounded.Contains));
        visit.Visit(model.Body!, [], []);
        return visit.Found;
    }

    private sealed class Visitor(ISet<string> factors, NonNegativity nonNegativity)
    {
        private readonly HashSet<(LossNode, object)> _seen = new(SamePlace.Instance);

        public List<Problem> Found { get; } = [];

        /// <summary>Visits an expression, given what the placeholders in it stand for and the text of what is not negative there.</summary>
        public void Visit(LossNode syntax, IReadOnlyList<LossNode> bound, IReadOnlyCollection<string> known)
        {
            if (!_seen.Add((syntax, known)))
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

            if (call is { Function: "Pow", Arguments: [var @base, var exponent] } && !IsWhole(exponent)
                && !nonNegativity.Of(@base, bound, known) && (@base is NumberNode || Follows(@base, bound, factors)))
            {
                Found.Add(new(RuleNames.PowerOfNegative, call.Node, new([LossText.Brief(@base)])));
            }

            var tensors = call.Arguments.Where(a => a is not LambdaNode).ToList();
            var branches = Branches(call, bound, known, nonNegativity).ToList();
            for (var a = 0; a < call.Arguments.Count; a++)
            {
                if (call.Arguments[a] is LambdaNode lambda)
                {
                    Visit(lambda.Body, tensors, known);
                }
                else
                {
                    Visit(call.Arguments[a], bound, branches.Count > 0 && a >= 2 ? branches[a - 2] : known);
                }
            }
        }
    }

    /// <summary>The same object under the same knowledge.</summary>
    private sealed class SamePlace : IEqualityComparer<(LossNode Syntax, object Known)>
    {
        public static SamePlace Instance { get; } = new();

        public bool Equals((LossNode Syntax, object Known) x, (LossNode Syntax, object Known) y) =>
            ReferenceEquals(x.Syntax, y.Syntax) && ReferenceEquals(x.Known, y.Known);

        public int GetHashCode((LossNode Syntax, object Known) place) => SameObject<LossNode>.Instance.GetHashCode(place.Syntax);
    }

    /// <summary>What is known not to be negative in the two outcomes of a comparison; nothing if it is none.</summary>
    private static IEnumerable<IReadOnlyCollection<string>> Branches(
        CallNode call, IReadOnlyList<LossNode> bound, IReadOnlyCollection<string> known, NonNegativity nonNegativity)
    {
        if (call is not { Function: Operators.IfLess or Operators.IfLessOrEqual, Arguments: [var less, var more, _, _] })
        {
            yield break;
        }

        yield return With(more, nonNegativity.Of(less, bound, known), known);
        yield return With(less, nonNegativity.Of(more, bound, known), known);
    }

    private static IReadOnlyCollection<string> With(LossNode value, bool isNew, IReadOnlyCollection<string> known) =>
        isNew && value is not NumberNode && LossText.Brief(value) is var text && !known.Contains(text) ? [.. known, text] : known;

    /// <summary>Whether a value follows a factor.</summary>
    private static bool Follows(LossNode value, IReadOnlyList<LossNode> bound, ISet<string> factors) => value.SelfAndDescendants().Any(part => part switch
    {
        ParameterNode parameter => factors.Contains(parameter.Name),
        PlaceholderNode place => place.Position < bound.Count && Follows(bound[place.Position], [], factors),
        _ => false,
    });

    private static bool IsWhole(LossNode exponent) => exponent is NumberNode { Value: var p } ? p == Math.Floor(p) : exponent is SizeNode or DimensionNode or UnknownNode;
}
