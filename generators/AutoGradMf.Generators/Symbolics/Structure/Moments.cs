using AutoGradMf.Generators.Symbolics.Expressions;
using Index = AutoGradMf.Generators.Symbolics.Expressions.Index;

namespace AutoGradMf.Generators.Symbolics.Structure;

/// <summary>
/// Moments of an entity's rows: Σ_i u_ip u_iq is the second, a Gram matrix, and Σ_i u_ip u_iq u_ir the third. Products u_ip u_iq of one row are
/// made when they are needed, for to keep them takes m k² numbers.
/// </summary>
internal static class Moments
{
    /// <summary>The largest that is computed, in k³ numbers.</summary>
    public const int Largest = 3;

    /// <summary>Whether no entity of a product meets more features than that many, nor, if it meets other entities, more than two indices.</summary>
    public static bool AreComputed(IReadOnlyList<Expression> operands) =>
        Met(operands).All(met => met.Count <= (met.TrueForAll(i => i.Dimension.IsLatent) ? Largest : 2));

    /// <summary>Whether some entity of a product meets so many features that third moments of it are computed.</summary>
    public static bool AreThird(IReadOnlyList<Expression> operands) =>
        Met(operands).Any(met => met.Count >= Largest && met.TrueForAll(i => i.Dimension.IsLatent));

    /// <summary>
    /// The operands of a product with third moments, and what it sums over, where each matrix of features has met the rows that it is multiplied
    /// with: U S is m k² operations, and to multiply the moments with S is k⁴, in arrays of any form.
    /// </summary>
    public static (IReadOnlyList<Expression> Operands, IndexSet Summed) Gathered(IReadOnlyList<Expression> operands, IndexSet summed)
    {
        if (!operands.Any(IsMoment) && !AreThird(operands))
        {
            return (operands, summed);
        }

        var left = operands.ToList();
        while (Meeting(left, summed) is var (small, rows, over))
        {
            left.Remove(small);
            left[left.IndexOf(rows)] = Build.Contract([small, rows], over);
            summed = summed.Except(over);
        }

        return (left, summed);
    }

    /// <summary>Products u_ip (Σ_r u_ir t_pqr), which have a row and two features, with their sums opened.</summary>
    public static (IReadOnlyList<Expression> Operands, IndexSet Summed) Opened(IReadOnlyList<Expression> operands, IndexSet summed)
    {
        var opened = new List<Expression>();
        foreach (var operand in operands.SelectMany(o => o is Product { Summed.Count: 0, Coefficient: 1 } product ? product.Operands : [o]))
        {
            if (operand is Product { Summed.Count: > 0 } product && IsOfRowProducts(product.Free))
            {
                var fresh = product.WithFreshSummed();
                opened.AddRange(fresh.Operands);
                summed = summed.Union(fresh.Summed);
            }
            else
            {
                opened.Add(operand);
            }
        }

        return (opened, summed);
    }

    /// <summary>The other indices that each entity of a product meets.</summary>
    private static IEnumerable<List<Index>> Met(IReadOnlyList<Expression> operands) => operands.SelectMany(o => o.Free).Where(i => !i.Dimension.IsLatent).Distinct()
        .Select(entity => operands.Where(o => o.Free.Contains(entity)).SelectMany(o => o.Free).Where(i => i != entity).Distinct().ToList());

    /// <summary>Of several entities the same one for each feature, so that its moments are as symmetric as they were.</summary>
    private static Index EntityOf(Expression rows) => rows.Free.First(i => !i.Dimension.IsLatent);

    private static bool IsMoment(Expression operand) => operand.Free.Count >= Largest && operand.Free.All(i => i.Dimension.IsLatent);

    private static bool IsOfRowProducts(IndexSet free) => free.Count > 2 && free.Count(i => !i.Dimension.IsLatent) == 1;

    /// <summary>Features alone, rows that have one of theirs, and which of them nothing else has; null if there are none that make rows.</summary>
    private static (Expression Small, Expression Rows, IndexSet Over)? Meeting(List<Expression> operands, IndexSet summed)
    {
        foreach (var small in operands.Where(o => o.Free.Count is 1 or 2 && o.Free.All(i => i.Dimension.IsLatent)))
        {
            foreach (var rows in operands.Where(o => o.Free.Count(i => !i.Dimension.IsLatent) == 1 && o.Free.Overlaps(small.Free)).OrderBy(EntityOf))
            {
                var over = small.Free.Intersect(rows.Free).Intersect(summed).Except([.. operands.Where(o => !ReferenceEquals(o, small) && !ReferenceEquals(o, rows)).SelectMany(o => o.Free)]);
                if (small.Free.Union(rows.Free).Except(over).Count <= 2)
                {
                    return (small, rows, over);
                }
            }
        }

        return null;
    }
}
