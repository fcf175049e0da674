using AutoGradMf.Generators.Symbolics.Expressions;

namespace AutoGradMf.Generators.Symbolics.Translation.Language;

/// <summary>A sum of squares of what depends on the factors, each times a weight that does not, and of a rest that does not: Σ wᵢ bᵢ² + rest.</summary>
internal sealed record SumOfSquares(IReadOnlyList<(Expression Weight, Expression Base)> Terms, Expression Rest)
{
    /// <summary>The expression as one; null if it is none. What sparse matrices store is squared as it is.</summary>
    public static SumOfSquares? Of(Expression expression)
    {
        if (expression is not Addition sum || !sum.DependsOnFactors())
        {
            return null;
        }

        var squares = sum.Operands.Where(t => t.DependsOnFactors()).Select(SquareOf).ToList();
        return squares.Exists(s => s is null || s.Value.Base.Support is not null)
            ? null
            : new([.. squares.Select(s => s!.Value)], Build.Add(sum.Operands.Where(t => !t.DependsOnFactors())));
    }

    /// <summary>The root of the squares without the rest: one base, or the length of several; null if a weight has no root that is seen.</summary>
    public Expression? Root(Translator translator)
    {
        var roots = Terms.Select(t => Roots.OfSquare(t.Weight) is { } weight ? Build.Multiply(weight, t.Base) : null).ToList();
        return roots.Contains(null) ? null : Roots.Length(roots!, translator);
    }

    private static (Expression Weight, Expression Base)? SquareOf(Expression term)
    {
        var (coefficient, rest) = Build.SplitCoefficient(term);
        var factors = (rest is Product { Summed.Count: 0 } product ? product.Operands : [rest]).ToLookup(f => f.DependsOnFactors());
        var bases = factors[true].Select(Roots.OfSquare).ToList();
        return bases.Contains(null) ? null : (Build.Multiply(factors[false].Prepend(Build.Number(coefficient))), Build.Multiply(bases.OfType<Expression>()));
    }
}
