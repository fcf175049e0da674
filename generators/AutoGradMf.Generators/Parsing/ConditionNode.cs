using AutoGradMf.Generators.Symbolics.Model;

namespace AutoGradMf.Generators.Parsing;

/// <summary>A condition, as the choice that it makes between two values; only what is chosen becomes part of a model.</summary>
internal sealed record ConditionNode(Func<LossNode, LossNode, LossNode> Choose) : LossNode(0, TensorKind.Scalar)
{
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

    /// <summary>One of two values: numbers, conditions, or tuples of such.</summary>
    public LossNode Select(LossNode yes, LossNode no) => (yes, no) switch
    {
        (ConditionNode y, ConditionNode n) => new ConditionNode((a, b) => Choose(y.Choose(a, b), n.Choose(a, b))),
        (TupleNode y, TupleNode n) => new TupleNode(new(y.Elements.Zip(n.Elements, Select))),
        _ => Choose(yes, no),
    };
}
