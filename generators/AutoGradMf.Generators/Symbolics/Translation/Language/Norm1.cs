using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;
using Index = AutoGradMf.Generators.Symbolics.Expressions.Index;

namespace AutoGradMf.Generators.Symbolics.Translation.Language;

/// <summary>The sum of absolute values.</summary>
internal sealed class Norm1 : LanguageFunction
{
    public override Shape Infer(CallNode call, IReadOnlyList<Shape> arguments, ShapeInference inference) => Shape.Scalar;

    public override Indexed Translate(CallNode call, IReadOnlyList<Indexed> arguments, Translator translator)
    {
        var argument = arguments[0];
        var absolute = Build.Apply(translator.Function("Abs"), [argument.Value]);
        return new(Build.Contract([absolute], new[] { argument.Row, argument.Column }.OfType<Index>()), null, null);
    }
}
