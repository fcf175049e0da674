using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;
using AutoGradMf.Symbolics.Tests.Interpretation;
using CsCheck;
using Index = AutoGradMf.Generators.Symbolics.Expressions.Index;

namespace AutoGradMf.Symbolics.Tests.Generation;

/// <summary>
/// Random index expressions over i, j (entities) and k, l (latent): the same index may be free in one place and summed in another.
/// </summary>
internal static class RandomExpression
{
    public static Dimension Users { get; } = new("m", false);

    public static Dimension Movies { get; } = new("n", false);

    public static Dimension Features { get; } = new("k", true);

    public static Index I { get; } = new(Users);

    public static Index J { get; } = new(Movies);

    public static Index K { get; } = new(Features);

    public static Index L { get; } = new(Features);

    public static IReadOnlyList<Index> Indices { get; } = [I, J, K, L];

    public static IReadOnlyDictionary<string, int> Sizes { get; } = new Dictionary<string, int> { ["m"] = 2, ["n"] = 3, ["k"] = 2 };

    public static Point Point { get; } = new(Vocabulary.Parameters, Vocabulary.Of(2, 3, 2), 5);

    public static IReadOnlyList<Leaf> Leaves { get; } =
    [
        Leaf("U", I, K), Leaf("U", I, L), Leaf("V", J, K), Leaf("V", J, L), Leaf("C", K, L), Leaf("C", L, K), Leaf("b", I), Leaf("d", J), Leaf("mu"),
        Leaf("R", I, J), Leaf("Z", I, J), Leaf("D", I, J), Leaf("w", I), AutoGradMf.Generators.Symbolics.Translation.Language.Observed.Indicator(Leaf("R", I, J)),
    ];

    /// <summary>Expressions of up to that many operations one inside the other.</summary>
    public static Gen<Expression> OfDepth(int depth)
    {
        var leaves = Gen.OneOf<Expression>([.. Leaves, Build.Number(2), Build.Number(-1), Build.Number(0)]);
        if (depth == 0)
        {
            return leaves;
        }

        var inner = OfDepth(depth - 1);
        var several = inner.List[1, 3];
        return Gen.OneOf<Expression>(
            leaves,
            several.Select(operands => Build.Add(operands)),
            several.Select(operands => Build.Multiply(operands)),
            Gen.Select(several, Gen.Shuffle(Indices.ToArray(), 1, 2), (operands, summed) => Build.Contract(operands, summed)),
            Gen.Select(inner, Gen.Int[0, 3], Build.Power));
    }

    public static Number[] Values(Expression expression, IReadOnlyList<Index> order) => new ExpressionInterpreter(Point, Sizes).Array(expression, order);

    public static Leaf Leaf(string name, params Index[] indices)
    {
        var declared = Vocabulary.Parameters.First(p => p.Name == name).Declared;
        return new(
            new Tensor(name, declared.IsFactor ? TensorRole.Factor : TensorRole.Data, new(indices.Select(x => x.Dimension)), declared.Kind == TensorKind.SparseMatrix ? name : null),
            indices);
    }
}
