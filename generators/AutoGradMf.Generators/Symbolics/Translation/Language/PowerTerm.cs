using AutoGradMf.Generators.Symbolics.Expressions;

namespace AutoGradMf.Generators.Symbolics.Translation.Language;

/// <summary>A term of a sum that is a power times what does not depend on the factors.</summary>
/// <param name="Term">The term.</param>
/// <param name="Weight">What the power is multiplied by.</param>
/// <param name="Power">The power.</param>
/// <param name="Radix">What is raised, or that of which the size is.</param>
/// <param name="IsOfSize">Whether it is the size that is raised: |x|ᵖ.</param>
/// <param name="Exponent">The exponent; 1 of what is no power.</param>
internal sealed record PowerTerm(Expression Term, Expression Weight, Expression Power, Expression Radix, bool IsOfSize, double Exponent)
{
    /// <summary>The term; null if more than one of what it multiplies depends on the factors.</summary>
    public static PowerTerm? Of(Expression term)
    {
        var (coefficient, product) = Build.SplitCoefficient(term);
        var factors = (product is Product { Summed.Count: 0 } p ? p.Operands : [product]).ToLookup(Substitution.DependsOnFactors);
        if (factors[true].ToList() is not [var power])
        {
            return null;
        }

        var (raised, exponent) = power switch
        {
            Power { Base: var radix, Exponent: var integer } => (radix, integer),
            Apply { Function: { Name: "Pow", DeclaringType: ElementwiseFunction.Library }, Operands: [var radix, Constant { Value: var real }] } => (radix, real),
            _ => (power, 1),
        };
        var weight = Build.Multiply(factors[false].Prepend(Build.Number(coefficient)));
        return raised is Apply { Function: { Name: "Abs", DeclaringType: ElementwiseFunction.Library }, Operands: [var x] }
            ? new(term, weight, power, x, true, exponent)
            : new(term, weight, power, raised, false, exponent);
    }
}
