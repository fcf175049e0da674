using AutoGradMf.Generators.Symbolics.Model;

namespace AutoGradMf.Generators.Symbolics.Checks;

/// <summary>
/// Finds real powers of what may become negative in training, which the sign of a factor may, and of negative constants. What data
/// and hyperparameters hold is for those who give them to know.
/// </summary>
internal static class PowerDomain
{
    private static readonly HashSet<string> NeverNegative = new(StringComparer.Ordinal)
    {
        "Abs", "Square", "Sqrt", "Exp", "Sigmoid", "Softplus", "Relu", "Cosh", "Hypot", "LogCosh", "Norm", "Norm1", "RowNorms",
        "Observed", "Identity", "Ones",
    };

    private static readonly HashSet<string> NonNegativeOfSuch = new(StringComparer.Ordinal)
    {
        Operators.Add, Operators.Multiply, Operators.Hadamard, Operators.Divide, Operators.Transpose, Operators.Prediction, "Sum", "Mean", "Dot",
        "RowSums", "ColumnSums", "RowDots", "RowMax", "RowMin", "RowMeans", "ColumnMeans", "ObservedMean", "FillMissing", "Trace", "Diag",
        "Min", "StopGradient", "Reciprocal",
    };

    public static IEnumerable<Problem> Problems(LossNode body, ISet<string> factors)
    {
        var found = new List<Problem>();
        Visit(body, [], [], factors, found);
        return found;
    }

    /// <summary>Visits an expression, given what the placeholders in it stand for and the text of what is not negative there.</summary>
    private static void Visit(LossNode syntax, IReadOnlyList<LossNode> bound, IReadOnlyCollection<string> known, ISet<string> factors, List<Problem> found)
    {
        if (syntax is UnknownNode unknown)
        {
            foreach (var part in unknown.Parts)
            {
                Visit(part, bound, known, factors, found);
            }
        }

        if (syntax is not CallNode call)
        {
            return;
        }

        if (call is { Function: "Pow", Arguments: [var @base, var exponent] } && !IsWhole(exponent)
            && !IsNonNegative(@base, bound, known) && (@base is NumberNode || Follows(@base, bound, factors)))
        {
            found.Add(new(RuleNames.PowerOfNegative, call.Node, new([LossText.Of(@base)])));
        }

        var tensors = call.Arguments.Where(a => a is not LambdaNode).ToList();
        var branches = Branches(call, bound, known).ToList();
        for (var a = 0; a < call.Arguments.Count; a++)
        {
            if (call.Arguments[a] is LambdaNode lambda)
            {
                Visit(lambda.Body, tensors, known, factors, found);
            }
            else
            {
                Visit(call.Arguments[a], bound, branches.Count > 0 && a >= 2 ? branches[a - 2] : known, factors, found);
            }
        }
    }

    /// <summary>What is known not to be negative in the two outcomes of a comparison; nothing if it is none.</summary>
    private static IEnumerable<IReadOnlyCollection<string>> Branches(CallNode call, IReadOnlyList<LossNode> bound, IReadOnlyCollection<string> known)
    {
        if (call is not { Function: Operators.IfLess or Operators.IfLessOrEqual, Arguments: [var less, var more, _, _] })
        {
            yield break;
        }

        yield return IsNonNegative(less, bound, known) ? [.. known, LossText.Of(more)] : known;
        yield return IsNonNegative(more, bound, known) ? [.. known, LossText.Of(less)] : known;
    }

    private static bool IsNonNegative(LossNode value, IReadOnlyList<LossNode> bound, IReadOnlyCollection<string> known)
    {
        bool Recurse(LossNode v) => IsNonNegative(v, bound, known);
        return (known.Count > 0 && known.Contains(LossText.Of(value))) || value switch
        {
            NumberNode number => number.Value >= 0,
            SizeNode or DimensionNode or UnknownNode => true,
            PlaceholderNode place => place.Position < bound.Count && IsNonNegative(bound[place.Position], [], []),
            CallNode { Function: "Max", Arguments: [var a, var b] } => Recurse(a) || Recurse(b),
            CallNode { Function: "Clamp", Arguments: [_, var least, _] } => Recurse(least),
            CallNode { Function: Operators.Gather, Arguments: [var from, _] } => Recurse(from),
            CallNode { Function: "Pow", Arguments: [var @base, var exponent] } => Recurse(@base) || exponent is NumberNode { Value: var p } && p % 2 == 0,
            CallNode { Function: Operators.IfLess or Operators.IfLessOrEqual, Arguments: [_, _, var yes, var no] } => Recurse(yes) && Recurse(no),
            CallNode call => NeverNegative.Contains(call.Function) || (NonNegativeOfSuch.Contains(call.Function) && call.Arguments.All(Recurse)),
            _ => false,
        };
    }

    /// <summary>Whether a value follows a factor.</summary>
    private static bool Follows(LossNode value, IReadOnlyList<LossNode> bound, ISet<string> factors) => value switch
    {
        ParameterNode parameter => factors.Contains(parameter.Name),
        PlaceholderNode place => place.Position < bound.Count && Follows(bound[place.Position], [], factors),
        CallNode call => call.Arguments.Any(a => Follows(a, bound, factors)),
        LambdaNode lambda => Follows(lambda.Body, [], factors),
        _ => false,
    };

    private static bool IsWhole(LossNode exponent) => exponent is NumberNode { Value: var p } ? p == Math.Floor(p) : exponent is SizeNode or DimensionNode or UnknownNode;
}
