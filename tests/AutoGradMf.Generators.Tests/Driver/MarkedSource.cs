using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace AutoGradMf.Generators.Tests.Driver;

/// <summary>A source in which <c>[|what a diagnostic is about|]</c> is marked.</summary>
internal sealed record MarkedSource(string Text, IReadOnlyList<TextSpan> Spans)
{
    /// <summary>Takes the marks out; marks may stand within marks.</summary>
    public static MarkedSource Parse(string marked)
    {
        var text = new StringBuilder();
        var open = new Stack<int>();
        var spans = new List<TextSpan>();
        for (var i = 0; i < marked.Length; i++)
        {
            switch (marked.AsSpan(i))
            {
                case ['[', '|', ..]:
                    open.Push(text.Length);
                    i++;
                    break;
                case ['|', ']', ..]:
                    spans.Add(TextSpan.FromBounds(open.Pop(), text.Length));
                    i++;
                    break;
                default:
                    text.Append(marked[i]);
                    break;
            }
        }

        return new(text.ToString(), [.. spans.Order()]);
    }
}
