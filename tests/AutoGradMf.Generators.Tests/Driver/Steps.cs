using System.Collections;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Xunit;

namespace AutoGradMf.Generators.Tests.Driver;

/// <summary>Why the steps of a run did what they did.</summary>
internal static class Steps
{
    /// <summary>The reasons of a tracked step's outputs.</summary>
    public static IEnumerable<IncrementalStepRunReason> Reasons(GeneratorRunResult result, string step) =>
        result.TrackedSteps.TryGetValue(step, out var runs) ? runs.SelectMany(run => run.Outputs).Select(output => output.Reason) : [];

    /// <summary>Asserts that nothing was compiled or written again, and that the text is the same; only the place of a failure is looked up again.</summary>
    public static void AssertCached(GeneratorRunResult before, GeneratorRunResult after)
    {
        Assert.Null(after.Exception);
        Assert.NotEmpty(Reasons(after, LossGenerator.ModelStep));
        foreach (var step in new[] { LossGenerator.ModelStep, LossGenerator.SourceStep })
        {
            Assert.All(Reasons(after, step), reason =>
                Assert.True(reason is IncrementalStepRunReason.Unchanged or IncrementalStepRunReason.Cached, $"{step} is {reason}."));
        }

        foreach (var output in after.TrackedOutputSteps.SelectMany(s => s.Value).SelectMany(run => run.Outputs))
        {
            var (texts, diagnostics) = Written(output.Value);
            if (diagnostics.Any())
            {
                Assert.Empty(texts);
            }
            else
            {
                Assert.Equal(IncrementalStepRunReason.Cached, output.Reason);
            }
        }

        Assert.Equal(Texts(before), Texts(after));
    }

    /// <summary>What an output step wrote: Roslyn tells it as a tuple of the two.</summary>
    private static (IEnumerable<object> Texts, IEnumerable<Diagnostic> Diagnostics) Written(object output)
    {
        var both = (ITuple)output;
        return (((IEnumerable)both[0]!).Cast<object>(), (IEnumerable<Diagnostic>)both[1]!);
    }

    private static IEnumerable<string> Texts(GeneratorRunResult result) => result.GeneratedSources.Select(s => s.SourceText.ToString());
}
