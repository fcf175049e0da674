namespace AutoGradMf.Generators.Symbolics.Model;

/// <summary>An expression with a part of it left open, as if it could not be read: it may have any shape.</summary>
internal sealed class WithoutPart(int part)
{
    private readonly Dictionary<LossNode, LossNode> _seen = new(SameObject<LossNode>.Instance);

    public LossNode Of(LossNode value) => _seen.TryGetValue(value, out var known) ? known : _seen[value] = value switch
    {
        CallNode call when call.Node == part => new UnknownNode(call.Node, call.Kind, "", new([])),
        CallNode call => new CallNode(call.Node, call.Kind, call.Function, new(call.Arguments.Select(Of))),
        LambdaNode lambda => new LambdaNode(lambda.Node, lambda.Arity, Of(lambda.Body)),
        SizeNode size => new SizeNode(size.Node, Of(size.Tensor), size.OfRows),
        _ => value,
    };
}
