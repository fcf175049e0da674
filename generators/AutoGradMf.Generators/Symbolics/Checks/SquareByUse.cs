using AutoGradMf.Generators.Symbolics.Model;
using AutoGradMf.Generators.Symbolics.Translation;

namespace AutoGradMf.Generators.Symbolics.Checks;

/// <summary>Finds the operations by which data must be square, though these are not about square matrices and no declaration says so: a .T may be missing, or one too many.</summary>
internal static class SquareByUse
{
    public static IEnumerable<Problem> Problems(LossModel model, ShapeInference shapes, Func<LossNode, string> quote)
    {
        if (shapes.Squares.All(s => s.Parameter.IsFactor))
        {
            return [];
        }

        // Of two terms that make data square together, the later one does: which that is must not matter.
        var backwards = new ShapeInference(model with { Body = Backwards(model.Body!) }).Squares;
        return shapes.Squares.Where(s => !s.Parameter.IsFactor).Select(s => s.Parameter)
            .Select(data => Blamed(data, [.. shapes.Squares, .. backwards], model))
            .OfType<SquareData>()
            .GroupBy(square => square.At.Node)
            .Select(together => ProblemOf(
                together.First().At, [.. together.Select(s => s.Parameter).OrderBy(p => model.Parameters.ToList().IndexOf(p))], shapes, quote));
    }

    /// <summary>The operation to tell of: one that transposes data before one that is of other things, and that before one of the data as they are.</summary>
    private static SquareData? Blamed(LossParameter data, IEnumerable<SquareData> squares, LossModel model) => squares
        .Where(s => s.Parameter == data && !s.IsByItself && !StreamedSums.IsMaskingProduct(s.At))
        .OrderBy(s => TransposesData(s.At, model) ? 0 : Mentions(s.At, data) ? 2 : 1)
        .FirstOrDefault();

    private static Problem ProblemOf(LossNode at, List<LossParameter> data, ShapeInference shapes, Func<LossNode, string> quote) =>
        new(RuleNames.SquareByUse, at.Node, new(
        [quote(at), string.Join(" and ", data.Select(d => $"'{d.Name}'")), shapes.DimensionOf(shapes.ShapeOf(data[0].Name).Rows!).Name]));

    private static bool TransposesData(LossNode operation, LossModel model) => operation.SelfAndDescendants().Any(n =>
        n is CallNode { Function: Operators.Transpose, Arguments: [ParameterNode transposed] } && model.Parameters.Any(p => !p.IsFactor && p.Name == transposed.Name));

    private static bool Mentions(LossNode operation, LossParameter data) =>
        operation.SelfAndDescendants().Any(n => n is ParameterNode parameter && parameter.Name == data.Name);

    /// <summary>The terms from the last to the first; what they are added with does not matter to sizes.</summary>
    private static LossNode Backwards(LossNode value) =>
        value is CallNode { Function: Operators.Add or Operators.Subtract, Kind: TensorKind.Scalar, Arguments: [var first, var second] }
        ? new CallNode(value.Node, TensorKind.Scalar, Operators.Add, new([Backwards(second), Backwards(first)]))
        : value;
}
