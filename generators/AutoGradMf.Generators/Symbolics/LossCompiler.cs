using AutoGradMf.Generators.Symbolics.Analysis;
using AutoGradMf.Generators.Symbolics.Analysis.Reals;
using AutoGradMf.Generators.Symbolics.Differentiation;
using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Lowering;
using AutoGradMf.Generators.Symbolics.Model;
using AutoGradMf.Generators.Symbolics.Structure;
using AutoGradMf.Generators.Symbolics.Translation;
using Index = AutoGradMf.Generators.Symbolics.Expressions.Index;

namespace AutoGradMf.Generators.Symbolics;

/// <summary>A loss as the pipeline leaves it: what it says, what it is computed as, and how.</summary>
/// <param name="Loss">The index expression of the loss.</param>
/// <param name="Gradient">Its partial derivatives.</param>
/// <param name="Structured">The same loss in its cheapest form.</param>
/// <param name="Plan">How it is computed.</param>
/// <param name="Prediction">The predicted rating at a point, if the loss has one and a model can evaluate it.</param>
/// <param name="Shapes">The dimensions of the parameters.</param>
/// <param name="Factors">What the loss is as a function of each factor alone, in the order of <paramref name="Gradient"/>.</param>
/// <param name="Bounds">Bounds of the second derivative in each factor alone, in that order.</param>
/// <param name="ProductPairs">The pairs of factors that it sees only through their product and ridges.</param>
/// <param name="AxisPairs">What else it does not tell apart of two factors.</param>
/// <param name="Penalties">The norms that it adds, of which proximal steps are known.</param>
/// <param name="SignSplit">The gradient by sign.</param>
/// <param name="Samples">The loss as a sum over samples.</param>
internal sealed record CompiledLoss(
    Expression Loss,
    IReadOnlyList<FactorGradient> Gradient,
    Expression Structured,
    Plan Plan,
    Prediction? Prediction,
    ShapeInference Shapes,
    IReadOnlyList<FactorAnalysis?> Factors,
    IReadOnlyList<CurvatureBound?> Bounds,
    IReadOnlyList<ProductPair> ProductPairs,
    IReadOnlyList<AxisPair> AxisPairs,
    IReadOnlyList<NormPenalty> Penalties,
    SignSplit SignSplit,
    SampledForm Samples);

/// <summary>The pipeline after parsing: index expression, structure, derivative, plan, and what the generated file tells of them.</summary>
internal static class LossCompiler
{
    /// <summary>Compiles a loss; its problems are returned in place of it, all that were found.</summary>
    public static (CompiledLoss? Loss, IReadOnlyList<Problem> Problems) Compile(LossModel model, NameScope names)
    {
        using var budget = SymbolicBudget.Open();
        var shapes = new ShapeInference(model);
        try
        {
            return (SymbolicBudget.OnStack(() => Compile(model, shapes, names)), []);
        }
        catch (LossException exception)
        {
            return (null, [.. shapes.Problems, .. exception.Problems]);
        }
    }

    private static CompiledLoss Compile(LossModel model, ShapeInference shapes, NameScope names)
    {
        var derived = DerivedLoss.Of(model, shapes);
        var factors = derived.Gradient.Select(g => KnownOrNull(() => FactorAnalysis.Of(derived.Loss, g))).ToList();
        var blocks = derived.Gradient.Zip(factors, (g, factor) => factor is null ? null : KnownOrNull(() => BlockTerms.Of(factor.Curvature), factor.Curvature.IsQuadratic ? SymbolicBudget.MostTerms : SymbolicBudget.MostSpareTerms)).ToList();
        var sizes = new SizeBounds();
        var bounds = derived.Gradient.Zip(factors, (g, factor) => factor is null ? null : CurvatureBound.Of(g, factor, sizes)).ToList();
        var withoutProduct = default(Problem);
        var product = KnownOrNull(() => Collected(ForwardMode.HessianVectorProduct(derived.Gradient)), refuse: problem => withoutProduct = problem);
        var signSplit = SignSplit.Of(derived.Gradient, model.Functions);
        var samples = SampledForm.Of(derived.Loss, derived.Structured);
        var known = new Capabilities(product, blocks, bounds, signSplit.Splits ? signSplit : null, samples.IsSampled ? samples : null);
        var multiplied = MultipliedFactors.Of(derived.Loss);
        var pairs = ProductPairs.Of(derived.Loss, derived.Factors, multiplied);
        var plan = Lowerer.Lower(derived.Value, Collected(derived.Gradient, derived.Value), known, names);
        return new(
            derived.Loss,
            ReverseMode.Gradient(derived.Loss, derived.Factors),
            derived.Structured,
            withoutProduct is null ? plan : plan with { WithoutProduct = withoutProduct },
            Predicted(derived.MarkedPrediction, derived.Loss),
            shapes,
            factors,
            bounds,
            pairs,
            AxisPairs.Of(derived.Loss, derived.Factors, multiplied, pairs),
            NormPenalty.Of(derived.Loss, derived.Factors),
            signSplit,
            samples);
    }

    private static List<FactorGradient> Collected(IReadOnlyList<FactorGradient> gradient, params Expression[] beside) =>
        [.. gradient.Zip(CommonFactors.Collect([.. gradient.Select(g => g.Value)], beside), (g, value) => g with { Value = value })];

    /// <summary>What a loss can do without; null where a derivative has none itself, or it grows too large.</summary>
    private static T? KnownOrNull<T>(Func<T?> derive, int most = SymbolicBudget.MostTerms, Action<Problem>? refuse = null)
        where T : class
    {
        using var budget = SymbolicBudget.Open(most);
        try
        {
            return SymbolicBudget.OnStack(derive);
        }
        catch (LossException exception)
        {
            refuse?.Invoke(exception.Problems[0]);
            return null;
        }
    }

    /// <summary>The marked prediction, or else the only product of factors over the latent features.</summary>
    private static Prediction? Predicted(Indexed? marked, Expression loss)
    {
        if (marked is { Row: { } markedRow, Column: { } markedColumn })
        {
            return Lowerer.LowerPrediction(marked.Value, markedRow, markedColumn, new NameScope());
        }

        var products = loss.SelfAndDescendants()
            .OfType<Product>()
            .Where(p => p.Summed.Count == 1 && p.Free.Count == 2 && !p.Free.Any(i => i.Dimension.IsLatent)
                && p.Operands.All(o => o is Leaf { Tensor.Role: TensorRole.Factor }))
            .GroupBy(p => p.Form.Skeleton)
            .ToList();
        if (products.Count != 1)
        {
            return null;
        }

        var product = products[0].First();
        var entities = product.Operands.SelectMany(o => o.Free).Where(i => !i.Dimension.IsLatent).ToList();
        return Lowerer.LowerPrediction(product, entities[0], entities[1], new NameScope());
    }
}
