using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;
using Index = AutoGradMf.Generators.Symbolics.Expressions.Index;

namespace AutoGradMf.Generators.Symbolics.Translation.Language;

/// <summary>A column of ones, or a matrix of them.</summary>
internal sealed class Ones : LanguageFunction
{
    public override Shape Infer(CallNode call, IReadOnlyList<Shape> arguments, ShapeInference inference) =>
        new(Sizes.In(call, 0, inference), call.Arguments.Count > 1 ? Sizes.In(call, 1, inference) : null);

    public override Indexed Translate(CallNode call, IReadOnlyList<Indexed> arguments, Translator translator) =>
        new(Build.One, new Index(Sizes.Of(call, 0, translator)), call.Arguments.Count > 1 ? new Index(Sizes.Of(call, 1, translator)) : null);
}
