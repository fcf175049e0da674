using AutoGradMf.Generators.Diagnostics;
using AutoGradMf.Generators.Parsing;
using AutoGradMf.Generators.Symbolics.Checks;
using AutoGradMf.Generators.Tests.Driver;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;
using static AutoGradMf.Generators.Tests.Driver.DiagnosticAssert;

namespace AutoGradMf.Generators.Tests;

/// <summary>AGMF9999: a failure of the generator or the analyzer names its loss and spares the others.</summary>
public class FailureTests
{
    [Fact]
    public void AGMF9999_names_the_loss_and_the_failure_and_spares_the_other_losses()
    {
        var project = new UserProject("namespace Shop; " + InLosses(
            "[Loss] public static double A([Factor] Matrix<double> U) => Sum(U); [Loss] public static double B([Factor] Matrix<double> U) => Sum(U);"))
        {
            Emit = model => model.Name == "A" && model.Body is not null
                ? throw new InvalidOperationException("Something is wrong inside.")
                : Emission.LossEmitter.Emit(model),
        };

        var run = project.Generate();

        var failure = Assert.Single(run.GeneratorDiagnostics);
        Assert.Equal("AGMF9999", failure.Id);
        Assert.Contains("the loss 'Shop.Losses.A', ", failure.GetMessage(null), StringComparison.Ordinal);
        Assert.Contains("InvalidOperationException: Something is wrong inside.", failure.GetMessage(null), StringComparison.Ordinal);
        Assert.Empty(run.CompilerDiagnostics);
        Assert.Contains("A has errors", run.Generated["Shop.Losses.A.g.cs"], StringComparison.Ordinal);
        Assert.DoesNotContain("has errors", run.Generated["Shop.Losses.B.g.cs"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task AGMF9999_is_reported_at_the_loss_whose_review_fails()
    {
        var source = MarkedSource.Parse(InLosses(
            "[Loss] public static double [|A|]([Factor] Matrix<double> U) => Sum(U); [Loss] public static double B([Factor] Matrix<double> U) => Sum(U);"));
        var analyzer = new LossAnalyzer(LossMarks.Read, model => model.Name == "A" ? throw new InvalidOperationException("Something is wrong inside.") : LossReview.Of(model));
        var output = new UserProject(source.Text).Generate().Output.WithAnalyzers([analyzer]);
        var failure = Assert.Single(await output.GetAnalyzerDiagnosticsAsync());
        Assert.Equal(("AGMF9999", source.Spans.Single()), (failure.Id, failure.Location.SourceSpan));
        Assert.Contains("the loss 'Losses.A', ", failure.GetMessage(null), StringComparison.Ordinal);
        Assert.Contains("InvalidOperationException: Something is wrong inside.", failure.GetMessage(null), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AGMF9999_is_reported_by_both_at_the_loss_whose_reading_fails_and_spares_the_other_losses()
    {
        static ParsedLoss Read(IMethodSymbol method, Compilation compilation, CancellationToken cancellation) => method.Name == "A"
            ? throw new InvalidOperationException("Something is wrong inside.")
            : LossMarks.Read(method, compilation, cancellation);
        var source = MarkedSource.Parse("namespace Shop; " + InLosses(
            "[Loss] public static double [|A|]([Factor] Matrix<double> U) => Sum(U); [EntryLoss] public static double B(double x, double r) => Square(x - r);"));

        var run = new UserProject(source.Text) { Read = Read }.Generate();
        var analyzed = await run.Output.WithAnalyzers([new LossAnalyzer(Read, LossReview.Of)]).GetAnalyzerDiagnosticsAsync();

        var (generator, analyzer) = (Assert.Single(run.GeneratorDiagnostics), Assert.Single(analyzed));
        Assert.All([generator, analyzer], failure =>
        {
            Assert.Equal("AGMF9999", failure.Id);
            Assert.Contains("the loss 'Shop.Losses.A', ", failure.GetMessage(null), StringComparison.Ordinal);
            Assert.Contains("InvalidOperationException: Something is wrong inside.", failure.GetMessage(null), StringComparison.Ordinal);
        });
        Assert.Equal(source.Spans.Single(), analyzer.Location.SourceSpan);
        Assert.Equal(["Shop.Losses.B.g.cs"], run.Generated.Keys);
    }

    [Fact]
    public void A_cancellation_is_no_failure() => Assert.Throws<OperationCanceledException>(
        () => InternalFailure.Guard<string>(() => throw new OperationCanceledException(), failure => failure));
}
