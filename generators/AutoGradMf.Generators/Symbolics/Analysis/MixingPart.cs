using AutoGradMf.Generators.Symbolics.Differentiation;
using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;

namespace AutoGradMf.Generators.Symbolics.Analysis;

/// <summary>The smallest part of a loss in which rows of a factor mix: each part that is looked at costs a second derivative.</summary>
internal sealed class MixingPart(Tensor factor)
{
    private readonly Degree _degree = new(factor, isStoppedToo: true);

    /// <summary>The part of a loss in which rows mix; null if to find it takes more terms than it is worth.</summary>
    public Expression? In(Expression loss)
    {
        using var budget = SymbolicBudget.Open(SymbolicBudget.MostSpareTerms);
        try
        {
            return Innermost(loss);
        }
        catch (LossException)
        {
            return null;
        }
    }

    private Expression Innermost(Expression part)
    {
        var chain = new List<Expression> { part };
        while (Candidates(chain[^1]) is [var only])
        {
            chain.Add(only);
        }

        var last = LastMixing(chain);
        return last == chain.Count - 1 && Candidates(chain[last]).FirstOrDefault(IsMixing) is { } inner ? Innermost(inner) : chain[last];
    }

    /// <summary>Along a chain of functions, of which the first mixes rows, all mix them down to one: found by halving.</summary>
    private int LastMixing(List<Expression> chain)
    {
        var (first, last) = (0, chain.Count - 1);
        while (first < last)
        {
            var middle = (first + last + 1) / 2;
            (first, last) = IsMixing(chain[middle]) ? (middle, last) : (first, middle - 1);
        }

        return first;
    }

    /// <summary>The operands that are not linear in the factor: in a linear one, nothing meets.</summary>
    private List<Expression> Candidates(Expression part) => [.. part.Operands.Where(o => o.Follows(factor) && _degree.Of(o) > 1)];

    /// <summary>Whether rows of the factor mix in the second derivative of the sum of a part's elements.</summary>
    private bool IsMixing(Expression part) => Curvature.Of(ReverseMode.Gradient(Build.Contract([part], part.Free), [factor])[0]).IsMixing;
}
