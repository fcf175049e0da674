using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;
using Index = AutoGradMf.Generators.Symbolics.Expressions.Index;

namespace AutoGradMf.Generators.Symbolics.Translation.Language;

/// <summary><c>OneHot(index, n)</c>: a row of the n × n identity matrix for each number of an index vector.</summary>
internal sealed class OneHot : LanguageFunction
{
    private const string PatternPrefix = $"{Operators.OneHot}(";

    /// <summary>Whether a pattern has exactly one entry in each row.</summary>
    public static bool IsPattern(string pattern) => pattern.StartsWith(PatternPrefix, StringComparison.Ordinal) && !pattern.Contains('∩');

    public override Shape Infer(CallNode call, IReadOnlyList<Shape> arguments, ShapeInference inference) => new(arguments[0].Rows, Sizes.In(call, 1, inference));

    public override Indexed Translate(CallNode call, IReadOnlyList<Indexed> arguments, Translator translator)
    {
        var (row, column) = (arguments[0].Row!, new Index(Sizes.Of(call, 1, translator)));
        return new(Of((ParameterNode)call.Arguments[0], row, column), row, column);
    }

    /// <summary>1 in each row at the column that the index vector has for it.</summary>
    public static Leaf Of(ParameterNode index, Index row, Index column)
    {
        var name = $"{PatternPrefix}{index.Name}, {column.Dimension})";
        return new(
            new Tensor(name, TensorRole.Data, new([row.Dimension, column.Dimension]), Pattern: name, Initializer: new CallNode(
                0, TensorKind.SparseMatrix, Operators.OneHot, new([index, new DimensionNode(0, column.Dimension.Name)]))),
            [row, column]);
    }
}
