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

        // A number is taken out before its square can overflow.
        var (coefficient, rest) = Build.SplitCoefficient(argument.Value);
        return new(Build.Scaled(Math.Abs(coefficient), Of(Build.Contract([Build.Power(rest, 2)], summed))), ofRows ? argument.Row : null, null);
    }

    /// <summary>The root of a sum of squares.</summary>
    public static Expression Of(Expression squares)
    {
        var (coefficient, rest) = Build.SplitCoefficient(squares);
        return Build.Scaled(Math.Sqrt(coefficient), Build.Apply(ElementwiseFunction.Norm, [rest]));
    }
}
