using System.Collections.Immutable;
using AutoGradMf.Generators.Symbolics.Expressions;
using Index = AutoGradMf.Generators.Symbolics.Expressions.Index;

namespace AutoGradMf.Generators.Symbolics.Structure;

/// <summary>Writes a product of sums and small powers of sums as a sum of products: the distributive law, term by term.</summary>
internal static class Expansion
{
    private const int LargestPower = 4;
    private const int MostTerms = 512;

    /// <summary>Whether the value has two entity indices or more; what has fewer is thin.</summary>
    public static bool IsWide(Expression expression) => expression.Free.Count(i => !i.Dimension.IsLatent) > 1;

    /// <summary>
    /// The terms of a product, each a list of operands to multiply; null if there would be too many. Sums that are sparse as a
    /// whole, or thin (at most one entity index), are not taken apart.
    /// </summary>
    public static IReadOnlyList<IReadOnlyList<Expression>>? Terms(IEnumerable<Expression> operands)
    {
        IReadOnlyList<IReadOnlyList<Expression>> terms = [[]];
        foreach (var alternatives in operands.SelectMany(Factors))
        {
            var expanded = new List<IReadOnlyList<Expression>>();
            foreach (var alternative in alternatives)
            {
                if ((alternatives.Count == 1 ? [[alternative]] : Terms([alternative])) is not { } inner)
                {
                    return null;
                }

                expanded.AddRange(inner);
            }

            if (terms.Count * expanded.Count > MostTerms)
            {
                return null;
            }

            terms = [.. terms.SelectMany(term => expanded.Select(e => (IReadOnlyList<Expression>)[.. term, .. e]))];
        }

        return terms;
    }

    /// <summary>An operand as factors, each with its alternatives.</summary>
    private static IEnumerable<IReadOnlyList<Expression>> Factors(Expression operand) => operand switch
    {
        _ when operand.Support is not null => [[operand]],
        Addition addition when IsWide(addition) => [Alternatives(addition)],
        Power { Exponent: > 0 and <= LargestPower, Base: Addition sum } power when IsWide(power) =>
            Enumerable.Repeat(Alternatives(sum), power.Exponent),
        Power { Exponent: > 0 and <= LargestPower, Base: Product { Summed.Count: > 0 } } power when IsWide(power) =>
            Enumerable.Repeat((IReadOnlyList<Expression>)[power.Base], power.Exponent),
        Product { Summed.Count: 0 } product => product.Operands.SelectMany(Factors).Prepend([Build.Number(product.Coefficient)]),
        _ => [[operand]],
    };

    /// <summary>The terms of a sum. What data gives each row, or each column, is one of them, with the numbers that are added: (c + a_i) + b_j is two.</summary>
    private static Expression[] Alternatives(Addition sum)
    {
        var given = sum.Operands.Where(IsOfLine).ToLookup(term => term.Free.Count == 0);
        var lines = given[false].GroupBy(term => term.Free.First()).Select(line => line.ToList()).ToList();
        if (lines.Count == 0 || (lines.TrueForAll(line => line.Count == 1) && !given[true].Any()))
        {
            return sum.Operands;
        }

        lines[0].AddRange(given[true]);
        return [.. sum.Operands.Where(term => !IsOfLine(term)), .. lines.Select(line => Build.Add(line))];
    }

    /// <summary>Whether it is a number for each row of an entity, or one number, whatever the factors are.</summary>
    private static bool IsOfLine(Expression term) => !term.DependsOnFactors() && term.Support is null
        && (term.Free.Count == 0 || (term.Free.Count == 1 && !term.Free.First().Dimension.IsLatent));

    /// <summary>The operands of a term with inner sums opened, and the indices that those sum over, renamed apart.</summary>
    public static (IReadOnlyList<Expression> Operands, IndexSet Summed) Flatten(IEnumerable<Expression> term)
    {
        var operands = new List<Expression>();
        var summed = IndexSet.Empty;
        foreach (var operand in term)
        {
            if (operand is Product { Summed.Count: 0 } product)
            {
                var (inner, innerSummed) = Flatten(product.Operands);
                operands.Add(Build.Number(product.Coefficient));
                operands.AddRange(inner);
                summed = summed.Union(innerSummed);
            }
            else if (operand is Product contraction && IsWide(contraction))
            {
                var fresh = contraction.WithFreshSummed();
                var (inner, innerSummed) = Flatten(fresh.Operands);
                operands.AddRange(inner);
                summed = summed.Union(fresh.Summed).Union(innerSummed);
            }
            else
            {
                operands.Add(operand);
            }
        }

        return (operands, summed);
    }
}
