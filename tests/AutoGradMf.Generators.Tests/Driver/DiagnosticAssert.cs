using Xunit;

namespace AutoGradMf.Generators.Tests.Driver;

/// <summary>Asserts what is reported, and where.</summary>
internal static class DiagnosticAssert
{
    /// <summary>A source file whose class <c>Losses</c> has the given members.</summary>
    public static string InLosses(string members) =>
        "using System; using AutoGradMf; using static AutoGradMf.LossMath; public static partial class Losses { " + members + " }";

    /// <summary>Asserts that the analyzers report these rules at the marked places, and nobody anything else. Returns the messages.</summary>
    public static IReadOnlyList<string> Reported(string marked, params string[] rules) => Reported(marked, [], rules);

    /// <summary>The same beside these errors of the compiler.</summary>
    public static IReadOnlyList<string> Reported(string marked, string[] ofCompiler, string[] rules)
    {
        var source = MarkedSource.Parse(marked);
        var run = new UserProject(source.Text).Generate();
        Assert.Equal(ofCompiler, run.CompilerDiagnostics.Select(d => d.Id));
        Assert.Empty(run.GeneratorDiagnostics);
        Assert.Equal(
            rules.Zip(source.Spans, (rule, span) => $"{rule} at {source.Text[span.Start..span.End]}"),
            run.AnalyzerDiagnostics.Select(d => $"{d.Id} at {source.Text[d.Location.SourceSpan.Start..d.Location.SourceSpan.End]}"));
        Assert.Equal(rules.Length, source.Spans.Count);
        return [.. run.AnalyzerDiagnostics.Select(d => d.GetMessage(null))];
    }
}
