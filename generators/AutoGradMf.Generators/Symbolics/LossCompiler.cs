using AutoGradMf.Generators.Symbolics.Checks;
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
internal sealed record CompiledLoss(
    Expression Loss,
    IReadOnlyList<FactorGradient> Gradient,
    Expression Structured,
    Plan Plan,
    Prediction? Prediction,
    ShapeInference Shapes);

/// <summary>The pipeline after parsing: index expression, structure, derivative, plan.</summary>
internal static class LossCompiler
{
    /// <summary>Compiles a loss; its problems are returned in place of it, all that were found.</summary>
    public static (CompiledLoss? Loss, IReadOnlyList<Problem> Problems) Compile(LossModel model, NameScope names)
    {
        var shapes = new ShapeInference(model);
        try
        {
            return (Compile(model, shapes, names), []);
        }
        catch (LossException exception)
        {
            // One sub-expression may fail in the value and in several derivatives.
            var first = exception.Problems.GroupBy(p => (p.Rule, p.Node)).Select(g => g.First());
            return (null, [.. shapes.Problems, .. first]);
        }
    }

    /// <summary>The factors that the loss does not depend on: their gradient is zero everywhere.</summary>
    public static IEnumerable<string> FactorsWithoutGradient(CompiledLoss loss) =>
        loss.Gradient.Where(g => g.Value is Constant { Value: 0 }).Select(g => g.Factor.Name);

    /// <summary>What may be meant and may not: some of it only known of a loss that compiles.</summary>
    public static IEnumerable<Problem> Remarks(LossModel model, CompiledLoss? loss) =>
    [
        .. PowerDomain.Problems(model.Body!, new HashSet<string>(model.Parameters.Where(p => p.IsFactor).Select(p => p.Name), StringComparer.Ordinal)),
        .. UnstableForms.Problems(model.Body!),
        .. FloatRange.Problems(model.Body!),
        .. loss is null ? [] : StreamedSums.Problems(model, loss),
    ];

    private static CompiledLoss Compile(LossModel model, ShapeInference shapes, NameScope names)
    {
        var translator = new Translator(model, shapes);
        var loss = Differentiable(translator.Translate(model.Body!).Value);
        var factors = model.Parameters.Where(p => p.IsFactor).Select(p => translator.TensorOf(p.Name)).ToList();
        var structured = StructureStage.Rewrite(loss);
        var gradient = ReverseMode.Gradient(structured, factors)
            .Select(g => g with { Value = ContractionOrder.Optimize(Separation.Separate(g.Value)) })
            .ToList();
        var plan = Lowerer.Lower(structured, gradient, HessianVectorProduct(gradient), names);
        return new(loss, ReverseMode.Gradient(loss, factors), structured, plan, Predicted(translator.MarkedPrediction, loss), shapes);
    }

    private static Expression Differentiable(Expression loss) =>
        Differentiability.Problems(loss).ToList() is { Count: > 0 } problems ? throw new LossException(problems) : loss;

    /// <summary>The Hessian times a direction; null where a derivative has none itself, or no kernel computes it.</summary>
    private static IReadOnlyList<FactorGradient>? HessianVectorProduct(IReadOnlyList<FactorGradient> gradient)
    {
        try
        {
            var product = ForwardMode.HessianVectorProduct(gradient);
            _ = Lowerer.Lower(Build.Zero, product, null, new NameScope());
            return product;
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
            .GroupBy(p => CanonicalKey.UpToRenaming(p).Key, StringComparer.Ordinal)
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
