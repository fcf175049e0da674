using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;

namespace AutoGradMf.Generators.Symbolics.Translation.Language;

/// <summary>The same value, differentiated as a constant.</summary>
internal sealed class StopGradient() : Broadcast(o => o[0].Freeze());
