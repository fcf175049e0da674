using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;

namespace AutoGradMf.Generators.Symbolics.Translation.Language;

/// <summary>A lambda at every element; arguments broadcast. Where the first is sparse, only its stored entries are visited.</summary>
internal sealed class Map() : Broadcast((call, elements, translator) =>
    SparseResult.Of(call, [elements[0]], translator.Apply(call.Arguments.OfType<LambdaNode>().Single(), elements)));
