using AutoGradMf.Generators.Symbolics.Expressions;
using Index = AutoGradMf.Generators.Symbolics.Expressions.Index;

namespace AutoGradMf.Generators.Symbolics.Structure;

/// <summary>
/// Functions of a row part and a column part as functions of each: exponentials of a sum, e^(a + b) = e^a e^b, and powers and logarithms of a
/// product, √(a b) = √a √b. Over all pairs, what is of one entity alone is summed apart.
/// </summary>
internal static class SeparableFunctions
{
    /// <summary>The same value with such functions taken apart; the expression itself where it has none.</summary>
    public static Expression Apart(Expression expression) => expression.Replace(e => !Expansion.IsWide(e) ? e : OfSum(e) ?? OfProduct(e));

    /// <summary>
    /// e^(a_i + b_j) as e^(a_i + max b) e^(b_j − max b), of which the first overflows where the largest of its row does, and the second nowhere. The
    /// derivative does not depend on the shift.
    /// </summary>
    private static Expression? OfSum(Expression expression)
    {
        if (Exponentials.FunctionOf(expression) is not { } function || Exponentials.Form(expression) is not { Factor: Constant { Value: 1 }, Exponent: var exponent }
            || Build.SplitCoefficient(exponent) is not (var coefficient, Addition sum)
            || Parts(expression, sum.Operands) is not { } parts)
        {
            return null;
        }

        var sums = parts.ConvertAll(p => (p.Entity, Sum: Build.Add(p.Operands.Select(t => Build.Scaled(coefficient, t)))));
        var shifted = sums.Skip(1).Select(s => (s.Sum, Shift: Largest(s.Sum, s.Entity))).ToList();
        return Build.Multiply(shifted
            .Select(s => Build.Add(s.Sum, Build.Negate(s.Shift)))
            .Prepend(Build.Add(shifted.Select(s => s.Shift).Prepend(sums[0].Sum)))
            .Select(function.Exponential));
    }

    private static Expression Largest(Expression sum, Index entity)
    {
        var over = new Index(entity.Dimension);
        return Build.Extreme(ExtremeKind.Max, sum.Rename(entity, over), over).AsShift();
    }

    /// <summary>(a b)ᵖ as aᵖ bᵖ and log(a b) as log a + log b, where neither is negative by its form: two negative ones have a positive product.</summary>
    private static Expression? OfProduct(Expression expression)
    {
        if (expression is not Apply { Function: { DeclaringType: ElementwiseFunction.Library, Name: var name } function, Operands: [Product { Summed.Count: 0 } product, ..] arguments }
            || arguments.Skip(1).Any(a => a.Free.Count > 0)
            || Parts(product, product.Operands.Prepend(Build.Number(product.Coefficient))) is not { } parts)
        {
            return null;
        }

        var factors = parts.ConvertAll(p => Build.Multiply(p.Operands));
        var applied = factors.ConvertAll(f => Build.Apply(function, [f, .. arguments.Skip(1)]));
        return name switch
        {
            "Abs" or "Sign" or "Cbrt" => Build.Multiply(applied),
            "Sqrt" or "Pow" when factors.TrueForAll(IsNeverNegative) => Build.Multiply(applied),
            "Log" or "Log2" or "Log10" when factors.TrueForAll(IsNeverNegative) => Build.Add(applied),
            _ => null,
        };
    }

    /// <summary>The operands by the entity that they are of, numbers with the first; null if some operand is of two, or of features.</summary>
    private static List<(Index Entity, List<Expression> Operands)>? Parts(Expression whole, IEnumerable<Expression> operands)
    {
        var entities = whole.Free.OrderBy(i => i).ToList();
        var parts = entities.ConvertAll(entity => (entity, operands.Where(o => o.Free.Contains(entity) || (o.Free.Count == 0 && entity == entities[0])).ToList()));
        return operands.All(o => o.Free.Count < 2) && !entities.Exists(i => i.Dimension.IsLatent) ? parts : null;
    }

    /// <summary>Whether a value is not below zero by its form, whatever the parameters are.</summary>
    private static bool IsNeverNegative(Expression expression) => expression switch
    {
        Constant { Value: >= 0 } or Leaf { Tensor: { IsIndicator: true } or { IsIdentity: true } or { IsOneHot: true } or { Role: TensorRole.Size } } => true,
        Power power => power.Exponent % 2 == 0 || IsNeverNegative(power.Base),
        Product { Coefficient: >= 0 } or Addition => Array.TrueForAll(expression.Operands, IsNeverNegative),
        Apply { Function: var function, Operands: var x } => function.Signs.Any(sign =>
            !sign.IsNegative && sign.Given.All(given => !given.IsNegative && IsNeverNegative(x[given.Parameter])) && (sign.Parameter is not { } same || IsNeverNegative(x[same]))),
        _ => false,
    };
}
