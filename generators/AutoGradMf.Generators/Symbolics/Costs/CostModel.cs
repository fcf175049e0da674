using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Lowering;
using AutoGradMf.Generators.Symbolics.Translation.Language;

namespace AutoGradMf.Generators.Symbolics.Costs;

/// <summary>
/// What a plan costs in floating-point operations (a multiplication and an addition are two), as a polynomial in the sizes.
/// </summary>
internal static class CostModel
{
    public static Polynomial Flops(Evaluation evaluation) =>
        evaluation.Steps.Select(Flops).Aggregate(Polynomial.Zero, (a, b) => a + b);

    /// <summary>The numbers kept between the steps.</summary>
    public static Polynomial Numbers(IEnumerable<Storage> storages) =>
        storages.Select(s => Polynomial.Monomial(1, s.Pattern is null ? Sizes(s) : [Entries(s)])).Aggregate(Polynomial.Zero, (a, b) => a + b);

    private static Polynomial Flops(Step step) => step switch
    {
        ProductStep product => Flops(product),
        LoopStep loop => Flops(loop),
        MomentStep moments => Flops(moments),
        TensorStep tensor => tensor.Terms.Select(term => Polynomial.Monomial(1 + term.Operands.Count, tensor.IndicesOf(term).Select(i => i.Dimension.Name)))
            .Aggregate(Polynomial.Zero, (a, b) => a + b),
        RowDotsStep dots => Polynomial.Monomial((dots.Right.Count == 0 ? 1 : 2 + OfRow(dots.Right)) + OfRow(dots.Left), [dots.Into.Dimensions[0].Name, Width(dots.Terms)]),
        RowGramStep gram => Flops(gram),
        ScatterStep { Rows.Count: 0 } sum => Polynomial.Monomial(1, [sum.Weights.Dimensions[0].Name]),
        ScatterStep scatter => Polynomial.Monomial(2 + OfRow(scatter.Rows), [scatter.Weights.Dimensions[0].Name, Width(scatter.Rows)]),
        SystemsStep systems => (systems.Weights is { } weights ? Flops(weights) : Polynomial.Zero) + SystemsCost.Of(systems),
        _ => Polynomial.Zero,
    };

    private static Polynomial Flops(MomentStep step)
    {
        var products = Sizes(step.Outer).Concat(Sizes(step.Left).Skip(1)).ToList();
        var columns = step.Kernel == MomentKernel.Moments ? step.Right : step.Into;
        return Polynomial.Monomial(1, products) + Polynomial.Monomial(2, products.Concat(Sizes(columns).Skip(1)));
    }

    private static Polynomial Flops(RowGramStep gram)
    {
        var left = Polynomial.Monomial(OfRow(gram.Left) + (gram.Right.Count == 0 ? 1 : 0), [gram.Samples.Name, Width(gram.Left)]);
        return gram.Right.Count == 0
            ? left
            : left + Polynomial.Monomial(OfRow(gram.Right), [gram.Samples.Name, Width(gram.Right)]) + Polynomial.Monomial(2, [gram.Samples.Name, Width(gram.Left), Width(gram.Right)]);
    }

    private static string Width(IEnumerable<RowTerm> terms) => GatherStep.WidthOf(terms)!.Name;

    /// <summary>Additions and multiplications for each number of a sample's row.</summary>
    internal static int OfRow(IReadOnlyList<RowTerm> terms) => terms.Count - 1 + terms.Count(t => t.Scale is not Constant { Value: 1 or -1 });

    private static Polynomial Flops(ProductStep step) => step.Kernel switch
    {
        ProductKernel.Gram => Polynomial.Monomial(2, Sizes(step.Left).Concat(Sizes(step.Right!).Skip(1))),
        ProductKernel.Multiply => Polynomial.Monomial(2, Sizes(step.Left).Concat(Sizes(step.Right!).Skip(1))),
        ProductKernel.MultiplyTransposed => Polynomial.Monomial(2, Sizes(step.Left).Concat(Sizes(step.Right!).Take(1))),
        ProductKernel.SparseMultiply or ProductKernel.SparseMultiplyTransposed =>
            Polynomial.Monomial(2, Sizes(step.Right!).Skip(1).Prepend(Entries(step.Left))),
        ProductKernel.Dot or ProductKernel.RootOfDot or ProductKernel.RowDots or ProductKernel.Norm or ProductKernel.RowNorms => Polynomial.Monomial(2, Sizes(step.Left)),
        ProductKernel.Sum or ProductKernel.ColumnSums or ProductKernel.Max => Polynomial.Monomial(1, Sizes(step.Left)),
        ProductKernel.Inverse or ProductKernel.InverseAndLogDeterminant => Polynomial.Monomial(8.0 / 3, Sizes(step.Left).Append(Sizes(step.Left).First())),
        ProductKernel.LogDeterminant => Polynomial.Monomial(2.0 / 3, Sizes(step.Left).Append(Sizes(step.Left).First())),
        _ => Polynomial.Zero,
    };

    private static Polynomial Flops(LoopStep loop)
    {
        IEnumerable<string> points = loop.Space.Pattern is { } pattern
            ? [Entries(pattern, loop.Space.Rows?.Name)]
            : new[] { loop.Space.Rows, loop.Space.Columns }.OfType<Dimension>().Select(d => d.Name);
        var function = loop.Sums.Count
            + loop.Outputs.Count(o => o.Kind is LoopOutputKind.RowSums or LoopOutputKind.ColumnSums)
            + OfFunction([.. loop.Sums.Select(s => s.Term), .. loop.Slots]);
        var dots = loop.Inputs.Where(i => i.Kind == LoopInputKind.Dot).Select(i => Sizes(i.Right!).Skip(1));
        var products = loop.Outputs.Where(o => o.With is not null).Select(o => Sizes(o.With!).Skip(1));
        var ofData = loop.Inputs.Where(i => i.Kind is LoopInputKind.SparseTimesDense or LoopInputKind.DenseTimesSparse)
            .Select(i => Polynomial.Monomial(2, [Entries(i.Storage!), (i.Kind == LoopInputKind.SparseTimesDense ? loop.Space.Columns : loop.Space.Rows)!.Name]));
        return dots.Concat(products)
            .Select(latent => Polynomial.Monomial(2, points.Concat(latent)))
            .Concat(ofData)
            .Aggregate(Polynomial.Monomial(function, points), (a, b) => a + b);
    }

    /// <summary>The operations of a function: what occurs in several places is computed once.</summary>
    private static int OfFunction(IReadOnlyList<Expression> results)
    {
        var uses = new Dictionary<Fingerprint, int>();
        var nodes = new List<Expression>();
        foreach (var result in results)
        {
            Use(result);
        }

        // A division takes the place of a multiplication with a reciprocal that nothing else needs.
        bool IsDivisor(Expression e) => e is Power { Exponent: < 0 } && uses[e.Key] == 1;
        int Spared(Product product) => product.Operands.Count(IsDivisor) - (product.Coefficient is 1 or -1 && product.Operands.All(IsDivisor) ? 1 : 0);
        return nodes.Sum(Flops) - nodes.OfType<Product>().Sum(Spared);

        void Use(Expression expression)
        {
            uses.TryGetValue(expression.Key, out var number);
            uses[expression.Key] = number + 1;
            if (number == 0)
            {
                nodes.Add(expression);
                Array.ForEach(expression.Operands, Use);
            }
        }
    }

    /// <summary>The operations of one node of a function.</summary>
    private static int Flops(Expression expression) => expression switch
    {
        Addition or Product { Coefficient: 1 or -1 } => expression.Operands.Length - 1,
        Product => expression.Operands.Length,
        Power power => power.Exponent < 0 ? -power.Exponent : power.Exponent - 1,
        Apply => 1,
        _ => 0,
    };

    private static string Entries(Storage storage) => Entries(storage.Pattern!, storage.Dimensions[0].Name);

    /// <summary>The number of entries of a pattern; a gather has one in each row.</summary>
    internal static string Entries(string pattern, string? rows) => rows is not null && OneHot.IsPattern(pattern) ? rows : $"|{pattern}|";

    private static IEnumerable<string> Sizes(Storage storage) => storage.Dimensions.Select(d => d.Name);
}
