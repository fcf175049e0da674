using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;

namespace AutoGradMf.Generators.Symbolics.Translation.Language;

/// <summary>An elementwise function of the open table.</summary>
internal sealed class Elementwise() : Broadcast((call, elements, translator) => SparseResult.Of(
    call,
    elements.Where((_, place) => call.Arguments[place].Kind == TensorKind.SparseMatrix),
    StableForms.Apply(call.Function, [.. elements], translator)))
{
    public static Elementwise Instance { get; } = new();
}
