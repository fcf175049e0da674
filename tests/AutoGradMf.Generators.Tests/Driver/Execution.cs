using System.Reflection;
using AutoGradMf.Objectives;
using Xunit;

namespace AutoGradMf.Generators.Tests.Driver;

/// <summary>Runs what was generated: the compiled project is loaded and its objective compared with the user's own method.</summary>
internal static class Execution
{
    /// <summary>The objective that the project's <c>Probe.Objective()</c> returns.</summary>
    public static IObjective<double> Objective(this GeneratorRun run)
    {
        using var image = new MemoryStream();
        Assert.Empty(run.Output.Emit(image).Diagnostics.Where(d => d.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error));
        return (IObjective<double>)Assembly.Load(image.ToArray()).GetType("Probe")!.GetMethod("Objective")!.Invoke(null, null)!;
    }

    /// <summary>Asserts that value and gradient are those of the user's method and of its central differences, at a random point.</summary>
    public static void AssertRight(this IObjective<double> objective)
    {
        var random = new Random(7);
        var at = new Parameters<double>(objective.Layout);
        foreach (ref var value in at.Values)
        {
            value = random.NextDouble() - 0.3;
        }

        var check = GradientCheck.Value(objective, at);
        Assert.True(check.LargestRelativeError < 1e-12, $"{check}");
        Assert.All(GradientCheck.Coordinates(objective, at), c => Assert.True(c.LargestRelativeError < 1e-6, $"{c}"));
    }
}
