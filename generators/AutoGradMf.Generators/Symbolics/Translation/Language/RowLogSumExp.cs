using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;
using Index = AutoGradMf.Generators.Symbolics.Expressions.Index;

namespace AutoGradMf.Generators.Symbolics.Translation.Language;

/// <summary>log Σ exp of each row, shifted by its largest element, which is a constant to the derivative: the softmax comes out.</summary>
internal sealed class RowLogSumExp : LanguageFunction
{
    public override Shape Infer(CallNode call, IReadOnlyList<Shape> arguments, ShapeInference inference) => new(arguments[0].Rows, null);

    public override Indexed Translate(CallNode call, IReadOnlyList<Indexed> arguments, Translator translator)
    {
        if (call.Arguments[0].Kind == TensorKind.SparseMatrix)
        {
            return EagerValue.OfSparseRows(call, arguments[0], translator);
        }

        var (value, column) = (arguments[0].Value, arguments[0].Column!);
        // Under an index of its own: it stands inside the sum over the other.
        var over = new Index(column.Dimension);
        var largest = Build.Extreme(ExtremeKind.Max, value.Rename(column, over), over).AsShift();
        var exponentials = Build.Apply(translator.Function("Exp"), [Build.Add(value, Build.Negate(largest))]);
        var sum = Build.Apply(translator.Function("Log"), [Build.Contract([exponentials], [column])]);
        return new(Build.Add(largest, sum), arguments[0].Row, null);
    }
}
