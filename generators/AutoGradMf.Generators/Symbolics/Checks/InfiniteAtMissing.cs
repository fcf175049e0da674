using AutoGradMf.Generators.Symbolics.Model;

namespace AutoGradMf.Generators.Symbolics.Checks;

/// <summary>
/// Finds logarithms and reciprocals of sparse data that are taken where nothing is stored, too: what is missing is zero, and they are infinite there.
/// A product with what is zero at the same places, <c>Observed(R) % Log(R)</c>, does not look there, and neither does what a condition guards.
/// </summary>
internal sealed class InfiniteAtMissing
{
    private readonly HashSet<LossNode>[] _seen = [new(SameObject<LossNode>.Instance), new(SameObject<LossNode>.Instance)];
    private readonly Dictionary<(LossNode, Bindings), bool> _zeros = [];
    private readonly List<Problem> _found = [];

    private InfiniteAtMissing()
    {
    }

    public static IEnumerable<Problem> Problems(LossNode body)
    {
        var check = new InfiniteAtMissing();
        check.Visit(body, Bindings.None, isMasked: false);
        return check._found;
    }

    /// <summary>Visits an expression, given what the placeholders in it stand for and whether it is looked at where data are stored only.</summary>
    private void Visit(LossNode syntax, Bindings bound, bool isMasked)
    {
        if (!_seen[isMasked ? 1 : 0].Add(syntax))
        {
            return;
        }

        if (syntax is not CallNode call)
        {
            foreach (var part in syntax.Parts)
            {
                Visit(part, bound, isMasked: false);
            }

            return;
        }

        if (!isMasked && InfiniteAtZero(call, bound) is { } argument && IsZeroAtMissing(argument, bound))
        {
            _found.Add(new(RuleNames.InfiniteAtMissing, call.Node, new([LossText.Brief(call), LossText.Brief(Data(argument, bound))])));
            isMasked = true;
        }

        for (var a = 0; a < call.Arguments.Count; a++)
        {
            if (call.Arguments[a] is LambdaNode lambda)
            {
                // Where the first is sparse, a lambda visits stored entries only.
                Visit(lambda.Body, bound.Inside(lambda, call), isMasked || call.Kind == TensorKind.SparseMatrix);
            }
            else
            {
                Visit(call.Arguments[a], bound, (isMasked && IsElementwise(call)) || IsMasked(call, a, bound));
            }
        }
    }

    /// <summary>The argument at whose zeros a function is infinite; null if there is none.</summary>
    private LossNode? InfiniteAtZero(CallNode call, Bindings bound) => call switch
    {
        { Function: "Log" or "Log2" or "Log10" or "Reciprocal", Arguments: [var x] } => x,
        { Function: "Pow", Arguments: [var x, NumberNode { Value: < 0 }] } => x,
        { Function: Operators.Divide, Arguments: [var dividend, var divisor] } when !IsZeroAtMissing(dividend, bound) => divisor,
        _ => null,
    };

    /// <summary>Whether an argument is multiplied by what is zero where data are missing, or is guarded by a condition.</summary>
    private bool IsMasked(CallNode call, int argument, Bindings bound) => call.Function switch
    {
        Operators.IfLess or Operators.IfLessOrEqual => true,
        Operators.Divide => argument == 1 && IsZeroAtMissing(call.Arguments[0], bound),
        Operators.Hadamard or "Dot" or "RowDots" => IsZeroAtMissing(call.Arguments[1 - argument], bound),
        Operators.Multiply when call.Kind == TensorKind.Scalar => IsZeroAtMissing(call.Arguments[1 - argument], bound),
        _ => false,
    };

    /// <summary>Whether each element of the result needs those of the operands at its place alone.</summary>
    private static bool IsElementwise(CallNode call) =>
        call.Arguments.Any(a => a.Kind == call.Kind || a.Kind == TensorKind.SparseMatrix)
        && (call.Kind != TensorKind.Scalar || call.Arguments.All(a => a.Kind == TensorKind.Scalar))
        && (call.Function != Operators.Multiply || call.Arguments.Any(a => a.Kind == TensorKind.Scalar));

    private bool IsZeroAtMissing(LossNode value, Bindings bound) =>
        _zeros.TryGetValue((value, bound), out var known) ? known : _zeros[(value, bound)] = Decide(value, bound);

    private bool Decide(LossNode value, Bindings bound) => value switch
    {
        PlaceholderNode place => bound.Of(place) is { } given && IsZeroAtMissing(given.Value, given.Bound),
        CallNode { Kind: TensorKind.Scalar, Function: Operators.Multiply or Operators.Hadamard } product => product.Arguments.Any(a => IsZeroAtMissing(a, bound)),
        CallNode { Kind: TensorKind.Scalar, Function: Operators.Divide or Operators.Negate } call => IsZeroAtMissing(call.Arguments[0], bound),
        _ => value.Kind == TensorKind.SparseMatrix,
    };

    /// <summary>The sparse data that an expression which is zero at missing entries is made of.</summary>
    private static LossNode Data(LossNode value, Bindings bound) =>
        value.SelfAndDescendants().Select(part => part is PlaceholderNode place && bound.Of(place) is { } given ? Data(given.Value, given.Bound) : part)
            .FirstOrDefault(part => part is ParameterNode { Kind: TensorKind.SparseMatrix }) ?? value;
}
