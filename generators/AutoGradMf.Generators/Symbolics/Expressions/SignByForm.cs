namespace AutoGradMf.Generators.Symbolics.Expressions;

/// <summary>What the form of an expression says of its sign, whatever the parameters are.</summary>
internal static class SignByForm
{
    /// <summary>Whether it is never below zero: counts, squares, exponentials, and sums and products of such.</summary>
    public static bool IsNeverNegative(Expression expression) => expression switch
    {
        Constant constant => constant.Value >= 0,
        Leaf leaf => leaf.Tensor.IsIndicator || leaf.Tensor.IsIdentity || leaf.Tensor.IsOneHot || leaf.Tensor.Role == TensorRole.Size,
        Power power => power.Exponent % 2 == 0 || IsNeverNegative(power.Base),
        Product { Coefficient: >= 0 } or Addition => Array.TrueForAll(expression.Operands, IsNeverNegative),
        Apply { Function: var function, Operands: var arguments } => function.Signs.Any(sign =>
            !sign.IsNegative
            && sign.Given.All(given => !given.IsNegative && IsNeverNegative(arguments[given.Parameter]))
            && (sign.Parameter is not { } same || IsNeverNegative(arguments[same]))),
        _ => false,
    };

    /// <summary>Whether it is always above zero.</summary>
    public static bool IsPositive(Expression expression) => expression switch
    {
        Constant constant => constant.Value > 0,
        Leaf leaf => leaf.Tensor.Role == TensorRole.Size,
        Addition sum => Array.TrueForAll(sum.Operands, IsNeverNegative) && Array.Exists(sum.Operands, IsPositive),
        Product { Summed.Count: 0 } product => product.Coefficient > 0 && Array.TrueForAll(product.Operands, IsPositive),
        Power power => IsPositive(power.Base),
        _ => false,
    };
}
