namespace AutoGradMf.Generators.Symbolics.Expressions;

/// <summary>Where functions may be infinite, or their derivatives.</summary>
internal static class Poles
{
    /// <summary>Whether a power or a function may be infinite, or a derivative of it, where what it is of is finite.</summary>
    public static bool Has(Expression expression) => expression switch
    {
        Power power => IsReciprocal(power),
        Apply apply => Has(apply.Function, apply.Operands.Length, []),
        _ => false,
    };

    /// <summary>Of an exponential it is one, too, and meets others in a product.</summary>
    private static bool IsReciprocal(Power power) => power.Exponent < 0 && !IsPositive(power.Base) && Exponentials.FunctionOf(power) is null;

    /// <summary>
    /// A function of the library has a pole where a derivative of it has: one whose derivatives lead back to functions without any has none. Of others, as
    /// f' = −f² of 1/x, that is not known.
    /// </summary>
    private static bool Has(ElementwiseFunction function, int arguments, HashSet<Fingerprint> seen)
    {
        if (function.IsSelection || !seen.Add(function.Fingerprint))
        {
            return false;
        }

        if (function.DeclaringType != ElementwiseFunction.Library)
        {
            return true;
        }

        Expression[] any = [.. Enumerable.Range(0, arguments).Select(p => new Leaf(new Tensor($"x{p}", TensorRole.Hyperparameter, default), []))];
        return Enumerable.Range(0, arguments).Any(p => function.Partial(p, any) is not { } partial || partial.SelfAndDescendants().Any(e => e switch
        {
            Power power => IsReciprocal(power),
            Apply apply => Has(apply.Function, apply.Operands.Length, seen),
            _ => false,
        }));
    }

    /// <summary>Whether something in an expression is infinite, or no number, whatever the parameters are: the logarithm of zero, or its reciprocal.</summary>
    public static bool AreIn(Expression expression) => expression.SelfAndDescendants().Any(e =>
        e is Constant { Value: var value } ? double.IsInfinity(value) || double.IsNaN(value)
        : e is Apply { Function: { DeclaringType: ElementwiseFunction.Library, Name: var name }, Operands: [Constant { Value: 0 }, ..] arguments }
            && (name is "Log" or "Log2" or "Log10" || (name == "Pow" && Build.SplitCoefficient(arguments[1]).Coefficient < 0)));

    /// <summary>Whether it is above zero by its form, and stays away from it.</summary>
    public static bool IsPositive(Expression expression) => expression switch
    {
        Constant constant => constant.Value > 0,
        Leaf leaf => leaf.Tensor.Role == TensorRole.Size,
        Addition sum => Array.TrueForAll(sum.Operands, IsNonNegative) && Array.Exists(sum.Operands, IsPositive),
        Product { Summed.Count: 0 } product => product.Coefficient > 0 && Array.TrueForAll(product.Operands, IsPositive),
        Power power => power.Exponent > 0 && IsPositive(power.Base),
        _ => false,
    };

    private static bool IsNonNegative(Expression expression) => expression switch
    {
        Leaf leaf => leaf.Tensor.IsIndicator || leaf.Tensor.IsIdentity || leaf.Tensor.IsOneHot || IsPositive(leaf),
        Addition sum => Array.TrueForAll(sum.Operands, IsNonNegative),
        Product product => product.Coefficient >= 0 && Array.TrueForAll(product.Operands, IsNonNegative),
        Power power => power.Exponent % 2 == 0 || IsNonNegative(power.Base),
        Apply apply => apply.Function.Signs.Any(s => s is { Parameter: null, IsNegative: false, Given.Count: 0 }),
        _ => IsPositive(expression),
    };
}
