using AutoGradMf.Generators.Symbolics.Expressions;
using Index = AutoGradMf.Generators.Symbolics.Expressions.Index;

namespace AutoGradMf.Generators.Symbolics.Structure;

/// <summary>
/// Functions of scores at one item that an index chooses for each sample: Σ_v δ(j_s, v) f(u_i · v) is f(u_i · v_j), of chosen rows on both sides.
/// </summary>
internal static class ChosenRows
{
    /// <summary>The same value, with the rows that are chosen in place of sums of which they are all that is left.</summary>
    public static Expression Taken(Expression expression) => SampleIndex.RewriteSums(expression, Taken);

    private static Expression Taken(Product sum)
    {
        foreach (var index in sum.Operands.OfType<Leaf>().Where(l => SampleIndex.Is(l) && sum.Summed.Contains(l.Indices[1])))
        {
            var (sample, row) = (index.Indices[0], index.Indices[1]);
            var of = sum.Operands.ToLookup(o => !ReferenceEquals(o, index) && o.Free.Contains(row));
            if (of[true].Any(o => IsFunctionOfChosen(o, sample)) && of[true].All(o => HasRows(o, row)))
            {
                return Build.Contract(of[false].Where(o => !ReferenceEquals(o, index)).Concat(of[true].Select(o => At(o, index))), sum.Summed.Remove(row));
            }
        }

        return sum;
    }

    /// <summary>Whether it is more than a product of the sample's own rows, of which one is chosen.</summary>
    private static bool IsFunctionOfChosen(Expression operand, Index sample) => operand is not Product { Summed.Count: > 0 }
        && operand.SelfAndDescendants().Any(e => e is Leaf leaf && SampleIndex.Is(leaf) && leaf.Indices[0] == sample);

    private static bool HasRows(Expression operand, Index row) => operand.SelfAndDescendants().OfType<Leaf>()
        .Where(l => l.Indices.Contains(row))
        .All(l => l.Tensor is { Pattern: null, IsIdentity: false } && l.Indices.Count(i => !i.Dimension.IsLatent) == 1);

    /// <summary>The operand at the row that the index chooses.</summary>
    private static Expression At(Expression operand, Leaf index)
    {
        var row = index.Indices[1];
        return operand.Replace(e => e is Leaf leaf && leaf.Indices.Contains(row) && new Index(row.Dimension) is var chosen
            ? Build.Contract([index.Rename(row, chosen), leaf.Rename(row, chosen)], [chosen])
            : null);
    }
}
