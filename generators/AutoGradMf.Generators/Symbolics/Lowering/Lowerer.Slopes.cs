using AutoGradMf.Generators.Symbolics.Analysis;
using AutoGradMf.Generators.Symbolics.Differentiation;
using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Structure;

namespace AutoGradMf.Generators.Symbolics.Lowering;

/// <summary>
/// The right sides of Newton steps. A sum of rows over samples, of which the systems gather the outer products, is added up where they are gathered. Where the loss is
/// quadratic in the factor, the gradient is that of zero, which needs no predictions, and the solution the minimum itself.
/// </summary>
internal sealed partial class Lowerer
{
    private static RightSide RightSideOf(FactorGradient gradient, IReadOnlyList<BlockTerm> terms)
    {
        var isQuadratic = new Degree(gradient.Factor, isStoppedToo: true).Of(gradient.Value) <= 1;
        var right = Split(isQuadratic ? gradient with { Value = AtZero(gradient) } : gradient, [.. terms.OfType<BlockTerm.Sampled>().Where(IsPlain)]);
        return right.Slopes.Count == 0 ? RightSide.Of(gradient) : right with { IsAtZero = isQuadratic };
    }

    private static Expression AtZero(FactorGradient gradient) => CommonFactors.Collect(gradient.Value.Replace(e =>
        e is Leaf { Tensor.Role: TensorRole.Factor } leaf && leaf.Tensor.Name == gradient.Factor.Name ? Build.Zero : null));

    /// <summary>Whether its rows are gathered as they are, and not made of those that samples choose.</summary>
    private static bool IsPlain(BlockTerm.Sampled term) => !IsIndex(term.Support, term.Other) || !HasGather(term.Rows, term.Other);

    private static RightSide Split(FactorGradient gradient, List<BlockTerm.Sampled> terms)
    {
        var (rest, slopes) = (new List<Expression>(), new Dictionary<BlockTerm.Sampled, PairSum>());
        foreach (var part in Parts(gradient.Value))
        {
            if (PairSum.Of(part) is { Support: not null } sum && terms.Find(t => SumsRowsOf(sum, t)) is { } term)
            {
                slopes[term] = slopes.TryGetValue(term, out var earlier) ? earlier.And(WithIndexOf(sum, earlier)) : sum;
            }
            else
            {
                rest.Add(part);
            }
        }

        return new(gradient with { Value = Build.Add(rest) }, slopes, false);
    }

    /// <summary>The terms of a sum, also where a number is multiplied with all of it.</summary>
    private static IEnumerable<Expression> Parts(Expression value) => value switch
    {
        Addition sum => sum.Operands.SelectMany(Parts),
        Product { Summed.Count: 0 } product when product.Operands.OfType<Addition>().Where(a => a.Free.Count > 0).ToList() is [var sum]
            && product.Operands.All(o => o == sum || o.Free.Count == 0) =>
            Parts(sum).Select(part => Build.Multiply([Build.Number(product.Coefficient), .. product.Operands.Select(o => o == sum ? part : o)])),
        _ => [value],
    };

    /// <summary>Whether a sum is over the entries and the rows of a term.</summary>
    private static bool SumsRowsOf(PairSum sum, BlockTerm.Sampled term)
    {
        if (sum.Summed.Count != 1 || !sum.Support!.Patterns.SetEquals(term.Support.Patterns)
            || !(term.Support.Row == term.Row ? sum.Support.Row == term.Row : sum.Support.Column == term.Row))
        {
            return false;
        }

        var rows = sum.Rest.Rename(sum.Summed.First(), term.Other);
        return (FeatureOf(rows, term.Other), FeatureOf(term.Rows, term.Other)) is ({ } from, { } to) && rows.Rename(from, to).Equals(term.Rows);
    }

    private static Expressions.Index? FeatureOf(Expression rows, Expressions.Index row) => rows.Free.Where(i => i != row).ToList() is [var feature] ? feature : null;

    /// <summary>The same sum with the summed index of another one.</summary>
    private static PairSum WithIndexOf(PairSum sum, PairSum other)
    {
        var (from, to) = (sum.Summed.First(), other.Summed.First());
        return sum with { Pointwise = sum.Pointwise.Rename(from, to), Rest = sum.Rest.Rename(from, to), Summed = other.Summed, Support = other.Support };
    }

    /// <summary>Lowers the numbers that a term's rows are summed with.</summary>
    private SystemsTerm WithSlopes(SystemsTerm lowered, BlockTerm term, RightSide right) => term is BlockTerm.Sampled sampled && right.Slopes.TryGetValue(sampled, out var sum)
        ? lowered with { Slopes = EntryWeights(sum.Pointwise, sum.Support!), SlopeScale = LowerScalar(sum.Scale) }
        : lowered;

    /// <param name="Gradient">Without what slopes add.</param>
    /// <param name="Slopes">What is added where rows are gathered.</param>
    /// <param name="IsAtZero">Whether it is the gradient where the factor is zero.</param>
    private sealed record RightSide(FactorGradient Gradient, IReadOnlyDictionary<BlockTerm.Sampled, PairSum> Slopes, bool IsAtZero)
    {
        /// <summary>A gradient as it is.</summary>
        public static RightSide Of(FactorGradient gradient) => new(gradient, new Dictionary<BlockTerm.Sampled, PairSum>(), false);
    }
}
