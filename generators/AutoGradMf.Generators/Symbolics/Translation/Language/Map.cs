using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;

namespace AutoGradMf.Generators.Symbolics.Translation.Language;

/// <summary>A lambda at every element; arguments broadcast. Where the first is sparse, only its stored entries are visited.</summary>
internal sealed class Map() : Broadcast(_ => Build.Zero)
{
    public override Indexed Translate(CallNode call, IReadOnlyList<Indexed> arguments, Translator translator)
    {
        var lambda = call.Arguments.OfType<LambdaNode>().Single();
        return Combine(arguments, operands =>
        {
            var elements = operands.ToList();
            return SparseResult.Of(call, [elements[0]], translator.Apply(lambda, elements));
        });
    }
}
