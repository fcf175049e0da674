using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;

namespace AutoGradMf.Generators.Symbolics.Translation.Language;

/// <summary>A comparison that selects one of two values.</summary>
internal sealed class Selection(ElementwiseFunction function) : Broadcast(o => Build.Apply(function, [.. o]));
