using AutoGradMf.Generators.Tests.Driver;
using Microsoft.CodeAnalysis;
using Xunit;
using static AutoGradMf.Generators.Tests.Driver.DiagnosticAssert;

namespace AutoGradMf.Generators.Tests;

/// <summary>Functions of the user's own that declare their derivatives: what form they have, what they may be called, and what their attributes tell callers.</summary>
public class OwnFunctionTests
{
    private const string Probe =
        " public static class Probe { public static AutoGradMf.Objectives.IObjective<double>[] Objectives() => [new Losses.LObjective<double>(3, 2)]; }";

    private const string Overloads =
        "[Partial(\"x\", \"2 * x\")] public static double Over(double x) => x * x; "
        + "[Partial(\"x\", \"y * Over(x)\"), Partial(\"y\", \"x * x * x / 3\")] public static double Over(double x, double y) => x * x * x * y / 3; "
        + "[Partial(\"x\", \"Over(y, z)\"), Partial(\"y\", \"x * z * Over(y)\"), Partial(\"z\", \"x * Over(y, 1)\")] public static double Over(double x, double y, double z) => x * Over(y, z); ";

    [Theory]
    [InlineData("Sum(Map(U, x => Over(x) + Over(x, 3)))")]
    [InlineData("Sum(Map(U, x => Over(x, 3) + Over(x)))")]
    [InlineData("Over(Sum(U), Sum(Map(U, Over)), 2) + Sum(Map(U, x => Over(x, 3, x) * Over(2)))")]
    public void Overloads_of_a_function_have_derivatives_of_their_own(string body) => new UserProject(
        InLosses(Overloads + $"[Loss] public static double L([Factor] Matrix<double> U) => {body};") + Probe).Run().AssertRight();

    [Theory]
    [InlineData("x < 0 ? -1 : 2 * x", "x < 0 ? -x : x * x")]
    [InlineData("(x > 0) ? 2 * x : -1", "x > 0 ? x * x : -x")]
    [InlineData("x <= 0 ? -1 : x <= 1 ? 2 * x : 2", "x < 0 ? -x : x < 1 ? x * x : 2 * x - 1")]
    [InlineData("x >= 0 ? 2 * x : 3 * (x >= -1 ? 1 : x * x)", "x >= 0 ? x * x : x >= -1 ? 3 * x : x * x * x - 2")]
    public void A_derivative_may_be_a_choice_by_a_comparison(string rule, string value) => new UserProject(
        InLosses($"[Partial(\"x\", \"{rule}\")] public static double F(double x) => {value}; [Loss] public static double L([Factor] Matrix<double> U) => Sum(Map(U, F));") + Probe)
        .Run().AssertRight();

    [Theory]
    [InlineData("x < 0 && x > -1 ? 1 : x")]
    [InlineData("x == 0 ? 1 : x")]
    public void AGMF0014_is_reported_where_a_derivative_is_a_choice_by_anything_else(string rule) => Assert.Contains(
        "choices by one comparison",
        Assert.Single(Reported(InLosses($"[Loss] public static double L([Factor] Matrix<double> U) => Sum(U); [Partial(\"x\", [|\"{rule}\"|])] public static double F(double x) => x;"), "AGMF0014")),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("public static T [|F|]<T>(T x) => x;", "is generic")]
    [InlineData("public static double [|F|](Matrix<double> x) => Sum(x);", "takes 'AutoGradMf.Matrix<double> x'")]
    [InlineData("public static Matrix<double> [|F|](double x) => new(new double[1, 1]);", "returns AutoGradMf.Matrix<double>")]
    [InlineData("public static double [|F|](ref double x) => x;", "takes 'ref double x'")]
    [InlineData("public static double [|F|](in double x) => x;", "takes 'in double x'")]
    [InlineData("public static double [|F|](int x) => x;", "takes 'int x'")]
    [InlineData("public static float [|F|](double x) => 1;", "returns float")]
    [InlineData("public static double [|F|](double x, double y, double z, double w) => x;", "has 4 parameters")]
    public void AGMF0014_is_reported_where_a_function_has_a_form_that_generated_code_cannot_call(string method, string message) => Assert.Contains(
        message, Assert.Single(Reported(InLosses("[Loss] public static double L([Factor] Matrix<double> U) => Sum(U); [Partial(\"x\", \"1\")] " + method), "AGMF0014")), StringComparison.Ordinal);

    [Theory]
    [InlineData("Sum(Map(U, x => F(x, 1)))", "", "[Partial(\"x\", \"1\")] public static double [|F|](double x, int n) => Math.Ceiling(x) * n;")]
    [InlineData("Sum(Map(U, F)) + F(Sum(U))", "", "[Partial(\"x\", \"1\")] public static T [|F|]<T>(T x) => x;")]
    [InlineData("Sum(Map(U, new Maker().F)) + new Maker().F(2)", " public class Maker { [Partial(\"x\", \"1\")] public double [|F|](double x) => Math.Ceiling(x); }", "")]
    [InlineData("Sum(Map(U, G<int>.F))", " public static class G<T> { [Partial(\"x\", \"1\")] public static double [|F|](double x) => Math.Ceiling(x); }", "")]
    [InlineData("Of<S>(Sum(U))", " public interface IHas { [Partial(\"x\", \"1\")] static abstract double [|F|](double x); } public struct S : IHas { public static double F(double x) => x; }", "private static double Of<T>(double x) where T : IHas => T.F(x);")]
    public void AGMF0014_is_all_that_is_reported_where_a_loss_calls_such_a_function(string body, string types, string members) => Reported(
        InLosses(members + $"[Loss] public static double L([Factor] Matrix<double> U) => {body};") + types, "AGMF0014");

    [Fact]
    public void AGMF0014_is_reported_where_a_rule_nests_too_deeply() => Assert.Contains("it nests too deeply", Assert.Single(Reported(
        InLosses($"[Loss] public static double L([Factor] Matrix<double> U) => Sum(U); [Partial(\"x\", [|\"{string.Join(" + ", Enumerable.Repeat("x", 1000))}\"|])] public static double F(double x) => 500 * x * x;"), "AGMF0014")), StringComparison.Ordinal);

    [Fact]
    public void AGMF0014_is_reported_at_a_local_function() => Assert.Contains("is a local function", Assert.Single(Reported(
        InLosses("[Loss] public static double L([Factor] Matrix<double> U) { [Partial(\"x\", \"1\")] static double [|F|](double x) => Math.Ceiling(x); return Sum(Map(U, F)) + F(2); }"), "AGMF0014")), StringComparison.Ordinal);

    [Theory]
    [InlineData("[Obsolete]")]
    [InlineData("[Obsolete(\"Take \\\"M\\\".\\n\")]")]
    [InlineData("[Obsolete(\"Take \\\"the masked loss of the observed entries\\\", which is the same and is \\\"faster by far\\\" where there are only few entries, as is usual.\\\\\")]")]
    [InlineData("[Obsolete(\"Take M.\", true)]")]
    [InlineData("[Obsolete(\"Take M.\", DiagnosticId = \"X2\", UrlFormat = \"https://example.org/{0}\")]")]
    [InlineData("[System.Diagnostics.CodeAnalysis.Experimental(\"X1\")]")]
    public void What_a_loss_tells_its_callers_holds_of_what_is_generated(string attribute)
    {
        var run = new UserProject(InLosses(
            $"[Loss, {attribute[1..^1]}] public static double L([Factor] Matrix<double> U, Matrix<double> R) => Sum(Square(U - R)); "
            + $"{attribute} [EntryLoss] public static double E(double x, double r) => Square(x - r);")).Run();
        var told = attribute.Contains("Obsolete", StringComparison.Ordinal) ? "ObsoleteAttribute" : "ExperimentalAttribute";
        Assert.All(["LObjective", "LModel", "LTrainer", "EObjective", "EModel", "ETrainer"], name => Assert.Contains(
            run.Output.GetTypeByMetadataName($"Losses+{name}`1")!.GetAttributes(), a => a.AttributeClass!.Name == told));
    }

    [Theory]
    [InlineData("[Obsolete]", "CS0612")]
    [InlineData("[Obsolete(\"Take M.\")]", "CS0618")]
    [InlineData("[Obsolete(\"Take M.\", DiagnosticId = \"X2\")]", "X2")]
    [InlineData("[System.Diagnostics.CodeAnalysis.Experimental(\"X1\")]", "X1")]
    [InlineData("[System.Diagnostics.CodeAnalysis.Experimental(\"EXPERIMENTAL_RANKING_LOSSES_OF_TWO_WEIGHTS_AND_OF_MORE\")]", "EXPERIMENTAL_RANKING_LOSSES_OF_TWO_WEIGHTS_AND_OF_MORE")]
    public void A_warning_that_the_loss_suppresses_does_not_come_again_in_what_is_generated(string attribute, string warning)
    {
        const string square = "[Partial(\"x\", \"2 * x\")] public static double F(double x) => x * x;";
        new UserProject(
            InLosses($"\n#pragma warning disable {warning}\n[Loss] public static double L([Factor] Matrix<double> U) => Sum(Map(U, F)) * Of.Scale + Of.F(Sum(U)) * Of.Fixed;"
                + $"\n#pragma warning restore {warning}\n{attribute} {square}")
            + $" {attribute} public static class Of {{ public static readonly double Scale = double.Parse(\"2\"); public static readonly double Fixed = 2; {square} }}" + Probe).Run().AssertRight();
    }

    [Fact]
    public void A_loss_with_errors_tells_its_callers_the_same() => Assert.Contains(
        new UserProject(InLosses("[Loss, Obsolete(\"x\", true)] public static double L([Factor] Matrix<double> U) => Math.Ceiling(Sum(U));")).Generate().Output
            .GetTypeByMetadataName("Losses+LObjective`1")!.GetAttributes(),
        a => a.AttributeClass!.Name == "ObsoleteAttribute");

    [Fact]
    public void Rules_bind_to_constants_and_functions_of_the_types_around_and_to_types_by_parts_of_their_names() => new UserProject("""
        using System; using AutoGradMf; using static AutoGradMf.LossMath;
        namespace Shop.Films
        {
            public static partial class Losses
            {
                public const double Two = 2; private const int Whole = 3;
                [Partial("x", "Two * x")] public static double Outer(double x) => x * x;
                [Loss] public static double L([Factor] Matrix<double> U) => Sum(Map(U, x => Ops.Swish(x) + Ops.@checked(x)));
                public static class Ops
                {
                    private const float Gain = 0.5f;
                    [Partial("x", "Gain * x + 6 / Whole / 2 * Whole * Outer(x) * double.Pi + Losses.Two")] public static double Swish(double x) => 0.25 * x * x + x * x * x * double.Pi + 2 * x;
                    [Partial("x", "@checked(@x) * Films.Losses.Two * Shop.Other.One * global::Shop.Other.One + Other.Id(x) * Math.E - Math.E * x")] public static double @checked(double x) => Exp(2 * x);
                }
            }
        }
        namespace Shop { internal static class Other { public const double One = 1; [Partial("x", "1")] public static double Id(double x) => x; } }
        public static class Probe { public static AutoGradMf.Objectives.IObjective<double>[] Objectives() => [new Shop.Films.Losses.LObjective<double>(3, 2)]; }
        """).Run().AssertRight();

    [Fact]
    public void A_derivative_of_another_name_is_told_where_it_is_declared_alone() => DiagnosticAssert.Reported(
        InLosses("[Loss] public static double L([Factor] Matrix<double> U) => Sum(Map(U, F)) + F(Sum(U)); [Partial([|\"y\"|], \"2 * x\")] public static double F(double x) => x * x;"), "AGMF0014");

    [Theory]
    [InlineData("short")]
    [InlineData("byte")]
    [InlineData("uint")]
    public void Whole_numbers_of_all_sizes_become_doubles(string type) => new UserProject(
        InLosses($"[Loss] public static double L([Factor] Matrix<double> U) => Three() * Sum(Square(U)) + Two * Sum(U); static {type} Three() => 3; const {type} Two = 2;") + Probe).Run().AssertRight();

    [Theory]
    [InlineData("Math.Max(1, 2) * Math.Abs(-3) * Sum(U)")]
    [InlineData("Sum(U) * Math.Min(U.Rows, 2) + Math.Abs(U.Columns - 4) * Sum(Square(U))")]
    public void Functions_of_whole_numbers_are_read_as_those_of_numbers(string body) => new UserProject(
        InLosses($"[Loss] public static double L([Factor] Matrix<double> U) => {body};") + Probe).Run().AssertRight();
}
