using AutoGradMf.Generators.Tests.Driver;
using Xunit;
using static AutoGradMf.Generators.Tests.Driver.DiagnosticAssert;

namespace AutoGradMf.Generators.Tests;

/// <summary>AGMF0007 and AGMF0019: methods that call themselves, and functions that generated code cannot reach.</summary>
public class CallRuleTests
{
    [Fact]
    public void AGMF0007_is_reported_at_the_call_that_closes_the_circle() => Reported(
        InLosses("[Loss] public static double L([Factor] Matrix<double> U) => Even(U); "
            + "private static double Even(Matrix<double> x) => Odd(x); private static double Odd(Matrix<double> x) => [|Even(x)|];"),
        "AGMF0007");

    [Theory]
    [InlineData("double Deep(double x) => x > 0 ? Sum(Map(U, [|Deep|])) : x;")]
    [InlineData("double Deep(double x) => Other(x); double Other(double x) => Sum(Map(U, [|Deep|])) + x;")]
    public void AGMF0007_is_reported_where_a_method_maps_itself(string local) => Reported(
        InLosses($"[Loss] public static double L([Factor] Matrix<double> U) {{ {local} return Sum(Map(U, Deep)); }}"), "AGMF0007");

    [Fact]
    public void AGMF0007_names_a_property_as_it_is_written() => Assert.StartsWith("'Rate' calls itself", Assert.Single(Reported(
        InLosses("[Loss] public static double L([Factor] Matrix<double> U) => Rate * Sum(U); private static double Rate => [|Rate|] + 1;"), "AGMF0007")), StringComparison.Ordinal);

    [Fact]
    public void AGMF0007_is_not_reported_for_a_method_that_is_called_twice() => Reported(
        InLosses("[Loss] public static double L([Factor] Matrix<double> U) => Ridge(U) + Ridge(U + U); private static double Ridge(Matrix<double> x) => Sum(Square(x));"));

    [Theory]
    [InlineData("Foreign.Twice(U)")]
    [InlineData("Sum(Map(U, Foreign.Hidden))")]
    [InlineData("[|Foreign.Open(1)|] * Sum(U)")]
    public void AGMF0019_is_reported_where_generated_code_would_call_a_private_function_of_another_type(string body)
    {
        var source = InLosses($"[Loss] public static double L([Factor] Matrix<double> U) => {body.Replace("Foreign.Hidden", "Foreign.Of", StringComparison.Ordinal)};")
            + " internal static class Foreign { "
            + $"public static double Twice(Matrix<double> U) => Sum(U) * {(body.Contains("Twice", StringComparison.Ordinal) ? "[|Bump(2)|]" : "2")}; "
            + $"public static double Of(double x) => {(body.Contains("Hidden", StringComparison.Ordinal) ? "[|Bump(x)|]" : "x")}; "
            + "[Partial(\"x\", \"Bump(x)\")] public static double Open(double x) => Math.Exp(x); "
            + "[Partial(\"x\", \"Bump(x)\")] private static double Bump(double x) => Math.Exp(x); }";
        Assert.Contains("cannot reach 'Foreign.Bump'", Assert.Single(Reported(source, "AGMF0019")), StringComparison.Ordinal);
    }

    [Fact]
    public void AGMF0019_is_reported_where_generated_code_would_call_a_function_of_a_file_local_type()
    {
        var messages = Reported(
            InLosses("[Loss] public static double L([Factor] Matrix<double> U) => Sum(Map(U, [|Hidden.Op|])) + [|Hidden.Op(Sum(U))|] + Sum(Map(U, Hidden.Cube)); ")
                + " file static class Hidden { [Partial(\"x\", \"2 * x\")] public static double Op(double x) => x * x; public static double Cube(double x) => x * x * x; }",
            "AGMF0019", "AGMF0019");
        Assert.All(messages, message => Assert.Contains("cannot reach 'Hidden.Op', which is not accessible there; drop the modifier 'file' of its type", message, StringComparison.Ordinal));
    }

    [Fact]
    public void AGMF0019_is_reported_at_every_call() => Reported(
        "using AutoGradMf; using static AutoGradMf.LossMath; public static partial class Losses { "
            + "[Loss] public static double L([Factor] Matrix<double> U) => Sum(Map(U, x => Foreign.One(x) + Foreign.Other(x) + [|Foreign.Open(x)|] + [|Foreign.Open(2 * x)|])); }"
            + " internal static class Foreign { public static double One(double x) => [|Bump(x)|]; public static double Other(double x) => [|Bump(x)|] * [|Bump(-x)|];"
            + " [Partial(\"x\", \"Bump(x)\")] public static double Open(double x) => x; [Partial(\"x\", \"Bump(x)\")] private static double Bump(double x) => x; }",
        "AGMF0019", "AGMF0019", "AGMF0019", "AGMF0019", "AGMF0019");

    [Fact]
    public void A_private_constant_of_another_type_is_read_and_not_named() => new UserProject(
        InLosses("[Loss] public static double L([Factor] Matrix<double> U) => Foreign.Scaled(U);")
            + " internal static class Foreign { private const double Half = 0.5; private static readonly double Quarter = Half / 2;"
            + " public static double Scaled(Matrix<double> x) => Half * Quarter * Sum(Square(x)); }").Run();

    [Theory]
    [InlineData("[|b.F(Sum(U))|]", "Base.F")]
    [InlineData("Sum(U) * [|b.P|]", "Base.P")]
    [InlineData("Sum(U) * [|b[2]|]", "Base.this[]")]
    [InlineData("Sum(Map(U, [|b.F|]))", "Base.F")]
    [InlineData("Sum(Map(U, x => [|b.Is(x)|] ? x : x * x))", "Base.Is")]
    [InlineData("[|m.F(Sum(U))|]", "Middle.F")]
    [InlineData("[|s.F(Sum(U))|]", "IShape.F")]
    [InlineData("[|s.A(Sum(U))|]", "IShape.A")]
    public void AGMF0008_is_reported_where_an_override_may_run_in_place_of_what_is_called(string body, string called) => Assert.Contains(
        $"cannot see into '{called}'", Assert.Single(Reported(WithOverrides(body), "AGMF0008")), StringComparison.Ordinal);

    [Theory]
    [InlineData("l.F(Sum(U)) + Sum(Map(U, l.F)) + l.P")]
    [InlineData("m.P * Sum(U) + o.F(Sum(U)) + new Middle().F(Sum(U)) + (new Base().Is(Sum(U)) ? Sum(U) : 1)")]
    [InlineData("s.G(Sum(U)) + Sum(Map(U, new Shape().F)) + Shape.S(Sum(U)) + Of<Shape>(Sum(U))")]
    [InlineData("Of<Round>(Sum(U)) + Of<Oval>(Sum(U)) + Sum(Map(U, Of<Round>)) + Twice<Round>(Sum(U))")]
    public void What_nothing_can_override_is_read(string body) => new UserProject(
        WithOverrides(body) + " public static class Probe { public static AutoGradMf.Objectives.IObjective<double>[] Objectives() => [new Losses.LObjective<double>(3, 2)]; }").Run().AssertRight();

    private static string WithOverrides(string body) => InLosses(
        $"[Loss] public static double L([Factor] Matrix<double> U) => {body}; private static double Of<T>(double x) where T : IShape => T.S(x); private static double Twice<T>(double x) where T : IShape => 2 * Of<T>(x); "
        + "private static readonly Base b = new Middle(); private static readonly Middle m = new Open(); private static readonly Last l = new(); "
        + "private static readonly Open o = new(); private static readonly IShape s = new Shape();")
        + " public class Base { public virtual double F(double x) => x * x; public virtual double P => 2; public virtual bool Is(double x) => x > 0; "
        + "public virtual double this[double x] => x; public double Twice(double x) => 2 * x; }"
        + " public class Middle : Base { public override double F(double x) => x * x * x; public sealed override double P => 5; }"
        + " public sealed class Last : Middle { public override double F(double x) => 3 * x * x * x; }"
        + " public class Open : Middle { public new double F(double x) => 7 * x; }"
        + " public interface IShape { double F(double x) => x * x; sealed double G(double x) => 2 * x; static virtual double S(double x) => x; double A(double x); }"
        + " public sealed class Round : IShape { public double A(double x) => x; } public class Oval : IShape { public double A(double x) => x; static double IShape.S(double x) => 5 * x; }"
        + " public sealed class Shape : IShape { public double F(double x) => x * x * x; public double A(double x) => x; public static double S(double x) => 2 * x; }";
}
