using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;

namespace AutoGradMf.Generators.Symbolics.Translation.Language;

/// <summary>The elementwise quotient, in the form that loses no digits.</summary>
internal sealed class Quotient() : Broadcast(o => Build.Divide(o.First(), o.Last()))
{
    public override Indexed Translate(CallNode call, IReadOnlyList<Indexed> arguments, Translator translator) =>
        Combine(arguments, o => StableForms.Divide(o.First(), o.Last(), translator));
}
