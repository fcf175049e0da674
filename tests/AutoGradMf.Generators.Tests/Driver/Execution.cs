using System.Reflection;
using AutoGradMf.Objectives;
using Xunit;

namespace AutoGradMf.Generators.Tests.Driver;

/// <summary>Runs what was generated: the compiled project is loaded and its objective compared with the user's own method.</summary>
internal static class Execution
{
    /// <summary>The objectives that the project's <c>Probe.Objectives()</c> returns.</summary>
    public static IObjective<double>[] Objectives(this GeneratorRun run)
    {
        using var image = new MemoryStream();
        Assert.True(run.Output.Emit(image).Success);
        return (IObjective<double>[])Assembly.Load(image.ToArray()).GetType("Probe")!.GetMethod("Objectives")!.Invoke(null, null)!;
    }

    /// <summary>Runs them.</summary>
    public static void AssertRight(this GeneratorRun run) => Assert.All(run.Objectives(), AssertRight);

    /// <summary>Asserts that value and gradient are those of the user's method and of its central differences, at a random point.</summary>
    private static void AssertRight(IObjective<double> objective)
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
