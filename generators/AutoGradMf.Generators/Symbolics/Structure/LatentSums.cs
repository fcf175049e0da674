using AutoGradMf.Generators.Symbolics.Expressions;
using Index = AutoGradMf.Generators.Symbolics.Expressions.Index;

namespace AutoGradMf.Generators.Symbolics.Structure;

/// <summary>
/// Brackets a second derivative by the two columns that it is over: Σ_jpq w_ij S_kp V_jp V_jq S_lq, however it was bracketed, is the sum over j of
/// w_ij (Σ_p S_kp V_jp) (Σ_q S_lq V_jq).
/// </summary>
internal static class LatentSums
{
    /// <summary>The operands of a sum, with sums over features inside those that have one of the columns, or none.</summary>
    /// <param name="operands">Of the sum.</param>
    /// <param name="summed">What it runs over.</param>
    /// <param name="column">One column.</param>
    /// <param name="other">The other.</param>
    /// <param name="opens">Which sums among the operands are taken apart.</param>
    public static (IReadOnlyList<Expression> Operands, IndexSet Summed) Inward(
        IEnumerable<Expression> operands, IndexSet summed, Index column, Index other, Func<Product, bool> opens)
    {
        var left = Opened(operands, ref summed, opens);
        var inward = new List<Expression>();
        while (left.Count > 0)
        {
            var (part, over) = Component(left, summed);
            var hasBoth = part.Any(o => o.Free.Contains(column)) && part.Any(o => o.Free.Contains(other));
            inward.AddRange(!hasBoth && over.Count > 0 ? [Build.Contract(part, over)] : part);
            summed = hasBoth ? summed : summed.Except(over);
        }

        return (inward, summed);
    }

    private static List<Expression> Opened(IEnumerable<Expression> operands, ref IndexSet summed, Func<Product, bool> opens)
    {
        var opened = new List<Expression>();
        foreach (var operand in operands)
        {
            if (operand is Product { Summed.Count: > 0 } product && !IsGather(product) && opens(product))
            {
                var fresh = product.WithFreshSummed();
                summed = summed.Union(fresh.Summed);
                opened.AddRange(Opened(fresh.Operands, ref summed, opens));
            }
            else
            {
                opened.Add(operand);
            }
        }

        return opened;
    }

    /// <summary>Whether it is a row chosen by an index vector, and no sum but in name.</summary>
    private static bool IsGather(Product product) => product.Operands.Any(o => o is Leaf { Tensor.IsOneHot: true });

    /// <summary>Takes the first operand, and what sums over features tie to it.</summary>
    private static (List<Expression> Part, IndexSet Over) Component(List<Expression> operands, IndexSet summed)
    {
        IndexSet latent = [.. summed.Where(i => i.Dimension.IsLatent)];
        var part = new List<Expression> { operands[0] };
        var over = operands[0].Free.Intersect(latent);
        operands.RemoveAt(0);
        for (int next; (next = operands.FindIndex(o => o.Free.Overlaps(over))) >= 0; operands.RemoveAt(next))
        {
            over = over.Union(operands[next].Free.Intersect(latent));
            part.Add(operands[next]);
        }

        return (part, over);
    }
}
