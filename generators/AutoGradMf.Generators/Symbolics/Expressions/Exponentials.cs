namespace AutoGradMf.Generators.Symbolics.Expressions;

/// <summary>
/// Exponentials in products: e^a e^b is e^(a + b), so that none overflows where another one underflows and 0 · ∞ is NaN. Exponentials in different
/// indices stay apart, since sums of them are taken apart, too.
/// </summary>
internal static class Exponentials
{
    /// <summary>
    /// Of a longer sum, an exponential stays a factor. Each function of a chain multiplies the derivative by another one, which would be written into every
    /// term of all that is outside of it.
    /// </summary>
    private const int LongestTakenApart = 128;

    /// <summary>The operands of a product with those exponentials in one that may meet as 0 · ∞; null if none may.</summary>
    public static IEnumerable<Expression>? Merged(List<Expression> operands)
    {
        return operands.Count < 2 || !operands.Exists(o => FunctionOf(o) is not null) ? null : MergedAny(operands);
    }

    private static IEnumerable<Expression>? MergedAny(List<Expression> operands)
    {
        var exponentials = operands.FindAll(o => FunctionOf(o) is not null);
        var widest = exponentials[0];
        foreach (var exponential in exponentials)
        {
            widest = exponential.Free.Count > widest.Free.Count ? exponential : widest;
        }

        var met = exponentials.FindAll(o => o.Free.IsSubsetOf(widest.Free));
        if (!AnyOppose(met))
        {
            return operands.Exists(o => o is Addition) ? Distributed(operands, met) : null;
        }

        var forms = met.ConvertAll(Form);
        return [.. operands.Except(met), .. forms.Select(f => f.Factor), FunctionOf(widest)!.Exponential(Build.Add(forms.Select(f => f.Exponent)))];
    }

    private static bool AnyOppose(List<Expression> met)
    {
        for (var place = 1; place < met.Count; place++)
        {
            for (var earlier = 0; earlier < place; earlier++)
            {
                if (Oppose(met[place], met[earlier]))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>The function that a value, or what it is a power of, is an exponential by; else null.</summary>
    public static ExponentialFunction? FunctionOf(Expression expression) => expression switch
    {
        Apply apply => apply.Function.Exponential,
        Power { Base: Apply apply } => apply.Function.Exponential,
        _ => null,
    };

    /// <summary>Whether a value can overflow as an exponential does.</summary>
    public static bool Grows(Expression expression) => FunctionOf(expression) is { } function && (IsReciprocal(expression) ? function.Vanishes : function.Grows);

    /// <summary>Whether a value can underflow as an exponential does.</summary>
    public static bool Vanishes(Expression expression) => FunctionOf(expression) is { } function && (IsReciprocal(expression) ? function.Grows : function.Vanishes);

    /// <summary>A value that is one as an exponential.</summary>
    public static ExponentialForm Form(Expression expression)
    {
        // All are functions of one argument, but for the power of a number, which has its exponent last.
        var arguments = ((expression as Power)?.Base ?? expression).Operands;
        var form = FunctionOf(expression)!.Form(arguments[arguments.Length - 1]);
        return expression is Power { Exponent: var exponent } ? new(Build.Power(form.Factor, exponent), Build.Scaled(exponent, form.Exponent)) : form;
    }

    /// <summary>
    /// (e^a + e^b) e^c as e^(a + c) + e^(b + c), and (a + b²) e^c as a e^c + b² e^c, where one of the sum may overflow and what it is multiplied with vanish.
    /// </summary>
    private static IEnumerable<Expression>? Distributed(List<Expression> operands, List<Expression> met)
    {
        var vanishes = met.Exists(Vanishes);
        bool IsOpposed(Expression factor) => Grows(factor) ? met.Exists(o => Vanishes(o) && Oppose(o, factor)) : vanishes && factor is Power { Exponent: > 1 } && factor.DependsOnFactors();
        var sum = operands.OfType<Addition>().FirstOrDefault(a => a.Length <= LongestTakenApart && met.TrueForAll(o => o.Free.IsSubsetOf(a.Free)) && a.Operands.Any(t => Factors(t).Any(IsOpposed)));
        return sum is null ? null : [.. operands.Except(met.Append(sum)), Build.Add(sum.Operands.Select(t => Build.Multiply([t, .. met])))];
    }

    /// <summary>Whether one may overflow where the other one underflows. Two of one argument do the same, unless one is a reciprocal.</summary>
    private static bool Oppose(Expression one, Expression other)
    {
        if (!((Grows(one) && Vanishes(other)) || (Vanishes(one) && Grows(other))))
        {
            return false;
        }

        var (coefficient, exponent) = Build.SplitCoefficient(Form(one).Exponent);
        var (otherCoefficient, otherExponent) = Build.SplitCoefficient(Form(other).Exponent);
        return coefficient > 0 != otherCoefficient > 0 || !exponent.Equals(otherExponent);
    }

    private static bool IsReciprocal(Expression expression) => expression is Power { Exponent: < 0 };

    private static Expression[] Factors(Expression term) => term is Product { Summed.Count: 0 } product ? product.Operands : [term];
}
