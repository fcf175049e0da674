namespace AutoGradMf.Generators.Symbolics.Model;

/// <summary>Something wrong with a loss, found without Roslyn.</summary>
/// <param name="Rule">Which rule it breaks.</param>
/// <param name="Node">At which of the user's sub-expressions.</param>
/// <param name="Arguments">What the message says.</param>
/// <param name="Remedy">What a code fix can do, if one can.</param>
internal sealed record Problem(string Rule, int Node, EquatableArray<string> Arguments, string? Remedy = null)
{
    /// <summary>The parameter whose declaration is at fault, and not a sub-expression; null if none is.</summary>
    public string? Parameter { get; init; }
}
