using AutoGradMf.Generators.Symbolics.Model;
using Microsoft.CodeAnalysis.Operations;

namespace AutoGradMf.Generators.Parsing;

/// <summary>The outcome of a condition that has no value, because something is thrown there.</summary>
internal sealed record ThrowNode(IThrowOperation Throw) : ReadingNode;
