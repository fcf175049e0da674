namespace AutoGradMf.Generators.Symbolics.Expressions;

/// <summary>A selection that is zero somewhere, such as if(a, yes, if(b, yes, 0)): its <paramref name="Value"/> where a mask is one, else zero.</summary>
/// <param name="Mask">1 or 0, chosen by the same comparisons.</param>
/// <param name="Value">The same selection without its zeros.</param>
internal sealed record Masked(Expression Mask, Expression Value)
{
    /// <summary>What is zero where some comparison in it says so; null for all else.</summary>
    public static Masked? Of(Expression expression) => expression switch
    {
        Apply { Function.IsSelection: true } selection => selection.Masked,
        Product { Summed.Count: 0, Operands: [Apply { Masked: { } masked }] } scaled => masked with { Value = Build.Scaled(scaled.Coefficient, masked.Value) },
        _ => null,
    };

    /// <summary>Of a selection, from what its branches are.</summary>
    public static Masked? OfBranches(Apply selection)
    {
        var (yes, no) = (Branch(selection.Operands[2]), Branch(selection.Operands[3]));
        var mask = Select(selection, yes.Mask, no.Mask);
        return mask is Constant ? null
            : new(mask, yes.Mask is Constant { Value: 0 } ? no.Value : no.Mask is Constant { Value: 0 } ? yes.Value : Select(selection, yes.Value, no.Value));
    }

    /// <summary>Itself times what has to be finite only where the mask is one.</summary>
    public Expression Take(IEnumerable<Expression> factors) => Where(Mask, Build.Multiply([Value, .. factors]));

    /// <summary>Another factor where the mask is one, else zero: 0 · ∞ is not a number.</summary>
    public Expression Hide(Expression factor) => Of(factor)?.Mask.Equals(Mask) == true ? factor : Where(Mask, factor);

    /// <summary>A value where a mask is one, else zero. It is written once: at the one place of a one, or else chosen by the mask as a number.</summary>
    private static Expression Where(Expression mask, Expression value) => mask switch
    {
        Constant => value,
        Apply { Operands: [_, _, Constant { Value: 0 } zero, var no] } selection => Select(selection, zero, Where(no, value)),
        Apply { Operands: [_, _, var yes, Constant { Value: 0 } zero] } selection => Select(selection, Where(yes, value), zero),
        _ => Build.Apply(ElementwiseFunction.IfLess, [Build.Zero, mask, value, Build.Zero]),
    };

    private static Masked Branch(Expression branch) => Of(branch) ?? new(branch is Constant { Value: 0 } ? branch : Build.One, branch);

    private static Expression Select(Apply selection, Expression yes, Expression no) => Build.Apply(selection.Function, [.. selection.Operands.Take(2), yes, no]);
}
