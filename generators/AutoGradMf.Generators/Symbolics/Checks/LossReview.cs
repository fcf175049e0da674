using AutoGradMf.Generators.Symbolics.Analysis;
using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Lowering;
using AutoGradMf.Generators.Symbolics.Model;
using AutoGradMf.Generators.Symbolics.Translation;

namespace AutoGradMf.Generators.Symbolics.Checks;

/// <summary>All that can be said against a loss.</summary>
/// <param name="Problems">What is wrong with it, and what may be meant and may not.</param>
/// <param name="FactorsWithoutGradient">The factors that the loss does not depend on: their gradient is zero everywhere.</param>
internal sealed record LossReview(IReadOnlyList<Problem> Problems, IReadOnlyList<string> FactorsWithoutGradient)
{
    /// <summary>In how many sub-expressions of a loss that is refused more is looked for: some ten times what the longest losses of the literature have.</summary>
    private const int MostRemarkedOn = 5_000;

    /// <summary>Takes the loss through the pipeline as far as it can be refused, and no further.</summary>
    public static LossReview Of(LossModel model) => Of(model, LossText.Brief);

    /// <param name="model">The loss.</param>
    /// <param name="quote">What the user wrote of an expression.</param>
    public static LossReview Of(LossModel model, Func<LossNode, string> quote)
    {
        using var budget = SymbolicBudget.Open();
        var shapes = new ShapeInference(model);
        try
        {
            return SymbolicBudget.OnStack(() => Of(model, shapes, quote));
        }
        catch (LossException exception)
        {
            return new(
                [.. new[] { shapes.Problems, exception.Problems, TermReview.Problems(model, shapes), IsShort(model.Body!) ? Remarks(model, shapes, quote) : [] }
                    .SelectMany(problems => problems)
                    .GroupBy(p => (p.Rule, p.Node, p.Parameter))
                    .Select(same => same.First())],
                []);
        }
    }

    /// <summary>What is too large for the pipeline may be so for remarks.</summary>
    private static bool IsShort(LossNode body) => body.SelfAndDescendants().Skip(MostRemarkedOn).FirstOrDefault() is null;

    private static LossReview Of(LossModel model, ShapeInference shapes, Func<LossNode, string> quote)
    {
        var derived = DerivedLoss.Of(model, shapes);
        var plan = Lowerer.Lower(derived.Value, derived.Gradient, Capabilities.None, new NameScope());
        var lost = derived.Gradient.Where(g => g.Value is Constant { Value: 0 }).Select(g => g.Factor.Name).ToList();
        return new(
            [.. Remarks(model, shapes, quote), .. FlatTerms.Problems(model, derived.Loss, lost), .. MarkedPredictions.Problems(model, derived), .. StreamedSums.Problems(model, plan, shapes, quote)],
            lost);
    }

    private static IEnumerable<Problem> Remarks(LossModel model, ShapeInference shapes, Func<LossNode, string> quote)
    {
        var factors = new HashSet<string>(model.Parameters.Where(p => p.IsFactor).Select(p => p.Name), StringComparer.Ordinal);
        return
        [
            .. RealDomain.Problems(model, factors, quote), .. UnstableForms.Problems(model.Body!), .. FloatRange.Problems(model.Body!),
            .. InfiniteAtMissing.Problems(model.Body!), .. SquareByUse.Problems(model, shapes, quote),
            .. ImpossibleConstants.Problems(model, quote), .. ImpossibleDefaults.Problems(model, quote),
        ];
    }
}
