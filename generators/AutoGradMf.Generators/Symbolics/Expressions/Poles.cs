namespace AutoGradMf.Generators.Symbolics.Expressions;

/// <summary>Where functions may be infinite, or their derivatives.</summary>
internal static class Poles
{
    /// <summary>Whether a power or a function may be infinite, or a derivative of it, where what it is of is finite.</summary>
    public static bool Has(Expression expression) => expression switch
    {
        Power power => power.Exponent < 0 && !SignByForm.IsPositive(power.Base),
        Apply apply => Has(apply.Function, apply.Operands.Length, []),
        _ => false,
    };

    /// <summary>A function has a pole where a derivative of it has: one whose derivatives lead back to functions without any has none.</summary>
    private static bool Has(ElementwiseFunction function, int arguments, HashSet<Fingerprint> seen)
    {
        if (function.IsSelection || !seen.Add(function.Fingerprint))
        {
            return false;
        }

        Expression[] any = [.. Enumerable.Range(0, arguments).Select(p => new Leaf(new Tensor($"x{p}", TensorRole.Hyperparameter, default), []))];
        return Enumerable.Range(0, arguments).Any(p => function.Partial(p, any) is not { } partial || partial.SelfAndDescendants().Any(e => e switch
        {
            Power power => power.Exponent < 0 && !SignByForm.IsPositive(power.Base),
            Apply apply => Has(apply.Function, apply.Operands.Length, seen),
            _ => false,
        }));
    }

    /// <summary>Whether something in an expression is infinite, or no number, whatever the parameters are: the logarithm of zero, or its reciprocal.</summary>
    public static bool AreIn(Expression expression) => expression.SelfAndDescendants().Any(e =>
        e is Constant { Value: var value } ? double.IsInfinity(value) || double.IsNaN(value)
        : e is Apply { Function: { DeclaringType: ElementwiseFunction.Library, Name: var name }, Operands: [Constant { Value: 0 }, ..] arguments }
            && (name, arguments) is ("Log" or "Log2" or "Log10", _) or ("Pow", [_, Constant { Value: < 0 }]));
}
