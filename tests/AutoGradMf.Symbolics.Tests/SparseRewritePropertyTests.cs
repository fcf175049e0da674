using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Structure;
using AutoGradMf.Generators.Symbolics.Translation.Language;
using AutoGradMf.Symbolics.Tests.Generation;
using CsCheck;
using Index = AutoGradMf.Generators.Symbolics.Expressions.Index;
using static AutoGradMf.Symbolics.Tests.Generation.RandomExpression;
using static AutoGradMf.Symbolics.Tests.PropertyCheck;

namespace AutoGradMf.Symbolics.Tests;

/// <summary>Each rewrite of what is sparse, or summed over pairs, keeps the value of random index expressions.</summary>
public class SparseRewritePropertyTests
{
    private static readonly Index OtherUser = new(Users);
    private static readonly Index OtherMovie = new(Movies);

    [Fact]
    public void The_product_of_two_sparse_matrices_of_data_is_data_of_the_same_value_and_nothing_else_is()
    {
        Expression[] matrices =
        [
            Leaf("R", I, J), Leaf("Z", I, J), Leaf("R", OtherUser, J), Leaf("Z", I, OtherMovie), Leaf("L", I, OtherUser), Leaf("L", OtherUser, I),
            Observed.Indicator(Leaf("R", I, OtherMovie)), Observed.Indicator(Leaf("Z", OtherUser, J)), Leaf("D", I, OtherMovie), Leaf("U", I, K),
        ];
        var met = 0;
        ForAll(Gen.Select(Gen.OneOf(matrices), Gen.OneOf(matrices), Gen.OneOf(I, J, OtherUser, OtherMovie)), drawn =>
        {
            var (left, right, summed) = drawn;
            var product = Build.Contract([left, right], [summed]);
            var rewritten = DataProduct.OfSparse(product);
            if (left.Support is not null && right.Support is not null && left.Free.Contains(summed) && right.Free.Contains(summed) && product.Free.Count == 2)
            {
                met++;
                Assert.NotNull(Assert.IsType<Leaf>(rewritten).Tensor.Pattern);
                AssertSame(Values(product, product.Free.Indices), Values(rewritten, product.Free.Indices));
            }
            else
            {
                Assert.Same(product, rewritten);
            }
        });
        Assert.True(met > 20, $"{met} products were met.");
    }

    [Fact]
    public void Indicators_of_what_is_stored_elsewhere_keep_the_value_where_the_loop_looks()
    {
        Expression[] sparse = [Leaf("R", I, J), Leaf("Z", I, J), Build.Multiply(Leaf("R", I, J), Leaf("Z", I, J)), Observed.Indicator(Leaf("Z", I, J))];
        var met = 0;
        ForAll(Gen.Select(Gen.OneOf(sparse).List[1, 2], OfDepth(2).List[1, 2], Gen.OneOf<Expression?>([null, .. sparse])), drawn =>
        {
            var (stored, others, visited) = drawn;
            if (Build.Multiply([.. stored, .. others]) is not Product { Summed.Count: 0 } product)
            {
                return;
            }

            var indicators = StructuralZeros.IndicatorsOf(product, visited?.Support).ToList();
            met += indicators.Count > 0 ? 1 : 0;
            var chosen = indicators.Aggregate((Expression)product, (value, indicator) => Build.Apply(ElementwiseFunction.IfLess, [Build.Zero, indicator, value, Build.Zero]));
            Expression[] where = visited is null ? [] : [.. visited.Support!.Indicators(visited)];
            AssertSame(Values(Build.Multiply([.. where, product]), Order), Values(Build.Multiply([.. where, chosen]), Order));
        });
        Assert.True(met > 50, $"{met} products had indicators.");
    }

    [Fact]
    public void Sums_over_a_part_of_a_pattern_are_taken_along_without_a_change_of_value()
    {
        Expression[] where = [Leaf("R", I, J), Observed.Indicator(Leaf("R", I, J)), Build.Multiply(Leaf("R", I, J), Leaf("Z", I, J)), Build.Multiply(Leaf("R", I, J), Observed.Indicator(Leaf("Z", I, J)))];
        Expression product = Build.Contract([Leaf("U", I, K), Leaf("V", J, K)], [K]);
        Expression[] entries = [product, Build.Power(product, 2), Build.Apply(Functions.Function("Softplus"), [product]), Build.Add(Leaf("b", I), product), Leaf("b", I)];
        var sum = Gen.Select(Gen.OneOf(where), Gen.OneOf(entries), Gen.OneOf(Build.Number(2), Build.One, Leaf("mu")),
            (stored, entry, scale) => Build.Multiply(scale, StructureStage.Rewrite(Build.Contract([stored, entry], [I, J]))));
        var met = 0;
        ForAll(sum.List[2, 5], drawn =>
        {
            var addition = Build.Add(drawn);
            foreach (var joined in new[] { PartialPatterns.Join(addition), PartialPatterns.JoinAll(addition) })
            {
                met += joined.Equals(addition) ? 0 : 1;
                AssertSame(Values(addition, Order), Values(joined, Order));
            }
        });
        Assert.True(met > 40, $"{met} sums were taken along.");
    }

    [Fact]
    public void Sums_over_the_same_pairs_are_joined_without_a_change_of_value()
    {
        Expression[] stored = [Build.One, Leaf("R", I, J), Leaf("Z", I, J), Observed.Indicator(Leaf("R", I, J))];
        Index[][] summed = [[I], [J], [I, J]];
        var entry = Gen.Select(Gen.OneOf(stored), OfDepth(1), (where, x) =>
            Build.Multiply(where, Build.Apply(Functions.Function("Tanh"), [Build.Add(Leaf("b", I), Leaf("d", J), x)])));
        var sum = Gen.Select(entry, Gen.OneOf(Build.One, Leaf("V", J, K)), Gen.OneOf(summed), Gen.OneOf(Build.Number(2), Build.One, Leaf("mu")),
            (pair, rest, over, scale) => Build.Multiply(scale, Build.Contract([pair, rest], over)));
        var met = 0;
        ForAll(Gen.Select(sum.List[3, 9], OfDepth(1)), drawn =>
        {
            var addition = Build.Add([.. drawn.Item1, drawn.Item2]);
            var joined = JoinedSums.Join(addition);
            met += joined.Operands.Length < addition.Operands.Length ? 1 : 0;
            AssertSame(Values(addition, Order), Values(joined, Order));
        });
        Assert.True(met > 40, $"{met} sums were joined.");
    }
}
