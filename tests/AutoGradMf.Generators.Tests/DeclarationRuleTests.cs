using AutoGradMf.Generators.Tests.Driver;
using Microsoft.CodeAnalysis.CSharp;
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
    [InlineData("public partial class LModel { [Loss] public static double [|L|]([Factor] Matrix<double> U) => Sum(U); }", "a generated type 'LModel' in 'LModel', which is called so itself; rename one")]
    [InlineData("public partial class LObjective<T> { [Loss] public static double [|L|]([Factor] Matrix<double> U) => Sum(U); }", "a generated type 'LObjective' in 'LObjective', which is called so itself; rename one")]
    [InlineData("public partial class Losses<LTrainer> { [EntryLoss] public static double [|L|](double x, double r) => Square(x - r); }", "a generated type 'LTrainer' in 'Losses', which has a type parameter of that name; rename one")]
    public void AGMF0006_is_reported_where_the_type_around_has_a_generated_name(string source, string says) => Assert.Contains(
        says, Assert.Single(Reported("using AutoGradMf; using static AutoGradMf.LossMath; " + source, "AGMF0006")), StringComparison.Ordinal);

    [Theory]
    [InlineData("[Loss] static double [|L|]([Factor] Matrix<double> U) => Sum(U);")]
    [InlineData("[EntryLoss] static double [|L|](double x, double r) => Square(x - r);")]
    public void AGMF0006_is_reported_of_a_local_function(string function)
    {
        var source = MarkedSource.Parse(InLosses($"public static void M() {{ {function} }}"));
        var error = Assert.Single(new UserProject(source.Text).GenerateOnce().AnalyzerDiagnostics);
        Assert.Equal(("AGMF0006", source.Spans.Single()), (error.Id, error.Location.SourceSpan));
        Assert.Contains("'L' is a local function, for which no types can be generated; make it a static method of a partial class", error.GetMessage(null), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[Loss] public static double operator [|+|](Losses a, Losses b) => 1;", "'operator +' is an operator")]
    [InlineData("[Loss] public static explicit operator [|double|](Losses a) => 1;", "'explicit operator double' is an operator")]
    [InlineData("[EntryLoss] public static double operator [|-|](Losses a) => 1;", "'operator -' is an operator")]
    [InlineData("public static double Half { [Loss] [|get|] => 0.5; }", "'Half' is an accessor")]
    [InlineData("[Loss] ~[|Losses|]() { }", "'~Losses' is a finalizer")]
    public void AGMF0006_says_what_it_is_of_what_is_no_method(string member, string says)
    {
        var source = MarkedSource.Parse("using AutoGradMf; public partial class Losses { " + member + " }");
        var error = Assert.Single(new UserProject(source.Text).GenerateOnce().AnalyzerDiagnostics);
        Assert.Equal(("AGMF0006", source.Spans.Single()), (error.Id, error.Location.SourceSpan));
        Assert.Contains(says + ", for which no types can be generated; make it a static method of a partial class", error.GetMessage(null), StringComparison.Ordinal);
    }

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

    [Theory]
    [InlineData("static virtual double [|L|]([Factor] Matrix<double> U) => Sum(U);", "neither virtual nor abstract")]
    [InlineData("static abstract double [|L|]([Factor] Matrix<double> U);", "neither virtual nor abstract")]
    [InlineData("[System.Runtime.InteropServices.UnmanagedCallersOnly] static double [|L|]([Factor] double x) => x * x;", "let a method with that attribute call it")]
    public void AGMF0006_is_reported_of_what_generated_code_cannot_call(string method, string says)
    {
        var source = MarkedSource.Parse($"using AutoGradMf; using static AutoGradMf.LossMath; public partial interface ILosses {{ [Loss] {method} }}");
        var run = new UserProject(source.Text).Generate();
        var error = Assert.Single(run.AnalyzerDiagnostics);
        Assert.Equal(("AGMF0006", source.Spans.Single()), (error.Id, error.Location.SourceSpan));
        Assert.Contains(says, error.GetMessage(null), StringComparison.Ordinal);
        Assert.Empty(run.CompilerDiagnostics);
    }

    [Fact]
    public void AGMF0006_is_reported_of_an_explicit_implementation() => Assert.Contains(
        "give it a name of its own",
        Assert.Single(Reported(
            "using AutoGradMf; using static AutoGradMf.LossMath; interface ILosses { static abstract double L(Matrix<double> U); } "
                + "public partial class Losses : ILosses { [Loss] static double ILosses.[|L|]([Factor] Matrix<double> U) => Sum(U); }",
            "AGMF0006")),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("extension(string name) { [Loss] public static double [|L|]([Factor] Matrix<double> U) => Sum(Square(U)); }")]
    [InlineData("extension(double delta) { [EntryLoss] public double [|L|](double x, double r) => delta * Square(x - r); }")]
    public void AGMF0006_is_reported_in_an_extension(string extension)
    {
        var source = MarkedSource.Parse(InLosses(extension));
        var run = new UserProject(source.Text) { Language = LanguageVersion.Preview }.GenerateOnce();
        var error = Assert.Single(run.AnalyzerDiagnostics);
        Assert.Equal(("AGMF0006", source.Spans.Single()), (error.Id, error.Location.SourceSpan));
        Assert.Contains("is a member of an extension", error.GetMessage(null), StringComparison.Ordinal);
        Assert.Empty(run.CompilerDiagnostics);
    }

    [Theory]
    [InlineData("(double, double)", "(Sum(U), Sum(U))")]
    [InlineData("double[]", "[Sum(U)]")]
    [InlineData("Part", "new(Sum(U))")]
    [InlineData("bool", "Sum(U) > 1")]
    [InlineData("Func<double>", "() => Sum(U)")]
    [InlineData("string", "\"a\"")]
    public void AGMF0006_is_all_that_is_reported_of_another_return_type(string type, string body) => Assert.Contains(
        "must return double, and returns",
        Assert.Single(Reported(InLosses($"[Loss] public static {type} [|L|]([Factor] Matrix<double> U) => {body}; public record Part(double X);"), "AGMF0006")),
        StringComparison.Ordinal);

    [Theory]
    [InlineData(LanguageVersion.CSharp9, "9.0")]
    [InlineData(LanguageVersion.CSharp12, "12.0")]
    public void AGMF0006_is_all_that_is_reported_where_the_language_is_too_old(LanguageVersion version, string named)
    {
        var source = MarkedSource.Parse("using AutoGradMf; using static AutoGradMf.LossMath; namespace Films { public static partial class Losses { "
            + "[Loss] public static double [|L|]([Factor] Matrix<double> U, SparseMatrix<double> R, double reg) => reg * Sum(Square(U)) + Sum(R); "
            + "public static LObjective<double> Of(SparseMatrix<double> R) => new LObjective<double>(R, 0.5, 2); } }");
        var run = new UserProject(source.Text) { Language = version }.Generate();
        var error = Assert.Single(run.AnalyzerDiagnostics);
        Assert.Equal(("AGMF0006", source.Spans.Single()), (error.Id, error.Location.SourceSpan));
        Assert.Contains($"needs C# 13.0 or later for what is generated of it, and its project is compiled as C# {named}; set <LangVersion>", error.GetMessage(null), StringComparison.Ordinal);
        Assert.Empty(run.CompilerDiagnostics);
    }

    [Theory]
    [InlineData("public static class [|Losses|] { § }")]
    [InlineData("public static class [|Outer|] { public static partial class A { § } public static partial class B { § } }")]
    public void AGMF0002_is_reported_once_of_a_type_that_holds_several_losses(string types) => Reported(
        "using AutoGradMf; using static AutoGradMf.LossMath; " + types.Replace(
            "§", "[Loss] public static double L([Factor] Matrix<double> U) => Sum(Square(U)); [Loss] public static double K([Factor] Matrix<double> U) => Sum(Square(U));", StringComparison.Ordinal),
        "AGMF0002");

    [Fact]
    public void AGMF0002_is_reported_also_where_the_first_loss_can_have_no_types() => Reported(
        "using AutoGradMf; using static AutoGradMf.LossMath; interface ILoss { static abstract double K(Matrix<double> U); } class [|Losses|] : ILoss { [Loss] static double ILoss.[|K|]([Factor] Matrix<double> U) => Sum(U); [Loss] public static double L([Factor] Matrix<double> U) => Sum(U); }",
        "AGMF0002", "AGMF0006");

    [Theory]
    [InlineData("L", "is one of two losses of that name in 'Losses', whose generated types would have one name; rename one")]
    [InlineData("l", "and the loss 'L' of 'Losses' have names so alike")]
    public void AGMF0006_tells_equal_names_from_names_that_are_alike(string name, string says) => Assert.Contains(
        says,
        Assert.Single(Reported(InLosses($"[Loss] public static double L([Factor] Matrix<double> U) => Sum(U); [Loss] public static double [|{name}|]([Factor] ColumnVector<double> U) => Sum(U);"), "AGMF0006")),
        StringComparison.Ordinal);

    [Fact]
    public void AGMF0006_is_reported_once_for_each_thing() => Reported(
        "using AutoGradMf; public partial class Losses { [Loss] public static float [|L|]([Factor] Matrix<float> [|U|]) => U[0, 0]; }",
        "AGMF0006", "AGMF0006");

    [Fact]
    public void AGMF0006_is_reported_in_a_type_that_other_files_do_not_see() => Reported(
        "using AutoGradMf; using static AutoGradMf.LossMath; file static partial class Losses { [Loss] public static double [|L|]([Factor] Matrix<double> U) => Sum(Square(U)); }",
        "AGMF0006");

    [Fact]
    public void AGMF0006_asks_for_no_factor_of_the_loss_of_an_entry_that_is_marked_as_both() => Reported(
        InLosses("[Loss, EntryLoss] public static double [|L|](double x, double r) => Square(x - r);"), "AGMF0006");

    [Fact]
    public void AGMF0006_is_all_that_is_said_of_a_shape_with_one_size_of_two() => Reported(
        InLosses("[Loss] public static double L([Factor] Matrix<double> U, [Factor] Matrix<double> V, [[|Shape(\"k\")|]] SparseMatrix<double> S) => Sum(Square(U * V.T - S));"),
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
