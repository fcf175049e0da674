using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;

namespace AutoGradMf.Generators.Symbolics.Translation.Language;

/// <summary>The largest or smallest element of each row.</summary>
internal sealed class RowExtreme(ExtremeKind kind) : LanguageFunction
{
    public override Shape Infer(CallNode call, IReadOnlyList<Shape> arguments, ShapeInference inference) => new(arguments[0].Rows, null);

    public override Indexed Translate(CallNode call, IReadOnlyList<Indexed> arguments, Translator translator) => call.Arguments[0].Kind == TensorKind.SparseMatrix
        ? EagerValue.OfSparseRows(call, arguments[0], translator)
        : new(Build.Extreme(kind, arguments[0].Value, arguments[0].Column!), arguments[0].Row, null);
}
