using AutoGradMf.Generators.Symbolics.Expressions;
using Index = AutoGradMf.Generators.Symbolics.Expressions.Index;

namespace AutoGradMf.Generators.Symbolics.Structure;

/// <summary>
/// Sums over samples of what they choose by one index alone, as sums over the rows, each as often as it is chosen: Σ_s ‖u_(i_s)‖² is Σ_i c_i ‖u_i‖².
/// Of polynomials: what is infinite at a row that no sample chooses would make 0 · ∞.
/// </summary>
internal static class CountedRows
{
    /// <summary>The same value, with such sums over rows.</summary>
    public static Expression Taken(Expression expression) => SampleIndex.RewriteSums(expression, Taken);

    private static Expression Taken(Product sum)
    {
        var samples = sum.SelfAndDescendants().OfType<Leaf>().Where(SampleIndex.Is).Select(l => l.Indices[0]).Where(sum.Summed.Contains).Distinct().ToList();
        if (samples is not [var sample])
        {
            return sum;
        }

        var counted = Terms(Build.Multiply(sum.Operands), sample).Select(term => (Term: term, OverRows: OverRows(term, sum.Summed, sample))).ToLookup(c => c.OverRows is not null);
        return !counted[true].Any() ? sum : Build.Scaled(sum.Coefficient, Build.Add(
            [.. counted[true].Select(c => c.OverRows!), Build.Contract([Build.Add(counted[false].Select(c => c.Term))], sum.Summed)]));
    }

    /// <summary>The terms of a sum that differs from sample to sample, and of such sums in it that other factors are multiplied with.</summary>
    private static IEnumerable<Expression> Terms(Expression expression, Index sample) => expression switch
    {
        Addition sum => sum.Operands.SelectMany(term => Terms(term, sample)),
        Product { Summed.Count: 0 } product when Array.Find(product.Operands, o => o is Addition && o.Free.Contains(sample)) is Addition sum => sum.Operands.SelectMany(term =>
            Terms(Build.Multiply([Build.Number(product.Coefficient), .. product.Operands.Select(o => ReferenceEquals(o, sum) ? term : o)]), sample)),
        _ => [expression],
    };

    /// <summary>The sum of a term over the rows that are chosen in it; null if several indices choose them, or it differs from sample to sample by more than numbers.</summary>
    private static Expression? OverRows(Expression term, IndexSet summed, Index sample)
    {
        var factors = (term is Product { Summed.Count: 0 } product ? product.Operands.Prepend(Build.Number(product.Coefficient)) : [term]).ToLookup(f => f.DependsOnFactors() || f.Has(TensorRole.Frozen));
        var chosen = factors[true].SelectMany(f => f.SelfAndDescendants()).OfType<Leaf>().FirstOrDefault(l => SampleIndex.Is(l) && l.Indices[0] == sample);
        if (chosen is null || !factors[true].All(StructuralZeros.IsFinite))
        {
            return null;
        }

        var row = new Index(chosen.Indices[1].Dimension);
        var weights = factors[false].ToLookup(f => f.Free.Contains(sample));
        var rows = factors[true].Select(f => f.Replace(e => e is Product { Summed.Count: > 0 } gather ? Row(gather, chosen, row) : null)).ToList();
        return rows.Exists(r => r.Free.Contains(sample)) || weights[true].Any(w => w.Free.Count > 1)
            ? null
            : Build.Contract([.. weights[false], Build.Contract([.. weights[true], chosen.Rename(chosen.Indices[1], row)], [sample]), .. rows], summed.Remove(sample).Add(row));
    }

    /// <summary>What a gather is at a row that its index may choose; null if it is none by that index.</summary>
    private static Expression? Row(Product gather, Leaf index, Index row) =>
        Array.Find(gather.Operands, o => o is Leaf leaf && leaf.Tensor.Equals(index.Tensor) && leaf.Indices[0] == index.Indices[0] && gather.Summed.Contains(leaf.Indices[1])) is Leaf chosen
            ? Build.Scaled(gather.Coefficient, Build.Contract(
                gather.Operands.Where(o => !ReferenceEquals(o, chosen)).Select(o => o.Rename(chosen.Indices[1], row)), gather.Summed.Remove(chosen.Indices[1])))
            : null;
}
