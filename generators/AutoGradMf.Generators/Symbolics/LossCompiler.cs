using AutoGradMf.Generators.Symbolics.Analysis;
using AutoGradMf.Generators.Symbolics.Differentiation;
using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Lowering;
using AutoGradMf.Generators.Symbolics.Model;
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
/// <param name="ProductPairs">The pairs of factors that it sees only through their product and equal ridges.</param>
internal sealed record CompiledLoss(
    Expression Loss,
    IReadOnlyList<FactorGradient> Gradient,
    Expression Structured,
    Plan Plan,
    Prediction? Prediction,
    ShapeInference Shapes,
    IReadOnlyList<FactorAnalysis?> Factors,
    IReadOnlyList<(int Left, int Right)> ProductPairs);

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
            return (Compile(model, shapes, names), []);
        }
        catch (LossException exception)
        {
            return (null, [.. shapes.Problems, .. exception.Problems]);
        }
    }

    private static CompiledLoss Compile(LossModel model, ShapeInference shapes, NameScope names)
    {
        var derived = DerivedLoss.Of(model, shapes);
        var factors = FactorAnalysis.Of(derived.Structured, derived.Gradient);
        var plan = WithNewtonSteps(derived, factors, names);
        var gradient = ReverseMode.Gradient(derived.Loss, derived.Factors);
        return new(derived.Loss, gradient, derived.Structured, plan, Predicted(derived.MarkedPrediction, derived.Loss), shapes, factors, ProductPairs.Of(derived.Loss, derived.Factors));
    }

    /// <summary>The plan with a Newton step in each factor of which kernels gather the systems.</summary>
    private static Plan WithNewtonSteps(DerivedLoss derived, IReadOnlyList<FactorAnalysis?> factors, NameScope names)
    {
        using var budget = SymbolicBudget.Open();
        var blocks = derived.Gradient.Zip(factors, (gradient, factor) => factor is null ? null : BlockTerms.Of(gradient, factor.Curvature)).ToList();
        try
        {
            return WithHessian(derived.Structured, derived.Gradient, blocks, names);
        }
        catch (LossException) when (blocks.Any(b => b is not null))
        {
            return WithHessian(derived.Structured, derived.Gradient, [.. blocks.Select(_ => (IReadOnlyList<BlockTerm>?)null)], names);
        }
    }

    /// <summary>The plan, without the Hessian times a direction where a derivative has none itself, no kernel computes it or it grows too large.</summary>
    private static Plan WithHessian(
        Expression structured, IReadOnlyList<FactorGradient> gradient, IReadOnlyList<IReadOnlyList<BlockTerm>?> blocks, NameScope names)
    {
        using var budget = SymbolicBudget.Open();
        var inner = names.Inner();
        try
        {
            var plan = Lowerer.Lower(structured, gradient, ForwardMode.HessianVectorProduct(gradient), blocks, inner);
            names.Adopt(inner);
            return plan;
        }
        catch (LossException)
        {
            return Lowerer.Lower(structured, gradient, null, blocks, names);
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
