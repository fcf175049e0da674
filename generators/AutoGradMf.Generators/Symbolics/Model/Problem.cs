namespace AutoGradMf.Generators.Symbolics.Model;

/// <summary>Something wrong with a loss, found without Roslyn: which rule, at which of the user's sub-expressions, and what to say.</summary>
internal sealed record Problem(string Rule, int Node, EquatableArray<string> Arguments);
