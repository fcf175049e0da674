using AutoGradMf.CodeFixes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AutoGradMf.Generators.Tests.Driver;

/// <summary>Applies code fixes to source text, as an editor would.</summary>
internal static class FixedSource
{
    /// <summary>The source after each fix that is offered for the first diagnostic of a rule, by the title of the fix.</summary>
    public static async Task<IReadOnlyList<(string Title, string Text)>> Of(string source, string rule)
    {
        using var workspace = new AdhocWorkspace();
        var document = workspace
            .AddProject(ProjectInfo.Create(
                ProjectId.CreateNewId(), VersionStamp.Default, "UserProject", "UserProject", LanguageNames.CSharp,
                compilationOptions: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary),
                metadataReferences: UserProject.References))
            .AddDocument("Losses.cs", source);
        var compilation = (await document.Project.GetCompilationAsync())!;
        var diagnostics = await compilation.WithAnalyzers(GeneratorRun.Analyzers).GetAnalyzerDiagnosticsAsync();
        var diagnostic = diagnostics.Where(d => d.Id == rule).MinBy(d => d.Location.SourceSpan)!;

        var actions = new List<CodeAction>();
        foreach (var provider in Providers().Where(p => p.FixableDiagnosticIds.Contains(rule)))
        {
            await provider.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), default));
        }

        var results = new List<(string, string)>();
        foreach (var action in actions)
        {
            var applied = (await action.GetOperationsAsync(default)).OfType<ApplyChangesOperation>().Single();
            results.Add((action.Title, (await applied.ChangedSolution.GetDocument(document.Id)!.GetTextAsync()).ToString()));
        }

        return results;
    }

    private static IEnumerable<CodeFixProvider> Providers() => typeof(SyntaxFix).Assembly.GetTypes()
        .Where(t => t.IsSubclassOf(typeof(CodeFixProvider)) && !t.IsAbstract)
        .Select(t => (CodeFixProvider)Activator.CreateInstance(t)!);
}
