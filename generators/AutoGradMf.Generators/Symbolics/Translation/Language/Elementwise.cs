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
            var elements = operands.ToArray();
            var stored = elements.Where((_, place) => call.Arguments[place].Kind == TensorKind.SparseMatrix);
            return SparseResult.Of(call, stored, StableForms.Apply(call.Function, elements, translator));
        });
    }
}
