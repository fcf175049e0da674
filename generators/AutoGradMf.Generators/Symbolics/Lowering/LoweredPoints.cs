using AutoGradMf.Generators.Symbolics.Expressions;

namespace AutoGradMf.Generators.Symbolics.Lowering;

/// <summary>
/// What expressions at the points of a loop have become, with a leaf for each operand of it: what several results have in common, as the factors'
/// parts of a gradient do, is lowered once.
/// </summary>
internal sealed class LoweredPoints
{
    private readonly Dictionary<string, Leaf> _places = new(StringComparer.Ordinal);
    private readonly Dictionary<Leaf, (int Number, LoopInput Input)> _inputs = new(SameExpression.Instance);

    /// <summary>What each expression has become.</summary>
    public Dictionary<Expression, Expression> Known { get; } = [];

    /// <summary>The leaf of an operand.</summary>
    public Leaf Place(LoopInput input, bool isOverNorm)
    {
        var key = input.Key;
        if (!_places.TryGetValue(key, out var place))
        {
            _places[key] = place = new(new Tensor($"?{_places.Count}", TensorRole.Computed, default) { IsOverNorm = isOverNorm }, []);
            _inputs[place] = (_inputs.Count, input);
        }

        return place;
    }

    /// <summary>The operands in a lowered expression, in the order in which they were met.</summary>
    public IReadOnlyList<(LoopInput Input, Leaf Place)> InputsOf(Expression lowered) => [.. lowered.SelfAndDescendants().OfType<Leaf>()
        .Select(place => (_inputs[place].Number, _inputs[place].Input, Place: place))
        .OrderBy(operand => operand.Number)
        .Select(operand => (operand.Input, operand.Place))];
}
