using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;

namespace AutoGradMf.Generators.Symbolics.Translation.Language;

/// <summary><c>U[index]</c>: rows by number. A product with a sparse matrix of ones, whose transpose scatters the gradient back.</summary>
internal sealed class Gather : LanguageFunction
{
    private const string PatternPrefix = $"{Operators.OneHot}(";

    /// <summary>Whether a pattern has exactly one entry in each row.</summary>
    public static bool IsOneHot(string pattern) => pattern.StartsWith(PatternPrefix, StringComparison.Ordinal) && !pattern.Contains('∩');

    public override Shape Infer(CallNode call, IReadOnlyList<Shape> arguments, ShapeInference inference) => new(arguments[1].Rows, arguments[0].Columns);

    public override Indexed Translate(CallNode call, IReadOnlyList<Indexed> arguments, Translator translator)
    {
        var (from, index) = (arguments[0], (ParameterNode)call.Arguments[1]);
        var (samples, rows) = (arguments[1].Row!, from.Row!);
        var name = $"{PatternPrefix}{index.Name}, {rows.Dimension})";
        var oneHot = new Leaf(
            new Tensor(name, TensorRole.Data, new([samples.Dimension, rows.Dimension]), Pattern: name, Initializer: new CallNode(
                0, TensorKind.SparseMatrix, Operators.OneHot, new([index, new DimensionNode(0, rows.Dimension.Name)]))),
            [samples, rows]);
        return new(Build.Contract([oneHot, from.Value], [rows]), samples, from.Column);
    }
}
