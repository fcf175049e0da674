using System.Globalization;
using AutoGradMf.Generators.Symbolics.Model;

namespace AutoGradMf.Generators.Parsing;

/// <summary>Several values under their names: the elements of a tuple, an array or a collection by their places, the members of an object by theirs.</summary>
/// <param name="Names">What they are called.</param>
/// <param name="Values">What they are.</param>
/// <param name="Places">How many of them, from the first, are taken out of it in order.</param>
internal sealed record PackNode(EquatableArray<string> Names, EquatableArray<LossNode> Values, int Places) : ReadingNode
{
    public override IEnumerable<LossNode> Parts => Values;

    /// <summary>Values that have places and no names.</summary>
    public static PackNode InOrder(IReadOnlyCollection<LossNode> values) => 
        new(new(values.Select((_, place) => place.ToString(CultureInfo.InvariantCulture))), new(values), values.Count);

    /// <summary>The value of a member; null if it has none.</summary>
    public LossNode? this[string name] => Names.Zip(Values, (n, v) => (n, v)).FirstOrDefault(member => member.n == name).v;

    /// <summary>The value at a place; null if it has no such place.</summary>
    public LossNode? this[int place] => place >= 0 && place < Places ? Values[place] : null;

    /// <summary>The same with another value for a member.</summary>
    public PackNode With(string name, LossNode value) => Names.Contains(name)
        ? this with { Values = new(Names.Zip(Values, (n, v) => n == name ? value : v)) }
        : new(new(Names.Append(name)), new(Values.Append(value)), Places);
}
