using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;
using Index = AutoGradMf.Generators.Symbolics.Expressions.Index;

namespace AutoGradMf.Generators.Symbolics.Translation.Language;

/// <summary>A column of ones.</summary>
internal sealed class Ones : LanguageFunction
{
    public override Shape Infer(CallNode call, IReadOnlyList<Shape> arguments, ShapeInference inference) => new(Sizes.In(call, inference), null);

    public override Indexed Translate(CallNode call, IReadOnlyList<Indexed> arguments, Translator translator) =>
        new(Build.One, new Index(translator.DimensionOf(Sizes.Of(call))), null);
}
