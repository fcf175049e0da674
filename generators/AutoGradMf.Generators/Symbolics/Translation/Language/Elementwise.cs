using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;

namespace AutoGradMf.Generators.Symbolics.Translation.Language;

/// <summary>An elementwise function of the open table.</summary>
internal sealed class Elementwise() : Broadcast(_ => Build.Zero)
{
    public static Elementwise Instance { get; } = new();

    public override Indexed Translate(CallNode call, IReadOnlyList<Indexed> arguments, Translator translator)
    {
        return Combine(arguments, operands =>
        {
            var elements = operands.ToList();
            return SparseResult.Of(call, elements[0], StableForms.Apply(call.Function, elements, translator));
        });
    }
}
