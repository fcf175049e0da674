using AutoGradMf.Generators.Symbolics.Model;

namespace AutoGradMf.Generators.Parsing;

/// <summary>A lambda or a method that has a name: its value for given ones.</summary>
/// <param name="Node">The number of the sub-expression that it is.</param>
/// <param name="Names">What its parameters are called.</param>
/// <param name="Apply">The value; null if it cannot be read, which is then noted.</param>
internal sealed record DelegateNode(int Node, EquatableArray<string> Names, Func<IReadOnlyList<LossNode>, LossNode?> Apply) : ReadingNode(Node)
{
    /// <summary>The same over placeholders.</summary>
    public LambdaNode? ToLambda() =>
        Apply([.. Names.Select((name, place) => new PlaceholderNode(Node, place, name))]) is { } body ? new(Node, Names.Count, body) : null;
}
