using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;
using AutoGradMf.Generators.Symbolics.Structure;
using Index = AutoGradMf.Generators.Symbolics.Expressions.Index;

namespace AutoGradMf.Generators.Symbolics.Translation.Language;

/// <summary>A function that sums over rows, columns or both.</summary>
internal abstract class Reduction(bool overRows, bool overColumns) : LanguageFunction
{
    public override Shape Infer(CallNode call, IReadOnlyList<Shape> arguments, ShapeInference inference)
    {
        if (arguments.Count == 2)
        {
            var (left, right) = ((call.Arguments[0], arguments[0]), (call.Arguments[1], arguments[1]));
            inference.Unify(call, "rows differ", arguments[0].Rows, arguments[1].Rows, left, right);
            inference.Unify(call, "columns differ", arguments[0].Columns, arguments[1].Columns, left, right);
        }

        return new(overRows ? null : arguments[0].Rows, overColumns ? null : arguments[0].Columns);
    }

    public override Indexed Translate(CallNode call, IReadOnlyList<Indexed> arguments, Translator translator)
    {
        var first = arguments[0];
        var summed = new[] { overRows ? first.Row : null, overColumns ? first.Column : null }.OfType<Index>().ToList();
        var scale = Build.Multiply(summed.Select(Scale));
        return new(
            Build.Multiply(scale, Build.Contract(EmptyLines.Filled([.. arguments.Select(a => a.AlignedTo(first).Value)]), summed)),
            overRows ? null : first.Row,
            overColumns ? null : first.Column);
    }

    /// <summary>A factor per index that is summed over; 1 for a sum.</summary>
    protected virtual Expression Scale(Index index) => Build.One;
}
