using AutoGradMf.Generators.Symbolics.Model;
using Microsoft.CodeAnalysis;

namespace AutoGradMf.Generators.Parsing;

/// <summary>What parsing found: the model that crosses into the pipeline, and for the analyzer what is wrong and where things stand.</summary>
/// <param name="Model">The loss; without a body if that cannot be read.</param>
/// <param name="CanGenerate">Whether the surrounding type can take generated members at all.</param>
/// <param name="Diagnostics">What is wrong with it.</param>
/// <param name="Locations">Where each numbered sub-expression stands.</param>
/// <param name="IsRead">Whether the whole body could be read.</param>
/// <param name="Predictions">The marked methods that the body calls.</param>
internal sealed record ParsedLoss(
    LossModel Model, bool CanGenerate, IReadOnlyList<Diagnostic> Diagnostics, IReadOnlyList<Location> Locations, bool IsRead, IReadOnlyCollection<ISymbol> Predictions)
{
    /// <summary>What the generator generates from, without a body if there are errors; null if it can generate nothing.</summary>
    public LossModel? Generated => !CanGenerate ? null
        : Diagnostics.Any(d => d.Severity == DiagnosticSeverity.Error) ? Model with { Body = null, Functions = default }
        : Model;

    /// <summary>How many characters of an expression a message has room for.</summary>
    private const int MostQuoted = 120;

    /// <summary>What the user wrote of an expression, in one line and without comments; what is no operation has the name that the loss gives it.</summary>
    public string Quote(LossNode node)
    {
        if (node is not CallNode { Node: > 0 } || Locations[node.Node] is not { SourceTree: { } tree, SourceSpan: var span })
        {
            return LossText.Brief(node);
        }

        var tokens = tree.GetRoot().DescendantTokens(span).Where(t => span.Contains(t.Span)).ToList();
        var text = string.Concat(tokens.Select((t, place) => place == 0 || tokens[place - 1].Span.End == t.SpanStart ? t.Text : " " + t.Text));
        return text.Length <= MostQuoted ? text : text[..MostQuoted] + "…";
    }
}
