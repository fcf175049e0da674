using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;
using AutoGradMf.Generators.Symbolics.Translation;
using AutoGradMf.Generators.Symbolics.Translation.Language;
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

    public static Dimension Samples { get; } = new("s", false);

    public static Index I { get; } = new(Users);

    public static Index J { get; } = new(Movies);

    public static Index K { get; } = new(Features);

    public static Index L { get; } = new(Features);

    public static IReadOnlyList<Index> Indices { get; } = [I, J, K, L];

    public static IReadOnlyDictionary<string, int> Sizes { get; } = new Dictionary<string, int> { ["m"] = 2, ["n"] = 3, ["k"] = 2, ["s"] = 4 };

    public static Point Point { get; } = new(Vocabulary.Parameters, Vocabulary.Of(2, 3, 2), 5);

    public static IReadOnlyList<Leaf> Leaves { get; } =
    [
        Leaf("U", I, K), Leaf("U", I, L), Leaf("V", J, K), Leaf("V", J, L), Leaf("C", K, L), Leaf("C", L, K), Leaf("b", I), Leaf("d", J), Leaf("mu"),
        Identity.Delta(K, L), Leaf("R", I, J), Leaf("Z", I, J), Leaf("D", I, J), Leaf("w", I), Observed.Indicator(Leaf("R", I, J)),
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
            Gen.Select(inner, Gen.Int[0, 3], Build.Power),
            Special(inner));
    }

    /// <summary>Functions, selections, extremes, norms and inverses: what is neither a sum nor a product.</summary>
    private static Gen<Expression> Special(Gen<Expression> inner)
    {
        var index = Gen.OneOf<Index>([.. Indices]);
        var leaf = Gen.OneOf<Expression>([.. Leaves]);
        var condition = Gen.Select(Gen.OneOf(ElementwiseFunction.IfLess, ElementwiseFunction.IfLessOrEqual), leaf);
        return Gen.OneOf(
            Gen.Select(Gen.OneOf("Tanh", "Sigmoid"), inner, (f, x) => Build.Apply(Functions.Function(f), [x])),
            Gen.Select(condition, inner, (c, yes) => Build.Apply(c.Item1, [c.Item2, Build.Number(0.2), yes, Build.Zero])),
            Gen.Select(condition, inner, inner, (c, yes, no) => Build.Apply(c.Item1, [c.Item2, Build.Number(0.2), yes, no])),
            Gen.Select(inner, index, Gen.OneOf(ExtremeKind.Max, ExtremeKind.Min), (x, over, kind) => Build.Extreme(kind, x, over)),
            Gen.Select(inner, index, (x, over) => Build.Apply(ElementwiseFunction.Norm, [Build.Contract([Build.Power(x, 2)], [over])])),
            Gen.Select(Spread, (x) => (Expression)new LogDeterminant(x.Body, x.Row, x.Column)),
            Gen.Select(Spread, Gen.Bool, (x, isTransposed) =>
                (Expression)(isTransposed ? new Inverse(x.Body, x.Row, x.Column, L, K) : new Inverse(x.Body, x.Row, x.Column, K, L))));
    }

    /// <summary>1 + Σ_i b_i² u_i u_i', or the like: a matrix that has an inverse, under indices of its own.</summary>
    private static Gen<(Expression Body, Index Row, Index Column)> Spread => Gen.Select(
        Gen.OneOf(("U", I), ("V", J)), Gen.OneOf<Expression>(Build.One, Leaf("b", I), Leaf("d", J), Leaf("mu")), (factor, weight) =>
        {
            var (row, column) = (new Index(Features), new Index(Features));
            var gram = Build.Contract([Leaf(factor.Item1, factor.Item2, row), Leaf(factor.Item1, factor.Item2, column), Build.Power(weight, 2)], [factor.Item2]);
            return (Build.Add(Identity.Delta(row, column), gram), row, column);
        });

    /// <summary>Knows the elementwise functions by name; a translator is for one thread, and properties are checked by several.</summary>
    public static Translator Functions => TranslatorOf(new NumberNode(0, 0));

    private static Translator TranslatorOf(LossNode loss)
    {
        var model = Pipeline.ModelOf(loss, Vocabulary.Parameters);
        return new(model, new ShapeInference(model));
    }

    public static Number[] Values(Expression expression, IReadOnlyList<Index> order, Direction? direction = null) =>
        new ExpressionInterpreter(Point, Sizes, direction).Array(expression, order);

    /// <summary>The matrix that picks rows, as a gather is translated to.</summary>
    public static Leaf OneHot(int[] rows, Index sample, Index row)
    {
        var name = $"OneHot({string.Join(", ", rows)})";
        var call = new CallNode(0, TensorKind.SparseMatrix, "OneHot", new(rows.Select(r => (LossNode)new NumberNode(0, r))));
        return new(new Tensor(name, TensorRole.Data, new([sample.Dimension, row.Dimension]), Pattern: name, Initializer: call), [sample, row]);
    }

    public static Leaf Leaf(string name, params Index[] indices)
    {
        var declared = Vocabulary.Parameters.First(p => p.Name == name).Declared;
        return new(
            new Tensor(name, declared.IsFactor ? TensorRole.Factor : TensorRole.Data, new(indices.Select(x => x.Dimension)), declared.Kind == TensorKind.SparseMatrix ? name : null),
            indices);
    }
}
