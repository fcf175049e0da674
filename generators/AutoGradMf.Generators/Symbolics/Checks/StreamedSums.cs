using AutoGradMf.Generators.Symbolics.Costs;
using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Lowering;
using AutoGradMf.Generators.Symbolics.Model;
using AutoGradMf.Generators.Symbolics.Structure;
using AutoGradMf.Generators.Symbolics.Translation;
using Index = AutoGradMf.Generators.Symbolics.Expressions.Index;

namespace AutoGradMf.Generators.Symbolics.Checks;

/// <summary>
/// Finds the sums that visit every pair of two entities, what forces each to, and what it costs: a loss whose plan has such a loop
/// is taken apart, and each part compiled alone.
/// </summary>
internal static class StreamedSums
{
    public static IEnumerable<Problem> Problems(LossModel model, CompiledLoss loss)
    {
        if (!loss.Plan.Value.Steps.Any(IsOverPairs))
        {
            return [];
        }

        var sparse = model.Parameters.FirstOrDefault(p => p.Kind == TensorKind.SparseMatrix)?.Name;
        return Innermost(model.Body!, n => n is CallNode call && IsReduction(call) && Streams(n, model, loss)).Select(sum =>
        {
            var plan = Lower(sum, model, loss)!;
            var space = plan.Value.Steps.OfType<LoopStep>().First(IsOverPairs).Space;
            var dense = Innermost(sum, n => n is ParameterNode parameter && IsDenseData(parameter, model, loss)).FirstOrDefault();
            var cause = dense
                ?? Arguments(sum).SelectMany(a => Innermost(a, n => n.Kind == TensorKind.Matrix && Streams(n, model, loss))).FirstOrDefault()
                ?? sum;
            var arguments = new[] { LossText.Of(sum), $"{space.Rows!.Name}·{space.Columns!.Name}", LossText.Of(cause), $"{CostModel.Flops(plan.Value).Leading()}" };

            // Whoever gives a dense matrix expects that it is read.
            return sparse is null || dense is not null
                ? new Problem(RuleNames.AllPairs, sum.Node, new(arguments))
                : new Problem(RuleNames.AllPairsBesideSparse, sum.Node, new([.. arguments, sparse]));
        });
    }

    /// <summary>The expressions that satisfy a condition and hold no other that does.</summary>
    private static List<LossNode> Innermost(LossNode syntax, Func<LossNode, bool> condition)
    {
        var inner = Arguments(syntax).SelectMany(a => Innermost(a, condition)).ToList();
        return inner.Count > 0 || !condition(syntax) ? inner : [syntax];
    }

    /// <summary>The operands of an operator or function; a lambda has only numbers inside.</summary>
    private static IEnumerable<LossNode> Arguments(LossNode syntax) => syntax is CallNode call ? call.Arguments.Where(a => a is not LambdaNode) : [];

    /// <summary>Whether it makes less than a matrix of a matrix.</summary>
    private static bool IsReduction(CallNode call) => !IsMatrix(call) && call.Arguments.Any(IsMatrix);

    /// <summary>Whether it is a matrix of data with an element for each pair.</summary>
    private static bool IsDenseData(ParameterNode parameter, LossModel model, CompiledLoss loss) =>
        parameter.Kind == TensorKind.Matrix
        && !model.Parameters.First(p => p.Name == parameter.Name).IsFactor
        && loss.Shapes.ShapeOf(parameter.Name) is { Rows: { } rows, Columns: { } columns }
        && !loss.Shapes.DimensionOf(rows).IsLatent
        && !loss.Shapes.DimensionOf(columns).IsLatent;

    private static bool IsMatrix(LossNode syntax) => syntax.Kind is TensorKind.Matrix or TensorKind.SparseMatrix;

    private static bool Streams(LossNode syntax, LossModel model, CompiledLoss loss) => Lower(syntax, model, loss)?.Value.Steps.Any(IsOverPairs) == true;

    /// <summary>The plan of the sum over all elements of a part of the loss; null if it has none alone.</summary>
    private static Plan? Lower(LossNode syntax, LossModel model, CompiledLoss loss)
    {
        try
        {
            var part = new Translator(model, loss.Shapes).Translate(syntax);
            var sum = Build.Contract([part.Value], new[] { part.Row, part.Column }.OfType<Index>());
            return Lowerer.Lower(StructureStage.Rewrite(sum), [], null, new NameScope());
        }
        catch (LossException)
        {
            return null;
        }
    }

    private static bool IsOverPairs(Step step) =>
        step is LoopStep { Space: { Pattern: null, Rows.IsLatent: false, Columns.IsLatent: false } };
}
