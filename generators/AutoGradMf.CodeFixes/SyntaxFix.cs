using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace AutoGradMf.CodeFixes;

/// <summary>A fix that replaces one piece of syntax by another.</summary>
public abstract class SyntaxFix : CodeFixProvider
{
    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        var semantics = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        if (root is null || semantics is null)
        {
            return;
        }

        foreach (var diagnostic in context.Diagnostics)
        {
            foreach (var offer in Offers(root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true), diagnostic, semantics))
            {
                context.RegisterCodeFix(
                    CodeAction.Create(
                        offer.Title,
                        _ => Task.FromResult(context.Document.WithSyntaxRoot(root.ReplaceNode(offer.Old, offer.New))),
                        equivalenceKey: $"{GetType().Name}: {offer.Key}"),
                    diagnostic);
            }
        }
    }

    /// <summary>What can be done about a diagnostic at a node; nothing if the syntax is not as expected.</summary>
    private protected abstract IEnumerable<Offer> Offers(SyntaxNode node, Diagnostic diagnostic, SemanticModel semantics);

    /// <summary>A replacement.</summary>
    /// <param name="Title">As the editor's menu shows it.</param>
    /// <param name="Key">Equal for offers that may be taken together.</param>
    /// <param name="Old">What is replaced.</param>
    /// <param name="New">What by.</param>
    private protected sealed record Offer(string Title, string Key, SyntaxNode Old, SyntaxNode New);
}
