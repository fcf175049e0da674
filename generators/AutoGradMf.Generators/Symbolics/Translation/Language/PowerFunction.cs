using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;

namespace AutoGradMf.Generators.Symbolics.Translation.Language;

/// <summary>Pow(x, p): a small whole constant p is a product, anything else the elementwise function.</summary>
internal sealed class PowerFunction() : Broadcast((call, operands, translator) => StableForms.Apply(call.Function, [.. operands], translator))
{
    private const int LargestProduct = 4;

    public override Indexed Translate(CallNode call, IReadOnlyList<Indexed> arguments, Translator translator) =>
        IsProduct(arguments[1].Value, out var exponent)
            ? arguments[0] with { Value = Build.Power(arguments[0].Value, exponent) }
            : base.Translate(call, arguments, translator);

    /// <summary>Whether a power is written as a product.</summary>
    public static bool IsProduct(Expression power, out int exponent)
    {
        var isProduct = power is Constant { Value: var p } && p == Math.Floor(p) && Math.Abs(p) <= LargestProduct;
        exponent = isProduct ? (int)((Constant)power).Value : 0;
        return isProduct;
    }
}
