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
    /// <param name="model">What the user wrote.</param>
    /// <param name="names">The names that are taken.</param>
    /// <param name="hessian">Whether to plan the Hessian's products with directions; who only wants to know what is wrong does not need them.</param>
    public static (CompiledLoss? Loss, IReadOnlyList<Problem> Problems) Compile(LossModel model, NameScope names, bool hessian = true)
    {
        try
        {
            var shapes = new ShapeInference(model);
            return shapes.Problems.ToList() is { Count: > 0 } problems ? (null, problems) : (Compile(model, shapes, names, hessian), []);
        }
        catch (LossException exception)
        {
            return (null, [exception.Problem]);
        }
    }

    /// <summary>The factors that the loss does not depend on: their gradient is zero everywhere.</summary>
    public static IEnumerable<string> FactorsWithoutGradient(CompiledLoss loss) =>
        loss.Gradient.Where(g => g.Value is Constant { Value: 0 }).Select(g => g.Factor.Name);

    /// <summary>What may be meant and may not: of a loss that compiles.</summary>
    public static IEnumerable<Problem> Remarks(LossModel model, CompiledLoss loss) =>
        PowerDomain.Problems(model.Body!).Concat(UnstableForms.Problems(model.Body!)).Concat(StreamedSums.Problems(model, loss));

    private static CompiledLoss Compile(LossModel model, ShapeInference shapes, NameScope names, bool hessian)
    {
        var translator = new Translator(model, shapes);
        var loss = translator.Translate(model.Body!).Value;
        var factors = model.Parameters.Where(p => p.IsFactor).Select(p => translator.TensorOf(p.Name)).ToList();
        var structured = StructureStage.Rewrite(loss);
        var gradient = ReverseMode.Gradient(structured, factors)
            .Select(g => g with { Value = ContractionOrder.Optimize(Separation.Separate(g.Value)) })
            .ToList();
        var plan = hessian ? WithHessian(structured, gradient, names) : Lowerer.Lower(structured, gradient, null, names);
        return new(loss, ReverseMode.Gradient(loss, factors), structured, plan, Predicted(translator.MarkedPrediction, loss), shapes);
    }

    /// <summary>The plan, without the Hessian times a direction where a derivative has none itself or no kernel computes it.</summary>
    private static Plan WithHessian(Expression structured, IReadOnlyList<FactorGradient> gradient, NameScope names)
    {
        var inner = names.Inner();
        try
        {
            var plan = Lowerer.Lower(structured, gradient, ForwardMode.HessianVectorProduct(gradient), inner);
            names.Adopt(inner);
            return plan;
        }
        catch (LossException)
        {
            return Lowerer.Lower(structured, gradient, null, names);
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
