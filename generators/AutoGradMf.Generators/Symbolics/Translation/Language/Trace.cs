using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;

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
        return new(Build.Contract([arguments[0].Value, Identity.Delta(row, column)], [row, column]), null, null);
    }
}
