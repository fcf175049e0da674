using AutoGradMf.Generators.Symbolics.Expressions;

namespace AutoGradMf.Symbolics.Tests.Interpretation;

/// <summary>An expression without indices: arithmetic, and elementwise functions.</summary>
internal static class PointwiseFunction
{
    public static double Evaluate(Expression expression, Func<Tensor, double> leaf)
    {
        double Of(Expression e) => Evaluate(e, leaf);
        return expression switch
        {
            Constant constant => constant.Value,
            Leaf { Indices.Count: 0 } l => leaf(l.Tensor),
            Addition addition => addition.Operands.Sum(Of),
            Product { Summed.Count: 0 } product => product.Operands.Aggregate(product.Coefficient, (a, b) => a * Of(b)),
            Power power => Math.Pow(Of(power.Base), power.Exponent),
            Apply { Function: var function } selection when function.Name == ElementwiseFunction.IfLess.Name =>
                Of(selection.Operands[Of(selection.Operands[0]) < Of(selection.Operands[1]) ? 2 : 3]),
            Apply { Function: var reciprocal } apply when ReferenceEquals(reciprocal, ElementwiseFunction.ReciprocalOrZero) =>
                Of(apply.Operands[0]) is not 0 and var divisor ? 1 / divisor : 0,
            Apply { Operands.Length: > 1 } several => TestFunction.Apply(several.Function.Name, [.. several.Operands.Select(o => Number.Of(Of(o)))]).Value,
            Apply apply => TestFunction.All[apply.Function.Name].Value(Of(apply.Operands[0])),
            _ => throw new InvalidPlanException($"{expression} stands where numbers are"),
        };
    }
}
