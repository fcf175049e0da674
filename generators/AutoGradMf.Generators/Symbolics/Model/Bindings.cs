namespace AutoGradMf.Generators.Symbolics.Model;

/// <summary>What the placeholders of lambdas stand for, inside of these.</summary>
internal sealed class Bindings
{
    private readonly Bindings? _outer;
    private readonly int _lambda;
    private readonly IReadOnlyList<LossNode> _arguments;

    private Bindings(Bindings? outer, int lambda, IReadOnlyList<LossNode> arguments) => (_outer, _lambda, _arguments) = (outer, lambda, arguments);

    /// <summary>Outside of any lambda.</summary>
    public static Bindings None { get; } = new(null, 0, []);

    /// <summary>Inside the lambda of a call, whose other arguments are what its placeholders stand for.</summary>
    public Bindings Inside(LambdaNode lambda, CallNode call) => new(this, lambda.Node, [.. call.Arguments.Where(a => a is not LambdaNode)]);

    /// <summary>What a placeholder stands for, and what the placeholders in that do; null if it is none of a lambda's.</summary>
    public (LossNode Value, Bindings Bound)? Of(PlaceholderNode place)
    {
        for (var at = this; at._outer is not null; at = at._outer)
        {
            if (at._lambda == place.Node && place.Position < at._arguments.Count)
            {
                return (at._arguments[place.Position], at._outer);
            }
        }

        return null;
    }
}
