using System.Text;
using AutoGradMf.Generators.Symbolics.Expressions;

namespace AutoGradMf.Generators.Emission;

/// <summary>Writes lines at an indentation, none wider than a page if it can be broken; every line ends in a line feed, on every machine.</summary>
internal sealed class SourceWriter
{
    private const int Width = 140;
    private readonly StringBuilder _text = new();
    private int _depth;

    /// <exception cref="Symbolics.Model.LossException">That is more than a loss may take.</exception>
    public void Line(string line = "")
    {
        // Documentation is XML, which has lines of its own, and a directive is one line.
        if (line.Length <= Width - (4 * _depth) || line.StartsWith("///", StringComparison.Ordinal) || line.StartsWith("#", StringComparison.Ordinal))
        {
            Verbatim(line);
            return;
        }

        foreach (var part in WrappedLine.Of(line, Width - (4 * _depth), line.StartsWith("//", StringComparison.Ordinal) ? "//     " : "    "))
        {
            Verbatim(part);
        }
    }

    /// <summary>A line as it is, however wide: one of a text.</summary>
    /// <exception cref="Symbolics.Model.LossException">That is more than a loss may take.</exception>
    public void Verbatim(string line)
    {
        if (line.Length > 0)
        {
            _text.Append(' ', 4 * _depth).Append(line);
        }

        _text.Append('\n');
        SymbolicBudget.RequireLength(_text.Length);
    }

    /// <summary>Several lines, each at the indentation.</summary>
    public void Lines(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            Line(line);
        }
    }

    /// <summary>A header and a block in braces.</summary>
    public void Block(string header, Action body, string end = "}")
    {
        Line(header);
        Line("{");
        _depth++;
        body();
        _depth--;
        Line(end);
    }

    /// <summary>Lines one level further in.</summary>
    public void Indented(Action body)
    {
        _depth++;
        body();
        _depth--;
    }

    public override string ToString() => _text.ToString();
}
