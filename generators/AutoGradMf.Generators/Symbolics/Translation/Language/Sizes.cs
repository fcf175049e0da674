using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;

namespace AutoGradMf.Generators.Symbolics.Translation.Language;

/// <summary>The size that a function of a size is given: that of a tensor, or a whole number.</summary>
internal static class Sizes
{
    /// <summary>The size itself; one that fits everywhere if the argument is no size, which translation notes.</summary>
    public static Size In(CallNode call, int argument, ShapeInference inference) => call.Arguments[argument] switch
    {
        SizeNode size => inference.SizeOf(size),
        NumberNode number when IsSize(number) => inference.SizeOf(call, argument, (int)number.Value),
        _ => new(SizeKind.Unknown),
    };

    /// <exception cref="LossException">The argument is no size.</exception>
    public static Dimension Of(CallNode call, int argument, Translator translator) => call.Arguments[argument] switch
    {
        SizeNode size => translator.DimensionOf(size),
        NumberNode number when IsSize(number) => translator.Shapes.DimensionOf(In(call, argument, translator.Shapes)),
        _ => throw new LossException(new Problem(
            RuleNames.UnsupportedConstruct, call.Node, new([LossText.Brief(call), "give it a size: X.Rows, X.Columns, v.Length, or a constant whole number above 0"]))),
    };

    private static bool IsSize(NumberNode number) => number.Value is >= 1 and <= int.MaxValue && number.Value == Math.Floor(number.Value);
}
