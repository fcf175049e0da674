using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;

namespace AutoGradMf.Generators.Symbolics.Translation.Language;

/// <summary>Pow(x, p): a small whole constant p is a product, anything else the elementwise function.</summary>
internal sealed class PowerFunction() : Broadcast((call, operands, translator) => StableForms.Apply(call.Function, [.. operands], translator))
{
    private const int LargestProduct = 4;

    public override Indexed Translate(CallNode call, IReadOnlyList<Indexed> arguments, Translator translator) =>
        arguments[1].Value is Constant { Value: var p } && p == Math.Floor(p) && Math.Abs(p) <= LargestProduct
            ? arguments[0] with { Value = Build.Power(arguments[0].Value, (int)p) }
            : base.Translate(call, arguments, translator);
}
