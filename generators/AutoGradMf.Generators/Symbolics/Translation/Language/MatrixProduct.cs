using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;

namespace AutoGradMf.Generators.Symbolics.Translation.Language;

/// <summary><c>*</c>: the matrix product, of matrices and vectors; scaling where one side is a number.</summary>
internal sealed class MatrixProduct : LanguageFunction
{
    public override Shape Infer(CallNode call, IReadOnlyList<Shape> arguments, ShapeInference inference)
    {
        var (left, right) = (arguments[0], arguments[1]);
        if (left == Shape.Scalar || right == Shape.Scalar)
        {
            return left == Shape.Scalar ? right : left;
        }

        return inference.Unify(
            call, "inner dimensions differ", left.Columns, right.Rows, (call.Arguments[0], left), (call.Arguments[1], right))
            ? new(left.Rows, right.Columns)
            : new(left.Rows is null ? null : new(SizeKind.Unknown), right.Columns is null ? null : new(SizeKind.Unknown));
    }

    public override bool IsElementwise(CallNode call) => call.Arguments.Any(a => a.Kind == TensorKind.Scalar);

    public override Indexed Translate(CallNode call, IReadOnlyList<Indexed> arguments, Translator translator)
    {
        var (left, right) = (arguments[0], arguments[1]);
        if (IsElementwise(call))
        {
            return Broadcast.Combine(arguments, Build.Multiply);
        }

        if (IsAsLargeAsData(left, right, translator) && EagerValue.IsOfData(call, translator))
        {
            return EagerValue.Of(call, left.Row, right.Column);
        }

        return left.Column is { } inner && right.Row is { } other
            ? new(Build.Contract([left.Value, right.Value.Rename(other, inner)], [inner]), left.Row, right.Column)
            : new(Build.Multiply(left.Value, right.Value), left.Row, right.Column);
    }

    /// <summary>
    /// Whether the product has an element for each pair of two entities, and a dense matrix of the loss has, too. A smaller one is
    /// left to be contracted, a larger one is never held.
    /// </summary>
    private static bool IsAsLargeAsData(Indexed left, Indexed right, Translator translator) =>
        left.Row is { Dimension: { IsLatent: false } rows } && right.Column is { Dimension: { IsLatent: false } columns }
        && translator.HasDenseData(rows, columns);
}
