using AutoGradMf.Generators.Symbolics.Expressions;

namespace AutoGradMf.Generators.Symbolics.Translation.Language;

/// <summary>
/// Derivatives of functions that are smooth in a norm where it is zero, though the norm has a kink there. A norm n has the slope x / n, and with
/// the slope of such a function as a multiple of n, written out, the norm cancels: the second derivative at zero is right, too.
/// </summary>
internal static class SlopesOfLengths
{
    /// <summary>The derivative in argument number p, which is a norm; null if that is none, or the function is no such.</summary>
    public static Expression? Of(ElementwiseFunction function, int p, Expression[] arguments, Translator translator) =>
        function.DeclaringType != ElementwiseFunction.Library || !IsLength(arguments[p]) ? null
        : (function.Name, p) switch
        {
            ("Hypot", _) or ("SmoothAbs", 0) => OverRoot(function, arguments[p], arguments),
            ("WeightedSmoothAbs", 0) => Build.Multiply(arguments[1], OverRoot(function, arguments[0], arguments)),
            ("Log1pSquare", 0) => OfLogarithm(arguments[0], arguments[1], translator),
            _ => null,
        };

    private static Expression OverRoot(ElementwiseFunction root, Expression x, Expression[] arguments) =>
        Build.Multiply(x, Build.Apply(ElementwiseFunction.ReciprocalOrZero, [Build.Apply(root, arguments)]));

    /// <summary>2 w x / (1 + w x²), by the root of the denominator, which is finite where x is.</summary>
    private static Expression? OfLogarithm(Expression x, Expression weight, Translator translator)
    {
        if (!translator.Has(["WeightedSmoothAbs"]))
        {
            return null;
        }

        var root = Build.Apply(translator.Function("WeightedSmoothAbs"), [x, weight, Build.One]);
        return Build.Multiply(Build.Number(2), weight, x, Build.Power(Build.Apply(ElementwiseFunction.ReciprocalOrZero, [root]), 2));
    }

    /// <summary>Whether it is the norm of an array, a multiple of one, or made of such.</summary>
    public static bool IsLength(Expression expression) => Factors(expression).Any(f =>
        f is Apply root && (ReferenceEquals(root.Function, ElementwiseFunction.Norm) || (root.Function.Name == "Hypot" && root.Operands.Any(IsLength))));

    private static Expression[] Factors(Expression expression) => expression is Product { Summed.Count: 0 } product ? product.Operands : [expression];
}
