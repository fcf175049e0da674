using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;
using Index = AutoGradMf.Generators.Symbolics.Expressions.Index;

namespace AutoGradMf.Generators.Symbolics.Translation.Language;

/// <summary>The diagonal matrix of a vector, or the diagonal of a square matrix.</summary>
internal sealed class Diag : LanguageFunction
{
    public override Shape Infer(CallNode call, IReadOnlyList<Shape> arguments, ShapeInference inference)
    {
        if (call.Kind == TensorKind.Matrix)
        {
            return new(arguments[0].Rows, arguments[0].Rows);
        }

        inference.Unify(call, "not square", arguments[0].Rows, arguments[0].Columns, (call.Arguments[0], arguments[0]), (call.Arguments[0], arguments[0]));
        return new(arguments[0].Rows, null);
    }

    public override Indexed Translate(CallNode call, IReadOnlyList<Indexed> arguments, Translator translator)
    {
        var argument = arguments[0];
        if (call.Kind == TensorKind.ColumnVector && call.Arguments[0].Kind == TensorKind.SparseMatrix && EagerValue.IsOfData(call, translator))
        {
            // Data of each row, which says nothing of where the matrix stores other entries.
            return EagerValue.Of(call, argument.Row, null);
        }

        if (call.Kind != TensorKind.Matrix)
        {
            return new(Build.Contract([argument.Value, Identity.Delta(argument.Row!, argument.Column!)], [argument.Column!]), argument.Row, null);
        }

        var column = new Index(argument.Row!.Dimension);
        return new(Build.Multiply(argument.Value, Identity.Delta(argument.Row, column)), argument.Row, column);
    }
}
