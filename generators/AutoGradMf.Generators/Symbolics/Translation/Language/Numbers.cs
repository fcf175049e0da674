using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;
using Index = AutoGradMf.Generators.Symbolics.Expressions.Index;

namespace AutoGradMf.Generators.Symbolics.Translation.Language;

/// <summary>The column 0, 1, 2, … of a size.</summary>
internal sealed class Numbers : LanguageFunction
{
    public override Shape Infer(CallNode call, IReadOnlyList<Shape> arguments, ShapeInference inference) => new(Sizes.In(call, 0, inference), null);

    public override Indexed Translate(CallNode call, IReadOnlyList<Indexed> arguments, Translator translator)
    {
        var row = new Index(Sizes.Of(call, 0, translator));
        return new(new Leaf(Tensor.NumbersOf(row.Dimension), [row]), row, null);
    }
}
