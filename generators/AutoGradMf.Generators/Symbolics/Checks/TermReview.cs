using AutoGradMf.Generators.Symbolics.Analysis;
using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Lowering;
using AutoGradMf.Generators.Symbolics.Model;
using AutoGradMf.Generators.Symbolics.Translation;

namespace AutoGradMf.Generators.Symbolics.Checks;

/// <summary>What can be said against the terms of a loss, each as if it were the whole: where one is refused, or too large, nothing is known of their sum.</summary>
internal static class TermReview
{
    /// <summary>Terms are looked at until they have taken this much.</summary>
    private const int MostWork = SymbolicBudget.MostTerms / 4;

    public static IReadOnlyList<Problem> Problems(LossModel model, ShapeInference shapes)
    {
        using var all = SymbolicBudget.Open();
        return [.. Terms(model.Body!).TakeWhile(_ => all.Work < MostWork).SelectMany(term => ProblemsOf(model with { Body = term }, shapes))];
    }

    private static IReadOnlyList<Problem> ProblemsOf(LossModel term, ShapeInference shapes)
    {
        using var budget = SymbolicBudget.Open(SymbolicBudget.MostSpareTerms);
        try
        {
            return SymbolicBudget.OnStack<IReadOnlyList<Problem>>(() =>
            {
                var derived = DerivedLoss.Of(term, shapes);
                Lowerer.Lower(derived.Value, derived.Gradient, Capabilities.None, new NameScope());
                return [.. FlatTerms.Problems(term, derived.Loss, []), .. MarkedPredictions.Problems(term, derived)];
            });
        }
        catch (LossException refused)
        {
            return [.. refused.Problems.Where(p => p.Rule != RuleNames.TooLarge)];
        }
    }

    private static IEnumerable<LossNode> Terms(LossNode value) =>
        value is CallNode { Function: Operators.Add or Operators.Subtract or Operators.Negate, Kind: TensorKind.Scalar } sum ? sum.Arguments.SelectMany(Terms) : [value];
}
