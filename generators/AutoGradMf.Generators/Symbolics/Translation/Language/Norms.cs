using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;
using Index = AutoGradMf.Generators.Symbolics.Expressions.Index;

namespace AutoGradMf.Generators.Symbolics.Translation.Language;

/// <summary>The square root of a sum of squares: of all elements, or of each row. Its derivative at zero is zero.</summary>
internal sealed class Norms(bool ofRows) : LanguageFunction
{
    public override Shape Infer(CallNode call, IReadOnlyList<Shape> arguments, ShapeInference inference) => new(ofRows ? arguments[0].Rows : null, null);

    public override Indexed Translate(CallNode call, IReadOnlyList<Indexed> arguments, Translator translator)
    {
        var argument = arguments[0];
        var summed = new[] { ofRows ? null : argument.Row, argument.Column }.OfType<Index>();
        return new(Of(Build.Contract([Build.Power(argument.Value, 2)], summed)), ofRows ? argument.Row : null, null);
    }

    /// <summary>The root of a sum of squares.</summary>
    public static Expression Of(Expression squares) => Build.Apply(ElementwiseFunction.Norm, [squares]);
}
