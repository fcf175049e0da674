using AutoGradMf.Generators.Symbolics.Lowering;
using AutoGradMf.Generators.Symbolics.Model;

namespace AutoGradMf.Generators.Symbolics.Checks;

/// <summary>A marked prediction that a model cannot evaluate at one row and one column alone.</summary>
internal static class MarkedPredictions
{
    public static IEnumerable<Problem> Problems(LossModel model, DerivedLoss derived)
    {
        if (derived.MarkedPrediction is not { Row: { } row, Column: { } column } marked || Lowerer.LowerPrediction(marked.Value, row, column, new NameScope()) is not null)
        {
            return [];
        }

        var call = model.Body!.SelfAndDescendants().OfType<CallNode>().First(c => c.Function == Operators.Prediction);
        return [new Problem(RuleNames.InvalidPrediction, call.Node, new([
            LossText.Brief(call), "a model evaluates it at one row and one column, of the factors, the hyperparameters and dense data, and keeps no sums over others; mark a method that needs no more"]))];
    }
}
