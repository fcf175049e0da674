using AutoGradMf.Generators.Symbolics.Model;

namespace AutoGradMf.Generators.Symbolics.Translation.Language;

/// <summary><c>.T</c>: only the roles of the indices change.</summary>
internal sealed class Transpose : LanguageFunction
{
    public override Shape Infer(CallNode call, IReadOnlyList<Shape> arguments, ShapeInference inference) =>
        new(arguments[0].Columns, arguments[0].Rows);

    public override Indexed Translate(CallNode call, IReadOnlyList<Indexed> arguments, Translator translator) =>
        new(arguments[0].Value, arguments[0].Column, arguments[0].Row);
}
