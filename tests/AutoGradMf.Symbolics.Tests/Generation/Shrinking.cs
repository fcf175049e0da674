using AutoGradMf.Generators.Symbolics.Model;
using AutoGradMf.Symbolics.Tests.Interpretation;

namespace AutoGradMf.Symbolics.Tests.Generation;

/// <summary>Finds the smallest loss that still does something: sub-expressions are replaced by what is in them, or by a parameter.</summary>
internal static class Shrinking
{
    private static readonly Point Shapes = new(Vocabulary.Parameters, Vocabulary.Sizes[0], 0);

    public static LossNode Shrink(LossNode loss, Func<LossNode, bool> stillDoes)
    {
        while (Smaller(loss).OrderBy(Size).FirstOrDefault(stillDoes) is { } smaller)
        {
            loss = smaller;
        }

        return loss;
    }

    private static IEnumerable<LossNode> Smaller(LossNode node)
    {
        var shape = ShapeOf(node);
        var replacements = Descendants(node)
            .Concat(Vocabulary.Parameters.Select(p => (LossNode)p.Node))
            .Append(new NumberNode(0, 2))
            .Where(r => Size(r) < Size(node) && ShapeOf(r) == shape);
        foreach (var replacement in replacements)
        {
            yield return replacement;
        }

        if (node is CallNode call)
        {
            for (var a = 0; a < call.Arguments.Count; a++)
            {
                foreach (var smaller in Smaller(call.Arguments[a]))
                {
                    yield return new CallNode(call.Node, call.Kind, call.Function, new(call.Arguments.Select((old, place) => place == a ? smaller : old)));
                }
            }
        }
    }

    public static int Size(LossNode node) => 1 + (node is CallNode call ? call.Arguments.Sum(Size) : 0);

    private static IEnumerable<LossNode> Descendants(LossNode node) =>
        node is CallNode call ? call.Arguments.SelectMany(a => Descendants(a).Prepend(a)) : [];

    private static (int, int) ShapeOf(LossNode node)
    {
        var array = LossInterpreter.Array(node, Shapes);
        return (array.Rows, array.Columns);
    }
}
