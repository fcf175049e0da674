using AutoGradMf.Generators.Symbolics.Model;
using AutoGradMf.Generators.Symbolics.Translation;

namespace AutoGradMf.Generators.Symbolics.Checks;

/// <summary>Finds the operations by which data must be square, though these are not about square matrices and no declaration says so: a .T may be missing, or one too many.</summary>
internal static class SquareByUse
{
    public static IEnumerable<Problem> Problems(ShapeInference shapes, Func<LossNode, string> quote) => shapes.Squares
        .Where(square => square is { IsByItself: false, Parameter.IsFactor: false } && !StreamedSums.IsMaskingProduct(square.At))
        .GroupBy(square => square.At.Node)
        .Select(together => together.First())
        .Select(square => new Problem(RuleNames.SquareByUse, square.At.Node, new(
            [quote(square.At), square.Parameter.Name, shapes.DimensionOf(shapes.ShapeOf(square.Parameter.Name).Rows!).Name])));
}
