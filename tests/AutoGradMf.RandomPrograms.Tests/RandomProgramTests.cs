using AutoGradMf.RandomPrograms.Tests.Compiling;
using Xunit;
using Xunit.Abstractions;

namespace AutoGradMf.RandomPrograms.Tests;

/// <summary>Random losses of the whole language, generated, compiled and run.</summary>
public class RandomProgramTests(ITestOutputHelper output)
{
    private static RandomProgramRun Run => RandomProgramRun.Instance.Value;

    [Fact]
    public void Generated_code_compiles_and_runs() => AssertNone(FailureKind.GeneratorFailed, FailureKind.DoesNotCompile, FailureKind.Throws);

    [Fact]
    public void Values_are_those_of_the_loss() => AssertNone(FailureKind.WrongValue);

    [Fact]
    public void Gradients_are_those_of_differences_of_the_loss() => AssertNone(FailureKind.WrongGradient);

    [Fact]
    public void Hessian_vector_products_are_those_of_differences_of_the_gradient() => AssertNone(FailureKind.WrongHessianVectorProduct);

    [Fact]
    public void Few_losses_are_refused()
    {
        var refused = Run.Results.Count(r => r.Verdict.Failure?.Kind == FailureKind.Refused);
        var report = $"{refused} of {Run.Results.Count}:\n{Run.Refusals()}";
        output.WriteLine(report);
        Assert.True(refused <= 0.1 * Run.Results.Count, report);
    }

    [Fact]
    public void Most_losses_are_compared_along_some_direction_and_to_second_order()
    {
        var accepted = Run.Results.Where(r => r.Verdict.Failure is null).ToArray();
        Assert.True(accepted.Count(r => r.Verdict.Directions > 0) > 0.7 * accepted.Length, "Most gradients are nearly zero, or at a kink.");
        Assert.True(accepted.Count(r => r.Verdict.HasHessian) > 0.7 * accepted.Length, "Most losses have no Hessian-vector product, or are at a kink.");
    }

    [Fact]
    public void Floats_compute_what_doubles_do() => AssertNone(FailureKind.WrongInFloat);

    [Fact]
    public void All_of_the_language_occurs_in_losses_that_are_right()
    {
        var used = Run.Results.Where(r => r.Verdict.Failure is null).SelectMany(r => r.Verdict.Used).ToHashSet(StringComparer.Ordinal);
        output.WriteLine("Overloads that do not occur:\n" + string.Join("\n", Run.Language.Except(used).Order(StringComparer.Ordinal)));
        static string Name(string overload) => overload.Split('(')[0].Split("``")[0];
        var missing = Run.Language.Select(Name).Except(used.Select(Name)).Order(StringComparer.Ordinal).ToArray();
        Assert.True(missing.Length == 0, string.Join("\n", missing));
    }

    [Fact]
    public void Losses_are_as_deep_as_they_may_be() =>
        Assert.Contains(RandomProgramRun.LargestDepth, Run.Results.Where(r => r.Verdict.Failure is null).Select(r => r.Program.Body.Depth));

    private static void AssertNone(params FailureKind[] kinds)
    {
        var report = Run.Report(kinds);
        Assert.True(report.Length == 0, report);
    }
}
