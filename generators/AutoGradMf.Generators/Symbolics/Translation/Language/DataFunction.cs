using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;

namespace AutoGradMf.Generators.Symbolics.Translation.Language;

/// <summary>A function of data alone, computed once by the library's eager method when the objective is made.</summary>
/// <param name="shape">The result's shape.</param>
/// <param name="mean">The same function of a dense matrix that changes; null if there is none.</param>
internal sealed class DataFunction(Func<Shape, Shape> shape, Func<Indexed, Indexed>? mean = null) : LanguageFunction
{
    public override Shape Infer(CallNode call, IReadOnlyList<Shape> arguments, ShapeInference inference) => shape(arguments[0]);

    public override Indexed Translate(CallNode call, IReadOnlyList<Indexed> arguments, Translator translator)
    {
        var argument = arguments[0];
        var isFixed = EagerValue.IsOfData(call, translator);
        if (mean is not null && !isFixed && call.Arguments[0].Kind == TensorKind.Matrix)
        {
            return mean(argument);
        }

        if (!isFixed)
        {
            var sum = call.Kind == TensorKind.Scalar ? "Sum" : call.Function.Replace("Means", "Sums");
            throw new LossException(new Problem(RuleNames.UnsupportedConstruct, call.Node, new(
                [LossText.Brief(call), $"{call.Function} of sparse data is computed once, and this changes with a factor or hyperparameter; divide {sum}(X) by {sum}(Observed(X))"])));
        }

        return EagerValue.Of(call, argument.Row, argument.Column);
    }

    /// <summary>The mean over the rows or over the columns.</summary>
    public static Indexed Mean(Indexed argument, bool overRows)
    {
        var over = (overRows ? argument.Row : argument.Column)!;
        var value = Build.Multiply(Build.OverSize(over.Dimension), Build.Contract([argument.Value], [over]));
        return new(value, overRows ? null : argument.Row, overRows ? argument.Column : null);
    }
}
