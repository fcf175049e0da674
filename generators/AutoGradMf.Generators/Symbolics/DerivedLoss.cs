using AutoGradMf.Generators.Symbolics.Checks;
using AutoGradMf.Generators.Symbolics.Differentiation;
using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;
using AutoGradMf.Generators.Symbolics.Structure;
using AutoGradMf.Generators.Symbolics.Translation;

namespace AutoGradMf.Generators.Symbolics;

/// <summary>A loss with its derivative: as far as both the generator and the analyzer need it.</summary>
/// <param name="Loss">The index expression of the loss.</param>
/// <param name="Factors">What the derivative is taken in.</param>
/// <param name="Structured">The same loss in its cheapest form.</param>
/// <param name="Value">What the value is computed as: that form, of which no sum of squares is negative.</param>
/// <param name="Gradient">The derivatives of the cheapest form.</param>
/// <param name="MarkedPrediction">What the loss marks as its prediction, if it does.</param>
internal sealed record DerivedLoss(
    Expression Loss, IReadOnlyList<Tensor> Factors, Expression Structured, Expression Value, IReadOnlyList<FactorGradient> Gradient, Indexed? MarkedPrediction)
{
    /// <exception cref="LossException">The loss has problems.</exception>
    public static DerivedLoss Of(LossModel model, ShapeInference shapes)
    {
        var translator = new Translator(model, shapes);
        var loss = ChosenRows.Taken(translator.Translate(model.Body!).Value);
        if (Differentiability.Problems(loss).ToList() is { Count: > 0 } problems)
        {
            throw new LossException(problems);
        }

        var factors = model.Parameters.Where(p => p.IsFactor).Select(p => translator.TensorOf(p.Name)).ToList();
        var structured = StructureStage.Rewrite(loss);
        var gradient = ReverseMode.Gradient(structured, factors)
            .Select(g => g with { Value = ContractionOrder.Optimize(Separation.Separate(g.Value)) })
            .ToList();
        return new(loss, factors, structured, StructureStage.RewriteValue(loss, structured), gradient, translator.MarkedPrediction);
    }
}
