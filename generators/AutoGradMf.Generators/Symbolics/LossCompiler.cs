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
/// <param name="SignSplit">The gradient by sign.</param>
internal sealed record CompiledLoss(
    Expression Loss,
    IReadOnlyList<FactorGradient> Gradient,
    Expression Structured,
    Plan Plan,
    Prediction? Prediction,
    ShapeInference Shapes,
    IReadOnlyList<FactorAnalysis?> Factors,
    SignSplit SignSplit);

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
        var signSplit = SignSplit.Of(derived.Gradient, model.Functions);
        var plan = Lowered(derived, HessianVectorProduct(derived.Gradient), signSplit.Splits ? signSplit : null, names);
        var gradient = ReverseMode.Gradient(derived.Loss, derived.Factors);
        var factors = FactorAnalysis.Of(derived.Structured, derived.Gradient);
        return new(derived.Loss, gradient, derived.Structured, plan, Predicted(derived.MarkedPrediction, derived.Loss), shapes, factors, signSplit);
    }

    /// <summary>The Hessian times a direction; null where a derivative has none itself, or it grows too large.</summary>
    private static IReadOnlyList<FactorGradient>? HessianVectorProduct(IReadOnlyList<FactorGradient> gradient)
    {
        using var budget = SymbolicBudget.Open();
        try
        {
            return ForwardMode.HessianVectorProduct(gradient);
        }
        catch (LossException)
        {
            return null;
        }
    }

    /// <summary>The plan, without what no kernel computes of that which a loss can do without.</summary>
    private static Plan Lowered(DerivedLoss derived, IReadOnlyList<FactorGradient>? product, SignSplit? split, NameScope names) =>
        TryLower(derived, product, split, names)
        ?? (product is null || split is null ? null : TryLower(derived, product, null, names) ?? TryLower(derived, null, split, names))
        ?? Lowerer.Lower(derived.Structured, derived.Gradient, null, names);

    private static Plan? TryLower(DerivedLoss derived, IReadOnlyList<FactorGradient>? product, SignSplit? split, NameScope names)
    {
        using var budget = SymbolicBudget.Open();
        var inner = names.Inner();
        try
        {
            var plan = Lowerer.Lower(derived.Structured, derived.Gradient, product, inner, split);
            names.Adopt(inner);
            return plan;
        }
        catch (LossException)
        {
            return null;
        }
    }

    /// <summary>The marked prediction, or else the only product of two factors over the latent features.</summary>
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
        Index row = product.Operands[0].Free.First(i => !i.Dimension.IsLatent), column = product.Operands[1].Free.First(i => !i.Dimension.IsLatent);
        return Lowerer.LowerPrediction(product, row, column, new NameScope());
    }
}
