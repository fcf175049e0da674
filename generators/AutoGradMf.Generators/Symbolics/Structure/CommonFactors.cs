using AutoGradMf.Generators.Symbolics.Expressions;
using Index = AutoGradMf.Generators.Symbolics.Expressions.Index;

namespace AutoGradMf.Generators.Symbolics.Structure;

/// <summary>
/// The distributive law backwards, where it spares a product: U S V'V S' − R V S' is (U S V'V − R V) S', and what is in brackets then serves the
/// derivative in S, too; and U V'V + U W'W is U (V'V + W'W). Of matrices with a row for each entity alone: what small ones spare is not worth the words.
/// And of data, R'A − R'B as R'(A − B), where nothing else needs one of the two.
/// </summary>
internal static class CommonFactors
{
    /// <summary>The same value, with products of one factor that are added up made into one.</summary>
    public static Expression Collect(Expression expression) => Collect([expression], [])[0];

    /// <summary>The same values, beside others that are computed with them.</summary>
    public static IReadOnlyList<Expression> Collect(IReadOnlyList<Expression> expressions, IReadOnlyList<Expression> beside)
    {
        var uses = new DataProductUses([.. expressions, .. beside]);
        return [.. expressions.Select(new Rewriting(
            e => e is Addition { Free.Count: 2 } addition && !Expansion.IsWide(addition) ? Collected(addition, _ => true, uses.IsShared) : e).Apply)];
    }

    /// <summary>The same value, with products of all pairs that are added up made into one: A F V' + U V' is (A F + U) V', and has one square.</summary>
    public static Expression CollectPairs(Expression expression) =>
        new Rewriting(e => e is Addition { Free.Count: 2 } addition && Expansion.IsWide(addition) ? CollectedPairs(addition) : e).Apply(expression);

    /// <summary>However a chain of matrices is bracketed, the thin product may be one with others: A (F V') is (A F) V'.</summary>
    private static Expression CollectedPairs(Addition addition) =>
        addition.Operands.Count(IsChain) > 1 && Build.Add(addition.Operands.Select(term => IsChain(term) ? ContractionOrder.Optimize(term) : term)) is Addition bracketed
        && Collected(bracketed, _ => true, _ => false) is var collected && !ReferenceEquals(collected, bracketed)
            ? collected
            : addition;

    private static bool IsChain(Expression term) => Build.SplitCoefficient(term).Remainder is var rest
        && (rest is Product { Summed.Count: > 0 } || (rest is Product { Summed.Count: 0 } scaled && scaled.Operands.Any(o => o is Product { Summed.Count: > 0 } && Expansion.IsWide(o))));

    /// <summary>Dots of one row that samples choose with several others as a dot with their sum: u_i · v_j − u_i · v_l is u_i · (v_j − v_l).</summary>
    public static Expression CollectRows(Expression expression) =>
        new Rewriting(e => e is Addition { Free.Count: 1 } addition ? Collected(addition, IsChosen, _ => false) : e).Apply(expression);

    private static bool IsChosen(Expression rows) => rows is Product product && product.Operands.Any(o => o is Leaf { Tensor.IsOneHot: true });

    private static Expression Collected(Addition addition, Func<Expression, bool> serves, Func<Expression, bool> isShared)
    {
        var terms = addition.Operands.Select(Term.Of).Select(term => isShared(term.Value) ? term with { Product = null } : term).ToList();
        for (var first = 0; first < terms.Count; first++)
        {
            for (var second = first + 1; second < terms.Count && terms[first].Product is not null; second++)
            {
                if (terms[second].Product is not null && Joined(terms[first], terms[second], serves) is { } joined)
                {
                    terms[first] = joined;
                    terms.RemoveAt(second--);
                }
            }
        }

        return terms.Count == addition.Operands.Length ? addition : Build.Add(terms.Select(t => t.Scaled(t.Value)));
    }

    /// <summary>a X Y + b Z Y as (a X + b Z) Y, or, of numbers times one scale, as a (X + b/a Z) Y; null if they have no factor in common.</summary>
    private static Term? Joined(Term one, Term other, Func<Expression, bool> serves)
    {
        var (index, otherIndex) = (one.Product!.Summed.First(), other.Product!.Summed.First());
        foreach (var (left, common) in Orders(one.Product).Where(o => serves(o.Common)))
        {
            foreach (var (otherLeft, otherCommon) in Orders(other.Product))
            {
                if (!index.Dimension.Equals(otherIndex.Dimension) || common.Form.Skeleton != otherCommon.Form.Skeleton
                    || !otherCommon.Rename(otherIndex, index).Equals(common))
                {
                    continue;
                }

                var renamed = otherLeft.Rename(otherIndex, index);
                if ((IsTall(common) || (IsTall(left) && IsTall(renamed))) && left.Free.SetEquals(renamed.Free))
                {
                    var isOfOneScale = one.Scale.Equals(other.Scale);
                    var sum = isOfOneScale
                        ? Build.Add(left, Build.Scaled(other.Coefficient / one.Coefficient, renamed))
                        : Build.Add(one.Scaled(left), other.Scaled(renamed));
                    var joined = Build.Contract([sum, common], [index]);
                    return Term.Of(isOfOneScale ? one.Scaled(joined) : joined);
                }
            }
        }

        return null;
    }

    /// <summary>
    /// The product as two matrices, with each as what others may have in common with it. Sparse data is not added up: the sum of two patterns is a third.
    /// </summary>
    private static IEnumerable<(Expression Left, Expression Common)> Orders(Product product)
    {
        if (Support.OfProduct(product.Operands) is not { } support)
        {
            return new[] { (product.Operands[0], product.Operands[1]), (product.Operands[1], product.Operands[0]) }.Where(order => !Expansion.IsWide(order.Item1));
        }

        var entries = Array.FindAll(product.Operands, support.IsPointwise);
        return [(Build.Multiply(product.Operands.Except(entries)), Build.Multiply(entries))];
    }

    /// <summary>Whether it is a matrix of an entity's features.</summary>
    private static bool IsTall(Expression expression) =>
        expression.Free.Count == 2 && expression.Free.Count(i => i.Dimension.IsLatent) == 1;

    /// <summary>A term of a sum: a number times what it is multiplied with, which is a product of two matrices, if any, and what scales it.</summary>
    private sealed record Term(double Coefficient, Expression Scale, Expression Value, Product? Product)
    {
        public static Term Of(Expression term)
        {
            var (coefficient, rest) = Build.SplitCoefficient(term);
            var factors = rest is Product { Summed.Count: 0 } scaled ? scaled.Operands : [rest];
            var value = Build.Multiply(factors.Where(f => f.Free.Count > 0));
            return new(coefficient, Build.Multiply(factors.Where(f => f.Free.Count == 0)), value,
                value is Product { Summed.Count: 1 } product && (IsOfThin(product) || DataProduct.IsOfDense(product) || IsOfSparseData(product)) ? product : null);
        }

        /// <summary>Something else in the place of what is scaled.</summary>
        public Expression Scaled(Expression value) => Build.Scaled(Coefficient, Build.Multiply(Scale, value));

        private static bool IsOfThin(Product product) => product.Operands.Length == 2 && !product.Operands.Any(Expansion.IsWide);

        /// <summary>Whether it is a product of sparse data, which is read as it is, and a matrix.</summary>
        private static bool IsOfSparseData(Product product) => Support.OfProduct(product.Operands) is { } support
            && !product.Operands.Any(o => o is Leaf { Tensor.IsOneHot: true })
            && product.Operands.ToLookup(support.IsPointwise) is var by && by[false].Any() && by[true].All(IsData);

        private static bool IsData(Expression entries) =>
            !entries.Has(TensorRole.Factor) && !entries.Has(TensorRole.Frozen) && !entries.Has(TensorRole.Direction);
    }
}
