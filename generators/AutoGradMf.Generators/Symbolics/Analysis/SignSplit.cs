using System.Collections.Immutable;
using AutoGradMf.Generators.Symbolics.Checks;
using AutoGradMf.Generators.Symbolics.Differentiation;
using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;
using AutoGradMf.Generators.Symbolics.Structure;
using Index = AutoGradMf.Generators.Symbolics.Expressions.Index;

namespace AutoGradMf.Generators.Symbolics.Analysis;

/// <summary>
/// The gradient as P − N, both non-negative where the factors, the data and the hyperparameters are: what multiplicative updates
/// need (Lee and Seung 2001).
/// </summary>
/// <param name="Positive">P of every factor; empty if the gradient does not split.</param>
/// <param name="Negative">N of every factor.</param>
/// <param name="NonNegative">The data and hyperparameters that must not be negative for it, by name.</param>
/// <param name="Obstacle">The smallest part of the gradient whose sign is not known; null if it splits, or is too large to.</param>
/// <param name="ObstacleRow">The index that counts the rows of that part; null if it has none.</param>
internal sealed record SignSplit(
    IReadOnlyList<FactorGradient> Positive, IReadOnlyList<FactorGradient> Negative, IReadOnlyCollection<string> NonNegative, Expression? Obstacle, Index? ObstacleRow = null)
{
    /// <param name="gradient">The gradient.</param>
    /// <param name="functions">The elementwise functions that the loss calls, of factors or of data.</param>
    public static SignSplit Of(IReadOnlyList<FactorGradient> gradient, IEnumerable<FunctionModel> functions)
    {
        using var budget = SymbolicBudget.Open();
        try
        {
            var parts = Parts(gradient, new Signs(functions));
            var obstructed = parts.FindIndex(p => p.Obstacle is not null);
            return obstructed >= 0
                ? new([], [], [], parts[obstructed].Obstacle, gradient[obstructed].Indices.Take(1).FirstOrDefault(parts[obstructed].Obstacle!.Free.Contains))
                : new(
                    [.. gradient.Zip(parts, (g, p) => g with { Value = StructureStage.Cheapest(p.Positive) })],
                    [.. gradient.Zip(parts, (g, p) => g with { Value = StructureStage.Cheapest(p.Negative) })],
                    parts.Aggregate(ImmutableSortedSet.Create<string>(StringComparer.Ordinal), (names, p) => names.Union(p.NonNegative)),
                    null);
        }
        catch (LossException)
        {
            return new([], [], [], null);
        }
    }

    private static List<SignedParts> Parts(IReadOnlyList<FactorGradient> gradient, Signs signs)
    {
        using var budget = SymbolicBudget.Open(SymbolicBudget.MostSpareTerms);
        return [.. gradient.Select(g => signs.Split(g.Value))];
    }

    public bool Splits => Positive.Count > 0;
}

/// <summary>An expression as a difference of two that are non-negative, or the part that stands in the way.</summary>
/// <param name="Positive">What is added.</param>
/// <param name="Negative">What is subtracted.</param>
/// <param name="NonNegative">The data and hyperparameters that must not be negative for it.</param>
/// <param name="Obstacle">The part whose sign is not known.</param>
internal sealed record SignedParts(Expression Positive, Expression Negative, ImmutableSortedSet<string> NonNegative, Expression? Obstacle = null)
{
    public bool IsPositive => Obstacle is null && Negative is Constant { Value: 0 };

    public bool IsNegative => Obstacle is null && Positive is Constant { Value: 0 };

    /// <summary>Both parts times something that is not negative.</summary>
    public SignedParts Times(Expression scale) => this with { Positive = Build.Multiply(scale, Positive), Negative = Build.Multiply(scale, Negative) };
}

/// <summary>
/// The signs of expressions over non-negative leaves. What has one sign stays whole; a sum of both, such as a residual, is taken apart
/// in place, so that no product of sums is written out: what is split is a small multiple of what was there.
/// </summary>
internal sealed class Signs(IEnumerable<FunctionModel> functions)
{
    private static readonly ImmutableSortedSet<string> None = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);
    private readonly Dictionary<Expression, SignedParts> _known = [];
    private readonly ValueRanges _ofData = new(functions, _ => ValueRange.NonNegative);

    public SignedParts Split(Expression expression)
    {
        if (!_known.TryGetValue(expression, out var parts))
        {
            _known[expression] = parts = SplitNode(expression);
        }

        return parts;
    }

    private SignedParts SplitNode(Expression expression) => expression switch
    {
        Constant { Value: < 0 } negative => new(Build.Zero, Build.Negate(negative), None),
        Constant => Positive(expression),
        Leaf leaf => OfLeaf(leaf),
        Addition addition => OfSum(addition),
        Product product => OfProduct(product),
        Power power => OfPower(power),
        Apply { Function.IsSelection: true } selection => OfSelection(selection),
        Apply apply => OfFunction(apply),
        Extreme { Kind: ExtremeKind.ArgMax or ExtremeKind.ArgMin } place => Positive(place),
        Extreme extreme => Whole(extreme, Split(extreme.Body)),
        _ => Unknown(expression),
    };

    private static SignedParts Positive(Expression expression) => new(expression, Build.Zero, None);

    private static SignedParts Unknown(Expression expression) => new(Build.Zero, Build.Zero, None, expression);

    /// <summary>An expression that has the sign of another one, if that has one sign.</summary>
    private static SignedParts Whole(Expression expression, SignedParts like) =>
        like.Obstacle is not null ? like
        : like.IsPositive ? like with { Positive = expression }
        : like.IsNegative ? like with { Negative = Build.Negate(expression) }
        : Unknown(expression);

    private SignedParts OfLeaf(Leaf leaf) => leaf.Tensor switch
    {
        { IsIndicator: true } or { IsIdentity: true } or { IsOneHot: true } or { Role: TensorRole.Factor or TensorRole.Frozen or TensorRole.Size } => Positive(leaf),
        { Source: { } source } => Whole(leaf, OfLeaf(new Leaf(source, leaf.Indices))),
        { Initializer: { } derived } => _ofData.IsNonNegative(derived, Bindings.None, ValueRanges.NothingKnown)
            ? Positive(leaf) with { NonNegative = None.Union(derived.SelfAndDescendants().OfType<ParameterNode>().Select(p => p.Name)) }
            : Unknown(leaf),
        var tensor => Positive(leaf) with { NonNegative = None.Add(tensor.Name) },
    };

    private SignedParts OfSum(Addition addition)
    {
        var parts = addition.Operands.Select(Split).ToList();
        return Together(parts, () => (Build.Add(parts.Select(p => p.Positive)), Build.Add(parts.Select(p => p.Negative))));
    }

    /// <summary>(p₁ − n₁)(p₂ − n₂) is (p₁p₂ + n₁n₂) − (p₁n₂ + n₁p₂).</summary>
    private SignedParts OfProduct(Product product)
    {
        var parts = product.Operands.Select(Split).ToList();
        return Together(parts, () =>
        {
            var scale = parts.Where(p => p.IsPositive || p.IsNegative).Select(p => p.IsPositive ? p.Positive : p.Negative).Prepend(Build.Number(Math.Abs(product.Coefficient))).ToList();
            var isNegated = product.Coefficient < 0 ^ parts.Count(p => p.IsNegative && !p.IsPositive) % 2 == 1;
            var (plus, minus) = parts.Where(p => !p.IsPositive && !p.IsNegative).Aggregate(
                (Plus: Build.One, Minus: Build.Zero),
                (product, p) => (
                    Build.Add(Build.Multiply(product.Plus, p.Positive), Build.Multiply(product.Minus, p.Negative)),
                    Build.Add(Build.Multiply(product.Plus, p.Negative), Build.Multiply(product.Minus, p.Positive))));
            var (positive, negative) = (Build.Contract([.. scale, plus], product.Summed), Build.Contract([.. scale, minus], product.Summed));
            return isNegated ? (negative, positive) : (positive, negative);
        });
    }

    /// <summary>Even powers are never negative, and an odd one is an even one times its base.</summary>
    private SignedParts OfPower(Power power)
    {
        if (power.Exponent % 2 == 0)
        {
            return Positive(power);
        }

        var @base = Split(power.Base);
        return IsMixed(@base) ? @base.Times(Build.Power(power.Base, power.Exponent - 1)) : Whole(power, @base);
    }

    private SignedParts OfSelection(Apply selection)
    {
        var (yes, no) = (Split(selection.Operands[2]), Split(selection.Operands[3]));
        Expression Select(Expression ofYes, Expression ofNo) => Build.Apply(selection.Function, [selection.Operands[0], selection.Operands[1], ofYes, ofNo]);
        return Together([yes, no], () => (Select(yes.Positive, no.Positive), Select(yes.Negative, no.Negative)));
    }

    private SignedParts OfFunction(Apply apply)
    {
        var outcomes = apply.Function.Signs.Select(rule => OfRule(apply, rule)).ToList();
        return outcomes.FirstOrDefault(o => o.Obstacle is null) ?? outcomes.FirstOrDefault() ?? Unknown(apply);
    }

    private SignedParts OfRule(Apply apply, SignRule rule)
    {
        var given = rule.Given.Select(c => (Parts: Split(apply.Operands[c.Parameter]), c.IsNegative)).ToList();
        if (given.FirstOrDefault(g => !(g.IsNegative ? g.Parts.IsNegative : g.Parts.IsPositive)) is { Parts: { } missing })
        {
            return Unknown(missing.Obstacle ?? apply);
        }

        var sign = rule.Parameter is not { } parameter ? Whole(apply, rule.IsNegative ? new(Build.Zero, Build.One, None) : Positive(Build.One))
            : Split(apply.Operands[parameter]) is var argument && IsMixed(argument) ? argument.Times(OverArgument(apply, apply.Operands[parameter]))
            : Whole(apply, argument);
        return sign with { NonNegative = given.Aggregate(sign.NonNegative, (names, g) => names.Union(g.Parts.NonNegative)) };
    }

    /// <summary>f(x) / x, which is not negative where f has the sign of x: f(p − n) is (p − n) f(x) / x.</summary>
    private static Expression OverArgument(Apply apply, Expression argument) =>
        Build.Multiply(apply, Build.Apply(ElementwiseFunction.ReciprocalOrZero, [argument]));

    private static bool IsMixed(SignedParts parts) => parts.Obstacle is null && !parts.IsPositive && !parts.IsNegative;

    private static SignedParts Together(IReadOnlyList<SignedParts> parts, Func<(Expression Positive, Expression Negative)> combine)
    {
        if (parts.FirstOrDefault(p => p.Obstacle is not null) is { } obstructed)
        {
            return obstructed;
        }

        var (positive, negative) = combine();
        return new(positive, negative, parts.Aggregate(None, (names, p) => names.Union(p.NonNegative)));
    }
}
