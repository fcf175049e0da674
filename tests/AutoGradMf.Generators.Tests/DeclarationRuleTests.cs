using AutoGradMf.Generators.Tests.Driver;
using Xunit;
using static AutoGradMf.Generators.Tests.Driver.DiagnosticAssert;

namespace AutoGradMf.Generators.Tests;

/// <summary>AGMF0002 and AGMF0006: losses that are declared wrongly.</summary>
public class DeclarationRuleTests
{
    [Theory]
    [InlineData("public static class [|Losses|]", "")]
    [InlineData("public static class [|Outer|] { public static partial class Losses", "}")]
    [InlineData("public static class [|Outer|] { public static class [|Losses|]", "}")]
    public void AGMF0002_is_reported_at_each_type_that_is_not_partial(string opening, string closing)
    {
        var source = $"using AutoGradMf; using static AutoGradMf.LossMath; {opening} {{ [Loss] public static double L([Factor] Matrix<double> U) => Sum(Square(U)); }} {closing}";
        Reported(source, [.. MarkedSource.Parse(source).Spans.Select(_ => "AGMF0002")]);
    }

    [Theory]
    [InlineData("public partial interface ILosses<in T> { [Loss] static double [|L|]([Factor] Matrix<double> U) => Sum(U); }", "with 'in T' no types can be generated; drop the modifier 'in', or move")]
    [InlineData("public partial interface ILosses<T, out S> { [EntryLoss] static double [|L|](double x, double r) => Square(x - r); }", "with 'out S' no types can be generated; drop the modifier 'out', or move")]
    public void AGMF0006_is_reported_of_an_interface_that_can_have_no_types(string source, string says) => Assert.Contains(
        says, Assert.Single(Reported("using AutoGradMf; using static AutoGradMf.LossMath; " + source, "AGMF0006")), StringComparison.Ordinal);

    [Theory]
    [InlineData("public static int [|L|]([Factor] Matrix<double> U) => 1;")]
    [InlineData("public static Matrix<double> [|L|]([Factor] Matrix<double> U) => U;")]
    [InlineData("public double [|L|]([Factor] Matrix<double> U) => Sum(U);")]
    [InlineData("public static double [|L|]<T>([Factor] Matrix<double> U) => Sum(U);")]
    [InlineData("public static ref double [|L|]([Factor] Matrix<double> U) => throw null!;")]
    [InlineData("public static double [|L|](Matrix<double> U) => Sum(U);")]
    [InlineData("public static double [|L|]() => 1;")]
    [InlineData("public static double L([Factor] Matrix<double> U, int [|count|]) => Sum(U);")]
    [InlineData("public static double L([Factor] Matrix<double> U, Matrix<float> [|R|]) => Sum(U);")]
    [InlineData("public static double L([Factor] Matrix<double> U, in double [|reg|]) => Sum(U);")]
    [InlineData("public static double L([Factor] Matrix<double> U, [Factor] SparseMatrix<double> [|S|]) => Sum(U);")]
    [InlineData("public static double L([Factor] Matrix<double> U, [Factor] IndexVector [|i|]) => Sum(U[i]);")]
    [InlineData("public static double L([Factor] Matrix<double> U, ref Matrix<double> [|V|]) => Sum(U * V.T);")]
    [InlineData("public static double L([Factor] Matrix<double> U, [Factor] in ColumnVector<double> [|b|]) => Sum(U * b);")]
    [InlineData("public static double L([Factor] Matrix<double> U) => Sum(U); [Loss] public static double [|L|]([Factor] ColumnVector<double> U) => Sum(U);")]
    [InlineData("public static double L([Factor] Matrix<double> U) => Sum(U); [Loss] public static double [|l|]([Factor] ColumnVector<double> U) => Sum(U);")]
    [InlineData("public static double [|L|]([Factor] Matrix<double> U) => Sum(U); public sealed class LObjective<T>;")]
    [InlineData("public static double [|L|]([Factor] Matrix<double> U) => Sum(U); private interface LTrainer<T>;")]
    [InlineData("public static double [|L|]([Factor] Matrix<double> U) => Sum(U); public static int LModel => 1;")]
    [InlineData("[EntryLoss] public static double [|L|](double x, double r) => Square(x - r);")]
    public void AGMF0006_is_reported_at_what_is_declared_wrongly(string method)
    {
        var source = "using AutoGradMf; using static AutoGradMf.LossMath; public partial class Losses { [Loss] " + method + " }";
        var reported = MarkedSource.Parse(source);
        var run = new UserProject(reported.Text).Generate();
        Assert.Contains(run.AnalyzerDiagnostics, d => d.Id == "AGMF0006" && d.Location.SourceSpan == reported.Spans.Single());
        Assert.DoesNotContain(run.AnalyzerDiagnostics, d => d.Id is "AD0001" or "AGMF9999");
        Assert.Empty(run.CompilerDiagnostics);
    }

    [Theory]
    [InlineData("[|L|](double x)", "must take the prediction, the rating and any hyperparameters")]
    [InlineData("L(Matrix<double> [|x|], double r, double delta)", "must take the prediction, the rating and any hyperparameters")]
    [InlineData("L(double x, double r, int [|delta|])", "must take the prediction, the rating and any hyperparameters")]
    [InlineData("L([Factor] double [|x|], double r, double delta)", "so 'x' is none; drop [Factor]")]
    [InlineData("L(double [|x|], double r, double delta)", "does not depend on the prediction, its first parameter 'x'")]
    public void AGMF0006_is_reported_at_a_parameter_that_the_loss_of_an_entry_cannot_have_or_does_not_use(string declared, string says) => Assert.Contains(
        says,
        Assert.Single(Reported(InLosses($"[EntryLoss] public static double {declared} => 1.5;"), "AGMF0006")),
        StringComparison.Ordinal);

    [Fact]
    public void AGMF0006_is_reported_once_for_each_thing() => Reported(
        "using AutoGradMf; public partial class Losses { [Loss] public static float [|L|]([Factor] Matrix<float> [|U|]) => U[0, 0]; }",
        "AGMF0006", "AGMF0006");

    [Fact]
    public void AGMF0006_is_reported_in_a_type_that_other_files_do_not_see() => Reported(
        "using AutoGradMf; using static AutoGradMf.LossMath; file static partial class Losses { [Loss] public static double [|L|]([Factor] Matrix<double> U) => Sum(Square(U)); }",
        "AGMF0006");

    [Theory]
    [InlineData("[Factor] Matrix<double> U, [[|Shape(\"k\")|]] Matrix<double> S", "a matrix has two sizes")]
    [InlineData("[Factor, [|Shape(\"\", \"k\")|]] Matrix<double> U, double S", "\"\" is no name")]
    [InlineData("[Factor] Matrix<double> U, [[|Shape(\"m\", \"n\")|]] ColumnVector<double> S", "a vector has one size")]
    [InlineData("[Factor] Matrix<double> U, [[|Shape(\"\", \"n\")|]] RowVector<double> S", "a vector has one size")]
    [InlineData("[Factor] Matrix<double> U, [[|Shape(\"m\")|]] double S", "a number has no sizes to name")]
    [InlineData("[Factor] Matrix<double> U, [[|Shape(\"k + 1\")|]] ColumnVector<double> S", "\"k + 1\" is no name")]
    [InlineData("[Factor, Shape(\"m\", \"k\")] Matrix<double> U, [Shape(columns: \"n\", rows: \"m\")] SparseMatrix<double> S, [Shape(\"m\")] ColumnVector<double> v, [Shape(\"k\")] RowVector<double> r", null)]
    public void AGMF0006_is_reported_at_a_shape_that_a_parameter_cannot_have(string parameters, string? message)
    {
        var messages = Reported(InLosses($"[Loss] public static double L({parameters}) => Sum(Square(U)){(parameters.Contains("double S", StringComparison.Ordinal) ? " + S" : " + Sum(S)")};"), message is null ? [] : ["AGMF0006"]);
        Assert.All(messages, m => Assert.Contains(message!, m, StringComparison.Ordinal));
    }
}
