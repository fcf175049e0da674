using AutoGradMf.Generators.Symbolics.Analysis.Reals;
using AutoGradMf.Generators.Symbolics.Differentiation;
using AutoGradMf.Generators.Symbolics.Expressions;

namespace AutoGradMf.Generators.Symbolics.Analysis;

/// <summary>Whether a gradient jumps as its factor changes: then no bound of its derivative bounds how fast it does.</summary>
internal sealed class Continuity
{
    private readonly SizeBounds _sizes;
    private readonly Degree _degree;

    private Continuity(FactorGradient gradient, SizeBounds sizes) => (_sizes, _degree) = (sizes, new(gradient.Factor, isStoppedToo: true));

    /// <summary>
    /// A function that is constant piece by piece, where it makes the gradient jump, or null; and under what conditions none does.
    /// </summary>
    public static (Expression? Jump, IReadOnlyList<Condition> Conditions) Of(FactorGradient gradient, SizeBounds sizes)
    {
        var continuity = new Continuity(gradient, sizes);
        return gradient.Value.SelfAndDescendants().FirstOrDefault(continuity.IsFlat) is not { } jump ? (null, [])
            : continuity.Of(Curvature.OthersHeld(gradient)) is { } conditions && conditions.All(c => c.Parameter.Free.Count == 0) ? (null, conditions)
            : (jump, []);
    }

    private bool IsFlat(Expression e) =>
        e is Apply apply && apply.Operands.Where((o, p) => _degree.Of(o) > 0 && ReverseMode.Partial(apply, p) is Constant { Value: 0 }).Any();

    private bool MayJump(Expression e) => e.SelfAndDescendants().Any(IsFlat);

    /// <summary>
    /// What must hold for an expression to be continuous; null if it is not known to be. Sums and products of what is are, too.
    /// </summary>
    private IReadOnlyList<Condition>? Of(Expression expression) => expression switch
    {
        _ when !MayJump(expression) => [],
        Addition sum => OfSum(sum),
        Product product => OfProduct(product.Operands),
        _ => AsOne(expression) ?? (expression is Apply selection && HasBranches(selection) ? OfBranches(selection, []) : null),
    };

    /// <summary>As a function of one number; null also where that number jumps itself.</summary>
    private IReadOnlyList<Condition>? AsOne(Expression expression) =>
        expression.SelfAndDescendants().Any(IsJumpingNumber) ? null : _sizes.ContinuousWhere(expression);

    private bool IsJumpingNumber(Expression e) =>
        e is Extreme { Kind: ExtremeKind.ArgMax or ExtremeKind.ArgMin } || (e.Operands.Length > 0 && !LinearForm.IsOperation(e) && MayJump(e));

    private IReadOnlyList<Condition>? OfSum(Addition sum)
    {
        if (AsOne(sum) is { } conditions)
        {
            return conditions;
        }

        var like = LikeTerms.Of(sum, o => !o.DependsOnFactors());
        var isApart = like.Count < sum.Operands.Length && like.Exists(l => l.Operands.Count > 1);
        return All(isApart ? like.Select(l => OfProduct(l.Operands)) : sum.Operands.Select(Of));
    }

    /// <summary>A product: as a whole, or what a selection in it makes of it, or each factor.</summary>
    private IReadOnlyList<Condition>? OfProduct(IReadOnlyList<Expression> operands)
    {
        var changing = operands.Where(Substitution.DependsOnFactors).ToList();
        if (operands.Any(o => !o.DependsOnFactors() && MayJump(o)))
        {
            return null;
        }

        return AsOne(Build.Multiply(changing))
            ?? (changing.OfType<Apply>().FirstOrDefault(HasBranches) is { } selection
                ? OfBranches(selection, changing.Where(o => !ReferenceEquals(o, selection)))
                : All(changing.Select(Of)));
    }

    private static bool HasBranches(Apply apply) =>
        apply is { Function.IsSelection: true, Operands: [_, _, not Constant { Value: 0 }, not Constant { Value: 0 }] };

    /// <summary>Either branch alone, and nothing in place of the other, times what the selection is multiplied with.</summary>
    private IReadOnlyList<Condition>? OfBranches(Apply selection, IEnumerable<Expression> factors)
    {
        Expression Alone(Expression yes, Expression no) =>
            Build.Multiply([Build.Apply(selection.Function, [selection.Operands[0], selection.Operands[1], yes, no]), .. factors]);
        return All([Of(Alone(selection.Operands[2], Build.Zero)), Of(Alone(Build.Zero, selection.Operands[3]))]);
    }

    private static IReadOnlyList<Condition>? All(IEnumerable<IReadOnlyList<Condition>?> conditions)
    {
        var all = conditions.ToList();
        return all.Contains(null) ? null : [.. all.SelectMany(c => c!).Distinct()];
    }
}
