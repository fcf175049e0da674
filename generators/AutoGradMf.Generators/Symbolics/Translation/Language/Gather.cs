using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;

namespace AutoGradMf.Generators.Symbolics.Translation.Language;

/// <summary><c>U[index]</c>: rows by number. A product with a sparse matrix of ones, whose transpose scatters the gradient back.</summary>
internal sealed class Gather : LanguageFunction
{
    public override Shape Infer(CallNode call, IReadOnlyList<Shape> arguments, ShapeInference inference) => new(arguments[1].Rows, arguments[0].Columns);

    public override Indexed Translate(CallNode call, IReadOnlyList<Indexed> arguments, Translator translator)
    {
        var (from, index) = (arguments[0], (ParameterNode)call.Arguments[1]);
        var (samples, rows) = (arguments[1].Row!, from.Row!);
        return new(Build.Contract([OneHot.Of(index, samples, rows), from.Value], [rows]), samples, from.Column);
    }
}
