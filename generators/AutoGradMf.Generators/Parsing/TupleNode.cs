using AutoGradMf.Generators.Symbolics.Model;

namespace AutoGradMf.Generators.Parsing;

/// <summary>Several values at once; only its elements become part of a model.</summary>
internal sealed record TupleNode(EquatableArray<LossNode> Elements) : LossNode(0, TensorKind.Scalar)
{
    public override IEnumerable<LossNode> Parts => Elements;
}
