using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;
using AutoGradMf.Generators.Symbolics.Structure;

namespace AutoGradMf.Generators.Symbolics.Translation.Language;

/// <summary>The elementwise quotient. Of two sparse matrices it is sparse even where they cancel: A / A is 1 where A is stored.</summary>
internal sealed class Quotient() : Broadcast(_ => Build.Zero)
{
    public override Indexed Translate(CallNode call, IReadOnlyList<Indexed> arguments, Translator translator) => Combine(arguments, operands =>
    {
        var (numerator, denominator) = (operands.First(), operands.Last());
        var quotient = Build.Divide(numerator, denominator);
        return Support.Of(denominator) is null ? quotient : SparseResult.Of(call, numerator, quotient);
    });
}
