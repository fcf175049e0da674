using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;

namespace AutoGradMf.Generators.Symbolics.Translation.Language;

/// <summary>The 0/1 pattern of a sparse matrix.</summary>
internal sealed class Observed : LanguageFunction
{
    public override Shape Infer(CallNode call, IReadOnlyList<Shape> arguments, ShapeInference inference) => arguments[0];

    public override Indexed Translate(CallNode call, IReadOnlyList<Indexed> arguments, Translator translator) =>
        arguments[0].Value is Leaf { Tensor.Pattern: not null } leaf
            ? arguments[0] with { Value = Indicator(leaf) }
            : throw new LossException(new Problem(RuleNames.UnsupportedConstruct, call.Node, new(
                [$"Observed({LossText.Brief(call.Arguments[0])})", "give Observed a sparse matrix that is a parameter of the loss"])));

    /// <summary>One where the sparse matrix has an entry.</summary>
    public static Leaf Indicator(Leaf sparse) => new(
        sparse.Tensor with { Name = $"Observed({sparse.Tensor.Pattern})", IsIndicator = true, Source = null }, sparse.Indices);
}
