using AutoGradMf.RandomPrograms.Tests.Compiling;
using Xunit;

namespace AutoGradMf.RandomPrograms.Tests;

/// <summary>Random losses of the whole language, generated, compiled and run.</summary>
public class RandomProgramTests
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
        Assert.True(refused <= 0.02 * Run.Results.Count, $"{refused} of {Run.Results.Count}:\n{Run.Report(FailureKind.Refused)}");
    }

    private static void AssertNone(params FailureKind[] kinds)
    {
        var report = Run.Report(kinds);
        Assert.True(report.Length == 0, report);
    }
}
