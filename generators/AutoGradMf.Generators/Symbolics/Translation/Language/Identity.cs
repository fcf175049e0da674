using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;
using Index = AutoGradMf.Generators.Symbolics.Expressions.Index;

namespace AutoGradMf.Generators.Symbolics.Translation.Language;

/// <summary>The identity matrix of a size.</summary>
internal sealed class Identity : LanguageFunction
{
    public override Shape Infer(CallNode call, IReadOnlyList<Shape> arguments, ShapeInference inference)
    {
        var size = Sizes.In(call, 0, inference);
        return new(size, size);
    }

    public override Indexed Translate(CallNode call, IReadOnlyList<Indexed> arguments, Translator translator)
    {
        var dimension = Sizes.Of(call, 0, translator);
        var (row, column) = (new Index(dimension), new Index(dimension));
        return new(Delta(row, column), row, column);
    }

    /// <summary>1 where the indices are equal, else 0.</summary>
    public static Leaf Delta(Index row, Index column) => new(
        new Tensor($"Identity({row.Dimension})", TensorRole.Data, new([row.Dimension, column.Dimension]), IsIdentity: true, Initializer: new CallNode(
            0, TensorKind.Matrix, "Identity", new([new DimensionNode(0, row.Dimension.Name)]))),
        [row, column]);
}
