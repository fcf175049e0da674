using AutoGradMf.Generators.Symbolics.Model;

namespace AutoGradMf.Generators.Symbolics.Translation.Language;

/// <summary>The size that a function of a size is given.</summary>
internal static class Sizes
{
    /// <summary>The size itself; one that fits everywhere if the argument is no size, which translation notes.</summary>
    public static Size In(CallNode call, ShapeInference inference) =>
        call.Arguments[0] is SizeNode size ? inference.SizeOf(size) : new Size(SizeKind.Unknown);

    /// <exception cref="LossException">The argument is no size.</exception>
    public static SizeNode Of(CallNode call) => call.Arguments[0] as SizeNode ?? throw new LossException(new Problem(
        RuleNames.UnsupportedConstruct, call.Node, new([LossText.Brief(call), "give it a size: X.Rows, X.Columns or v.Length"])));
}
