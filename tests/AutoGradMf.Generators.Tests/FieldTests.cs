using AutoGradMf.Generators.Tests.Driver;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;
using static AutoGradMf.Generators.Tests.Driver.DiagnosticAssert;

namespace AutoGradMf.Generators.Tests;

/// <summary>Static readonly fields: folded where their initializers are of the language, and else read by the generated code.</summary>
public class FieldTests
{
    private const string Elsewhere = """
        using System;
        using AutoGradMf;
        using static AutoGradMf.LossMath;

        public static class Settings
        {
            public static readonly double Scale = double.Parse("0.75"), Power = Math.Min(1.5, double.Parse("2.5"));
            public static readonly int Count = int.Parse("7");
            public static readonly long Many = long.Parse("9");
            public static readonly float Single = float.Parse("0.25");
            public static double Weighted(Matrix<double> x) => Scale * Sum(Square(x)) / Count;
        }
        """;

    private const string Probe = """

        public static class Probe
        {
            public static AutoGradMf.Objectives.IObjective<double>[] Objectives() => [new Losses.LObjective<double>(
                AutoGradMf.SparseMatrix<double>.FromCoordinates(3, 4, [(0, 0, 1.0), (0, 3, 2.0), (1, 1, 3.0), (2, 3, 5.0)]), 0.25, 2)];
        }
        """;

    [Theory]
    [InlineData("Scale * Sum(Square(U)) + Sum(Square(U * M.T - R)) / Settings.Scale")]
    [InlineData("Sum(Observed(R) % Square(Scale * (U * M.T) + Offset - R)) + Settings.Weighted(M)")]
    [InlineData("Sum(Square(U) / Settings.Count) + 2 * Settings.Count * Sum(Square(M)) * Settings.Many / (Settings.Count + 1) + Settings.Single * Sum(U)")]
    [InlineData("Sum(Square(U * M.T - FillMissing(R, Scale * ColumnMeans(R)))) + Sum(Square(U * M.T - FillMissing(R, Settings.Scale * ColumnMeans(R))))")]
    [InlineData("Sum(Pow(1 + Square(U), Settings.Power)) + Sum(Map(M, x => x > Offset ? x : Scale * x)) + Math.Max(Scale, reg) * Sum(U)")]
    [InlineData("Sum(Observed(R) % Square(U * M.T - R)) + Derived * Sum(Square(U)) + @class * Sum(Square(M)) + Late * Sum(U) + Early * Sum(M)")]
    [InlineData("Sum(Square(U)) + Scale * Norm1(U) + Sum(Square(M)) + Nested.Inner<double>.Value * Norm(M)")]
    public void A_field_whose_initializer_is_not_of_the_language_is_read(string body) => new UserProject(Elsewhere, InLosses(
        $"[Loss] public static double L([Factor] Matrix<double> U, [Factor] Matrix<double> M, SparseMatrix<double> R, double reg) => {body} + 0.5 * Sum(Square(U * M.T - R)); "
        + "internal static readonly double Scale = Math.Abs(double.Parse(\"-1.25\")), Offset = Environment.ProcessorCount > 0 ? 0.125 : 0, "
        + "Derived = 2 * Scale, @class = Scale / 3, Early = Late + 1, Late; static Losses() => Late = 0.375; "
        + "private static class Nested { public static class Inner<T> { public static readonly double Value = typeof(T) == typeof(double) ? 0.5 : 2; } }") + Probe).Run().AssertRight();

    /// <summary>A property without a setter is as a field that is read-only.</summary>
    [Theory]
    [InlineData("{ get; } = 0.5;", "0.5 Σ U²")]
    [InlineData("{ get; } = 1 / 4.0;", "0.25 Σ U²")]
    [InlineData("{ get; } = Third * 3;", "0.75 Σ U²")]
    [InlineData("{ get; } = double.Parse(\"2\");", "Losses.Half Σ U²")]
    [InlineData("{ get; } = After;", "Losses.Half Σ U²")]
    [InlineData("{ get; }", "Losses.Half Σ U²")]
    [InlineData("=> 0.125;", "0.125 Σ U²")]
    [InlineData("=> Third * Third;", "0.0625 Σ U²")]
    [InlineData("{ get => 2 * Third; }", "0.5 Σ U²")]
    public void A_static_property_without_a_setter_is_its_value(string property, string head)
    {
        var run = new UserProject(InLosses(
            "[Loss] public static double L([Factor] Matrix<double> U, [Factor] Matrix<double> M, SparseMatrix<double> R, double reg) => Half * Sum(Square(U)) + reg * Sum(Square(U * M.T - R)); "
            + $"internal static double Third {{ get; }} = 0.25; internal static double Half {property} internal static double After {{ get; }} = 0.75;"
            + (property == "{ get; }" ? " static Losses() => Half = 3;" : "")) + Probe).Run();
        Assert.Contains($"L = {head}", run.TextOfL, StringComparison.Ordinal);
        run.AssertRight();
    }

    /// <summary>Initializers are computed from above to below, and static constructors after them: what a field holds is what C# makes of that.</summary>
    [Theory]
    [InlineData("internal static readonly double Half = Get(); static double Get() => After; internal static readonly double After = 3;", "Losses.Half Σ U²")]
    [InlineData("internal static readonly double Half = 1 + Get; static double Get => Twice(1); static double Twice(double x) => x * After; internal static readonly double After = 3;", "Losses.Half Σ U²")]
    [InlineData("internal static readonly double After = 3, Half = Get(); static double Get() => After;", "3 Σ U²")]
    [InlineData("internal static readonly double Half = 0.5; static Losses() { (Half, _) = (2, 3); }", "Losses.Half Σ U²")]
    [InlineData("internal static readonly double Half = 0.5; static Losses() { ref double half = ref Half; half = 2; }", "Losses.Half Σ U²")]
    [InlineData("internal static readonly double Half = 0.5; static Losses() { Set(out Half); } static void Set(out double half) => half = 2;", "Losses.Half Σ U²")]
    [InlineData("internal static readonly double Half = 0.5; static Losses() { Half += 2; }", "Losses.Half Σ U²")]
    [InlineData("internal static readonly double Half = 0.5, Other = Half = 3;", "Losses.Half Σ U²")]
    [InlineData("internal static readonly double Half = 0.5; static readonly int Set = Fill(out Half); static int Fill(out double half) { half = 3; return 1; }", "Losses.Half Σ U²")]
    [InlineData("internal static readonly double Half = 0.5; static double Other { get; } = Half++;", "Losses.Half Σ U²")]
    [InlineData("internal static readonly double Half = 0.5; static readonly int Set = (Fill(out Half)); static int Fill(out double half) { half = 3; return 1; }", "Losses.Half Σ U²")]
    [InlineData("internal static readonly double Half = 0.5; static double Other { get; } = checked(Half++);", "Losses.Half Σ U²")]
    [InlineData("static readonly double Other = (0.25); private static readonly double Half = checked(2 * Other);", "0.5 Σ U²")]
    [InlineData("internal static readonly double Half = 0.5; static event Action? Filled = Fill(out Half); static Action Fill(out double half) { half = 3; return () => Filled?.Invoke(); }", "Losses.Half Σ U²")]
    [InlineData("internal static readonly double Half = 2 * Other.Of; internal static class Other { internal static readonly double Of = 0.75; internal static event Action? Read = Reading(Half); static Action? Reading(double half) => half > 0 ? Read : null; }", "Losses.Half Σ U²")]
    [InlineData("internal static readonly double Half = Settings.Of; static class Settings { static readonly Tagged<int[]> Value = new(0.5); internal static double Of => Value.Number; } readonly record struct Tagged<T>(double Number);", "0.5 Σ U²")]
    [InlineData("static readonly Tagged<System.Collections.Generic.List<int>> Value = new(0.25); internal static double Half => Value.Number; record Tagged<T>(double Number) { public static readonly T[] All = []; public T Of(T x) => x; }", "0.25 Σ U²")]
    [InlineData("static readonly (double A, double B) Both = (0.5, 2); internal static readonly double Half = Both.A, Other = Both.B + Math.Abs(Half); static readonly double[] All = [Half, Half > 0 ? Half : 1];", "0.5 Σ U²")]
    [InlineData("internal static readonly double Half = 0.5, Other; static Losses() { double half = Half; Other = Half + Math.Abs(Half) + half; }", "0.5 Σ U²")]
    [InlineData("internal static readonly double Before = 0.5, Half = 2 * Before; static Losses() { Before = 3; }", "Losses.Half Σ U²")]
    [InlineData("internal static readonly double Half = 1 + Cycle.Of; internal static class Cycle { internal static readonly double Of = 1 + Half; }", "Losses.Half Σ U²")]
    [InlineData("internal static readonly double Half = 2 * Cycle.Of; internal static readonly double After = 0.75; internal static class Cycle { internal static readonly double Of = After; }", "Losses.Half Σ U²")]
    [InlineData("internal static readonly double Half = 2 * Other.Of; static class Other { internal static readonly double Of = Third.Of; } static class Third { internal static readonly double Of = 0.75; }", "1.5 Σ U²")]
    [InlineData("static readonly Func<double, double> Twice = x => 2 * x; internal static readonly double Half = Of(2); static double Of(double x) => Twice(x) * After; internal static readonly double After = 0.75;", "Losses.Half Σ U²")]
    [InlineData("internal static double Half => Twice(0.5); static readonly Func<double, double> Twice = x => x * After; internal static readonly double After = 0.75;", "0.375 Σ U²")]
    public void An_initializer_sees_what_is_initialized_before_it(string members, string head)
    {
        var run = new UserProject(InLosses(
            "[Loss] public static double L([Factor] Matrix<double> U, [Factor] Matrix<double> M, SparseMatrix<double> R, double reg) => Half * Sum(Square(U)) + reg * Sum(Square(U * M.T - R)); "
            + members) + Probe).Run();
        Assert.Contains($"L = {head}", run.TextOfL, StringComparison.Ordinal);
        run.AssertRight();
    }

    [Fact]
    public void A_field_of_another_assembly_is_read()
    {
        var library = CSharpCompilation.Create(
            "Library", [CSharpSyntaxTree.ParseText(Elsewhere)], UserProject.References, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        var generated = new UserProject(InLosses("[Loss] public static double L([Factor] Matrix<double> U) => Settings.Scale * Sum(Square(U));"))
        {
            Further = [library.ToMetadataReference()],
        }.Run().TextOfL;
        Assert.Contains("L = Settings.Scale Σ U²", generated, StringComparison.Ordinal);
        Assert.Contains("global::Settings.Scale", generated, StringComparison.Ordinal);
    }

    [Fact]
    public void Fields_of_one_name_are_told_apart() => new UserProject(
        InLosses(
            "[Loss] public static double L([Factor] Matrix<double> U, SparseMatrix<double> R, double reg) => A.Settings.Scale * Sum(Square(U)) "
            + "+ B.Settings.Scale * Sum(U) + Scale * reg * Sum(U) + Sum(Square(U * U.T - R)); private static readonly double Scale = double.Parse(\"3\");")
        + " namespace A { internal static class Settings { public static readonly double Scale = double.Parse(\"0.5\"); } }"
        + " namespace B { internal static class Settings { internal static readonly double Scale = double.Parse(\"2.5\"); } }"
        + Probe.Replace("3, 4, [", "4, 4, [", StringComparison.Ordinal)).Run().AssertRight();

    [Fact]
    public void A_field_of_a_generic_type_around_the_loss_is_read_with_its_own_arguments()
    {
        var run = new UserProject(
            """
            using AutoGradMf;
            using static AutoGradMf.LossMath;

            public static partial class Outer<T>
            {
                internal static readonly double Scale = typeof(T) == typeof(int) ? 0.5 : double.Parse("1.5");

                public static partial class Losses
                {
                    [Loss] public static double L([Factor] Matrix<double> U) => Scale * Sum(Square(U)) + Sum(U);
                }
            }

            public static class Probe
            {
                public static AutoGradMf.Objectives.IObjective<double>[] Objectives() => [new Outer<int>.Losses.LObjective<double>(3, 2), new Outer<string>.Losses.LObjective<double>(3, 2)];
            }
            """).Run();
        run.AssertRight();
        Assert.Contains("global::Outer<T>.Scale", run.Generated["Outer-1.Losses.L.g.cs"], StringComparison.Ordinal);
    }

    [Fact]
    public void A_field_of_a_type_with_a_hidden_parameter_has_no_name_in_generated_code() => Assert.Contains(
        "its type has a type parameter that generated code does not have",
        Assert.Single(Reported(
            "using AutoGradMf; using static AutoGradMf.LossMath;\n#pragma warning disable CS0693\npublic static partial class Outer<T> { public static partial class Losses<T> { "
            + "internal static readonly double Scale = double.Parse(\"2\"); [Loss] public static double L([Factor] Matrix<double> U) => [|Scale|] * Sum(Square(U)); } }",
            "AGMF0001")),
        StringComparison.Ordinal);

    [Fact]
    public void A_prediction_reads_fields()
    {
        var run = new UserProject(InLosses(
            "[Loss] public static double L([Factor] Matrix<double> U, [Factor] Matrix<double> M, SparseMatrix<double> R) => Sum(Observed(R) % Square(Predicted(U, M) - R)); "
            + "[Prediction] private static Matrix<double> Predicted(Matrix<double> U, Matrix<double> M) => Scale * (U * M.T) + Count; "
            + "private static readonly double Scale = double.Parse(\"0.5\"); private static readonly int Count = int.Parse(\"3\");")).Run();
        Assert.Contains("IRatingModel", run.TextOfL, StringComparison.Ordinal);
    }

    [Fact]
    public void A_norm_weighted_by_a_field_has_a_proximal_step() => Assert.Contains("IProximal", new UserProject(InLosses(
        "[Loss] public static double L([Factor] Matrix<double> U) => Sum(Square(U)) + Weight * Norm1(U); private static readonly double Weight = double.Parse(\"0.5\");"))
        .Run().TextOfL, StringComparison.Ordinal);

    [Theory]
    [InlineData("private static readonly double Scale", "make it internal or public")]
    [InlineData("internal static readonly double Scale", "drop the modifier 'file' of its type")]
    public void AGMF0019_is_reported_where_generated_code_would_read_a_field_that_it_cannot_reach(string field, string advice)
    {
        var message = Assert.Single(Reported(
            InLosses("[Loss] public static double L([Factor] Matrix<double> U) => Foreign.Scaled(U);")
                + (advice.Contains("file", StringComparison.Ordinal) ? " file" : " internal") + " static class Foreign { " + field + " = double.Parse(\"2\"); "
                + "public static double Scaled(Matrix<double> x) => [|Scale|] * Sum(Square(x)); }",
            "AGMF0019"));
        Assert.Contains("cannot reach 'Foreign.Scale', which is not accessible there; " + advice, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Sum([|P|] * U)", "an objective is made with its matrices and vectors; pass it as a parameter")]
    [InlineData("Sum([|b|] % U) + Dot([|R|], [|R|])", "an objective is made with its matrices and vectors; pass it as a parameter")]
    [InlineData("Sum(U[[|Rows|]])", "an objective is made with its matrices and vectors; pass it as a parameter")]
    [InlineData("(double)[|Price|] * Sum(U)", "its value is not known before the program runs, and it is no double; pass it as a parameter")]
    [InlineData("[|Pair|].A * Sum(U)", "its value is not known before the program runs, and it is no double; pass it as a parameter")]
    [InlineData("[|Set|].A * Sum(U)", "its value is not known before the program runs, and it is no double; pass it as a parameter")]
    [InlineData("[|Held|].A * Sum(U)", "the field always holds the same 'Holds<int[]>', whose 'int[]' can be changed")]
    [InlineData("[|Inner|].A * Sum(U)", "the field always holds the same 'Nested<int[]>.In', whose 'int[]' can be changed")]
    [InlineData("[|Both|].A * Sum(U)", "the field always holds the same 'Parts', which can be changed")]
    [InlineData("Generic<int>.Weighted(U)", "its type has a type parameter that generated code does not have; pass it as a parameter")]
    public void AGMF0001_is_reported_at_a_field_that_generated_code_does_not_read(string body, string advice)
    {
        var members = "internal sealed record Holds<T>(double A, T Held); internal static readonly Holds<int[]> Held = new(2, [1]); "
            + "internal static class Nested<T> { internal sealed record In(double A, T Held); } internal static readonly Nested<int[]>.In Inner = new(2, [1]); "
            + "private static readonly Matrix<double> P = new(3, 3); private static readonly ColumnVector<double> b = new(3); private static readonly IndexVector Rows = new(0, 2); "
            + "private static readonly SparseMatrix<double> R = SparseMatrix<double>.FromCoordinates(3, 3, [(0, 0, 1.0)]); "
            + "private static readonly decimal Price = decimal.Parse(\"2\"); internal static readonly (double A, double B) Pair = (double.Parse(\"1\"), 2); "
            + "internal sealed class Parts { public double A = 2; } internal static readonly Parts Both = new(); "
            + "internal static readonly (double A, double B) Set = (1, 2); static Losses() { Set.A = 3; } ";
        var marked = InLosses($"[Loss] public static double L([Factor] Matrix<double> U) => {body}; {members}")
            + " internal static class Generic<T> { internal static readonly double Weight = typeof(T) == typeof(int) ? 1 : 2; "
            + $"internal static double Weighted(Matrix<double> x) => {(body.StartsWith("Generic", StringComparison.Ordinal) ? "[|Weight|]" : "Weight")} * Sum(Square(x)); }}";
        Assert.All(
            Reported(marked, [.. MarkedSource.Parse(marked).Spans.Select(_ => "AGMF0001")]),
            message => Assert.Contains(advice, message, StringComparison.Ordinal));
    }
}
