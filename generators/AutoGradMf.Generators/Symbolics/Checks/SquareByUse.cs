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
            .Where(blamed => blamed.Count > 0)
            .GroupBy(blamed => blamed[0].At.Node)
            .Select(together => ProblemOf(
                together.First(), [.. together.Select(blamed => blamed[0].Parameter).OrderBy(p => model.Parameters.ToList().IndexOf(p))], shapes, quote));
    }

    /// <summary>
    /// The operation to tell of: one without which the data would not be square; of those one that transposes data before one that is of other things, and
    /// that before one of the data as they are. A second one that is as likely as the first follows it.
    /// </summary>
    private static List<SquareData> Blamed(LossParameter data, IEnumerable<SquareData> squares, LossModel model) => [.. squares
        .Where(s => s.Parameter == data && !s.IsByItself && !StreamedSums.IsMaskingProduct(s.At))
        .GroupBy(s => s.At.Node)
        .Select(same => same.First())
        .GroupBy(s => (IsSquareWithout(s.At, data, model), TransposesData(s.At, model) ? 0 : Mentions(s.At, data) ? 2 : 1))
        .OrderBy(alike => alike.Key)
        .FirstOrDefault() ?? Enumerable.Empty<SquareData>()];

    private static bool IsSquareWithout(LossNode operation, LossParameter data, LossModel model) =>
        new ShapeInference(model with { Body = new WithoutPart(operation.Node).Of(model.Body!) }).Squares.Any(s => s.Parameter == data);

    private static Problem ProblemOf(List<SquareData> blamed, List<LossParameter> data, ShapeInference shapes, Func<LossNode, string> quote) =>
        new(RuleNames.SquareByUse, blamed[0].At.Node, new(
        [
            quote(blamed[0].At), string.Join(" and ", data.Select(d => $"'{d.Name}'")), shapes.DimensionOf(shapes.ShapeOf(data[0].Name).Rows!).Name,
            blamed.Count > 1 ? $" together with '{quote(blamed[1].At)}'" : "", blamed.Count > 1 ? " in one of these" : "",
        ]));

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
