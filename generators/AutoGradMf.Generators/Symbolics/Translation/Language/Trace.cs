using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;
using AutoGradMf.Generators.Symbolics.Structure;

namespace AutoGradMf.Generators.Symbolics.Translation.Language;

/// <summary>The sum of the diagonal of a square matrix.</summary>
internal sealed class Trace : LanguageFunction
{
    public override Shape Infer(CallNode call, IReadOnlyList<Shape> arguments, ShapeInference inference)
    {
        inference.Unify(call, "not square", arguments[0].Rows, arguments[0].Columns, (call.Arguments[0], arguments[0]), (call.Arguments[0], arguments[0]));
        return Shape.Scalar;
    }

    public override Indexed Translate(CallNode call, IReadOnlyList<Indexed> arguments, Translator translator)
    {
        var (row, column) = (arguments[0].Row!, arguments[0].Column!);
        Expression OfDiagonal() => Build.Contract([arguments[0].Value, Identity.Delta(row, column)], [row, column]);
        return new(OfProduct(call.Arguments[0], translator) ?? OfDiagonal(), null, null);
    }

    /// <summary>
    /// tr(A B) is Σ A ∘ B': what the product has beside its diagonal is none of it, as products of sparse data have much; null of what is no product of matrices.
    /// </summary>
    private static Expression? OfProduct(LossNode node, Translator translator)
    {
        if (node is not CallNode { Function: Operators.Multiply, Arguments: [var first, var second] } || !IsMatrix(first) || !IsMatrix(second))
        {
            return null;
        }

        var (left, right) = (translator.Apart(translator.Translate(first)), translator.Apart(translator.Translate(second)));
        return Build.Contract(
            EmptyLines.Filled([left.Value, right.AlignedTo(new(Build.One, left.Column, left.Row)).Value]), [left.Row!, left.Column!]);
    }

    private static bool IsMatrix(LossNode node) => node.Kind is TensorKind.Matrix or TensorKind.SparseMatrix;
}
