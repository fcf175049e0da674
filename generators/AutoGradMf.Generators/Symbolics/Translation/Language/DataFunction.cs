using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;

namespace AutoGradMf.Generators.Symbolics.Translation.Language;

/// <summary>A function of data alone, computed once by the library's eager method when the objective is made.</summary>
internal sealed class DataFunction(Func<Shape, Shape> shape) : LanguageFunction
{
    public override Shape Infer(CallNode call, IReadOnlyList<Shape> arguments, ShapeInference inference) => shape(arguments[0]);

    public override Indexed Translate(CallNode call, IReadOnlyList<Indexed> arguments, Translator translator)
    {
        var argument = arguments[0];
        if (argument.Value.Any(t => t.Role is TensorRole.Factor or TensorRole.Hyperparameter))
        {
            throw new LossException(new(RuleNames.UnsupportedConstruct, call.Node, new(
                [LossText.Of(call), $"{call.Function} is computed once from data; give it a parameter that is not a factor"])));
        }

        var rows = call.Kind is TensorKind.ColumnVector or TensorKind.Matrix ? argument.Row : null;
        var columns = call.Kind is TensorKind.RowVector or TensorKind.Matrix ? argument.Column : null;
        var dimensions = new[] { rows, columns }.Where(i => i is not null).Select(i => i!.Dimension);
        var tensor = new Tensor(LossText.Of(call), TensorRole.Data, new(dimensions), IsRowVector: rows is null, Initializer: call);
        return Translator.Element(tensor);
    }
}
