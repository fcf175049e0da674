using AutoGradMf.Generators.Diagnostics;
using AutoGradMf.Generators.Parsing;
using AutoGradMf.Generators.Symbolics.Checks;
using AutoGradMf.Generators.Symbolics.Model;
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
        var source = MarkedSource.Parse("namespace Shop; " + InLosses(
            "[Loss] public static double [|A|]([Factor] Matrix<double> U) => Sum(U); [Loss] public static double B([Factor] Matrix<double> U) => Sum(U);"));
        var project = new UserProject(source.Text) { Emit = EmitAllButA };

        var run = project.Generate();

        var failure = Assert.Single(run.GeneratorDiagnostics);
        Assert.Equal(("AGMF9999", source.Spans.Single()), (failure.Id, failure.Location.SourceSpan));
        Assert.Contains("the loss 'Shop.Losses.A', ", failure.GetMessage(null), StringComparison.Ordinal);
        Assert.Contains("InvalidOperationException: Something is wrong inside.", failure.GetMessage(null), StringComparison.Ordinal);
        Assert.Empty(run.CompilerDiagnostics);
        Assert.Contains("A has errors", run.Generated["Shop.Losses.A.g.cs"], StringComparison.Ordinal);
        Assert.DoesNotContain("has errors", run.Generated["Shop.Losses.B.g.cs"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task AGMF9999_is_reported_once_for_a_loss_whose_review_fails_as_what_is_generated_does()
    {
        var run = new UserProject(InLosses("[Loss] public static double A([Factor] Matrix<double> U) => Sum(U);")) { Emit = EmitAllButA }.Generate();
        var analyzer = new LossAnalyzer(LossMarks.Read, (_, _) => throw new InvalidOperationException("Something is wrong inside."), EmitAllButA);
        Assert.Empty(await run.Output.WithAnalyzers([analyzer]).GetAnalyzerDiagnosticsAsync());
        Assert.Equal("AGMF9999", Assert.Single(run.GeneratorDiagnostics).Id);
    }

    [Fact]
    public async Task AGMF9999_is_reported_at_the_loss_of_which_the_review_alone_fails()
    {
        var source = MarkedSource.Parse(InLosses(
            "[Loss] public static double [|A|]([Factor] Matrix<double> U) => Sum(U); [Loss] public static double B([Factor] Matrix<double> U) => Sum(U);"));
        var analyzer = new LossAnalyzer(LossMarks.Read, (model, quote) => model.Name == "A" ? throw new InvalidOperationException("Something is wrong inside.") : LossReview.Of(model, quote), Emission.LossEmitter.Emit);
        var output = new UserProject(source.Text).Generate().Output.WithAnalyzers([analyzer]);
        var failure = Assert.Single(await output.GetAnalyzerDiagnosticsAsync());
        Assert.Equal(("AGMF9999", source.Spans.Single()), (failure.Id, failure.Location.SourceSpan));
        Assert.Contains("the loss 'Losses.A', ", failure.GetMessage(null), StringComparison.Ordinal);
        Assert.Contains("InvalidOperationException: Something is wrong inside.", failure.GetMessage(null), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AGMF9999_is_reported_once_at_the_loss_whose_reading_fails_and_spares_the_other_losses()
    {
        static ParsedLoss Read(IMethodSymbol method, Compilation compilation, CancellationToken cancellation) => method.Name == "A"
            ? throw new InvalidOperationException("Something is wrong inside.")
            : LossMarks.Read(method, compilation, cancellation);
        var source = MarkedSource.Parse("namespace Shop; " + InLosses(
            "[Loss] public static double [|A|]([Factor] Matrix<double> U) => Sum(U); [EntryLoss] public static double B(double x, double r) => Square(x - r);"));

        var run = new UserProject(source.Text) { Read = Read }.Generate();
        var analyzed = await run.Output.WithAnalyzers([new LossAnalyzer(Read, LossReview.Of, Emission.LossEmitter.Emit)]).GetAnalyzerDiagnosticsAsync();

        Assert.Empty(analyzed);
        var failure = Assert.Single(run.GeneratorDiagnostics);
        Assert.Equal(("AGMF9999", source.Spans.Single()), (failure.Id, failure.Location.SourceSpan));
        Assert.Contains("the loss 'Shop.Losses.A', ", failure.GetMessage(null), StringComparison.Ordinal);
        Assert.Contains("InvalidOperationException: Something is wrong inside.", failure.GetMessage(null), StringComparison.Ordinal);
        Assert.Equal(["Shop.Losses.B.g.cs"], run.Generated.Keys);
    }

    [Theory]
    [InlineData("", "AGMF9999")]
    [InlineData(" static double Broken() => Missing;")]
    public async Task AGMF9999_is_reported_at_a_loss_that_is_not_read_where_nothing_says_why(string beside, params string[] reported)
    {
        static ParsedLoss Read(IMethodSymbol method, Compilation compilation, CancellationToken cancellation) =>
            LossMarks.Read(method, compilation, cancellation) is var parsed && method.Name == "A" ? parsed with { Model = parsed.Model with { Body = null } } : parsed;
        var source = MarkedSource.Parse(InLosses(
            "[Loss] public static double [|A|]([Factor] Matrix<double> U) => Sum(U); [Loss] public static double B([Factor] Matrix<double> U) => Sum(U);" + beside));

        var output = new UserProject(source.Text) { Read = Read }.Generate().Output;
        var analyzed = await output.WithAnalyzers([new LossAnalyzer(Read, LossReview.Of, Emission.LossEmitter.Emit)]).GetAnalyzerDiagnosticsAsync();

        Assert.Equal(reported, analyzed.Select(d => d.Id));
        Assert.All(analyzed, d => Assert.Equal(source.Spans.Single(), d.Location.SourceSpan));
        Assert.All(analyzed, d => Assert.Contains("the loss 'Losses.A', ", d.GetMessage(null), StringComparison.Ordinal));
    }

    [Fact]
    public void The_place_of_a_failure_moves_with_the_loss()
    {
        var source = MarkedSource.Parse(InLosses("[Loss] public static double [|A|]([Factor] Matrix<double> U) => Sum(U);"));
        var project = new UserProject(source.Text) { Emit = EmitAllButA };
        var (_, after) = project.Edit(p => p with { Files = ["\n" + source.Text] });
        Assert.Equal(source.Spans.Single().Start + 1, Assert.Single(after.Diagnostics).Location.SourceSpan.Start);
    }

    private static string EmitAllButA(LossModel model) => model.Name == "A" && model.Body is not null
        ? throw new InvalidOperationException("Something is wrong inside.")
        : Emission.LossEmitter.Emit(model);

    [Fact]
    public void A_cancellation_is_no_failure() => Assert.Throws<OperationCanceledException>(
        () => InternalFailure.Guard<string>(() => throw new OperationCanceledException(), failure => failure));
}
