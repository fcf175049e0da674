using AutoGradMf.Generators.Symbolics.Model;

namespace AutoGradMf.Generators.Parsing;

/// <summary>A condition, as the choice that it makes between two values; only what is chosen becomes part of a model.</summary>
internal sealed record ConditionNode(Func<LossNode, LossNode, LossNode> Choose) : ReadingNode
{
    /// <summary>The numbers that it compares.</summary>
    public override IEnumerable<LossNode> Parts => [Choose(Yes, No)];

    /// <summary>A condition that always holds, or never.</summary>
    public static ConditionNode Of(bool holds) => new((yes, no) => holds ? yes : no);

    /// <summary>The opposite condition.</summary>
    public ConditionNode Not() => new((yes, no) => Choose(no, yes));

    /// <summary>Whether both hold.</summary>
    public ConditionNode And(ConditionNode other) => new((yes, no) => Choose(other.Choose(yes, no), no));

    /// <summary>Whether one holds or both.</summary>
    public ConditionNode Or(ConditionNode other) => new((yes, no) => Choose(yes, other.Choose(yes, no)));

    /// <summary>Whether one holds and the other does not.</summary>
    public ConditionNode Xor(ConditionNode other) => new((yes, no) => Choose(other.Choose(no, yes), other.Choose(yes, no)));

    /// <summary>Whether it holds, where that is known.</summary>
    public bool? IsKnown => Choose(Yes, No) switch
    {
        var chosen when ReferenceEquals(chosen, Yes) => true,
        var chosen when ReferenceEquals(chosen, No) => false,
        _ => null,
    };

    private static NumberNode Yes { get; } = new(0, 1);

    private static NumberNode No { get; } = new(0, 0);

    /// <summary>One of two values: numbers, conditions, or packs of such. Null if nothing that can be computed is either of them.</summary>
    public LossNode? Select(LossNode yes, LossNode no) => (yes, no) switch
    {
        (not ReadingNode, not ReadingNode) => Choose(yes, no),
        (ConditionNode y, ConditionNode n) => new ConditionNode((a, b) => Choose(y.Choose(a, b), n.Choose(a, b))),
        _ when IsKnown is { } holds => holds ? yes : no,
        (PackNode y, PackNode n) when y.Names.Equals(n.Names) && y.Values.Zip(n.Values, Select).ToList() is var chosen && !chosen.Contains(null) =>
            y with { Values = new(chosen!) },
        _ => null,
    };
}
