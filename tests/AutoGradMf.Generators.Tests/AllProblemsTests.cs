using System.Text.RegularExpressions;
using AutoGradMf.Generators.Tests.Driver;
using Xunit;
using static AutoGradMf.Generators.Tests.Driver.DiagnosticAssert;

namespace AutoGradMf.Generators.Tests;

/// <summary>All problems of a body are reported at once, whichever stage finds them, and none that only follows from another.</summary>
public class AllProblemsTests
{
    private const string Parameters = "[Factor] Matrix<double> U, [Factor] Matrix<double> M, SparseMatrix<double> R, double p";

    [Theory]
    [InlineData("[|Math.Ceiling(p)|] + Sum(Square([|U * M|]))", "AGMF0008", "AGMF0003")]
    [InlineData("Sum(Square([|U * M|])) + [|Math.Ceiling(Sum([|M * U|]))|]", "AGMF0003", "AGMF0008", "AGMF0003")]
    [InlineData("Sum([|RowMax(p * R)|]) + Sum([|U * M|])", "AGMF0001", "AGMF0003")]
    [InlineData("Sum([|RowMax(p * R)|]) + Sum([|RowMin(p * R)|]) * [|Math.Ceiling(p)|]", "AGMF0001", "AGMF0001", "AGMF0008")]
    [InlineData("Sum([|Pow(U, p)|]) + Sum([|U * M|])", "AGMF0015", "AGMF0003")]
    [InlineData("(p > 1 ? Sum([|U * M|]) : 0) + [|R.Count|]", "AGMF0003", "AGMF0001")]
    [InlineData("(Sum(U) > [|R.Count|] ? Sum([|U * M|]) : Sum([|M * U|]))", "AGMF0001", "AGMF0003", "AGMF0003")]
    [InlineData("p switch { < 1 when R is [|{ Count: 3 }|] => Sum([|U * M|]), < 2 => Sum([|M * U|]), _ => [|R.Count|] }", "AGMF0001", "AGMF0003", "AGMF0003", "AGMF0001")]
    [InlineData("[|Hidden.Open(Sum([|U * M|]))|]", "AGMF0019", "AGMF0003")]
    [InlineData("Sum(Identity([|R.Count|]) - [|U * M|])", "AGMF0001", "AGMF0003")]
    public void Problems_of_every_stage(string body, params string[] rules) =>
        Reported(
            InLosses($"[Loss] public static double L({Parameters}) => {body};")
                + " internal static class Hidden { [Partial(\"x\", \"Bump(x)\")] public static double Open(double x) => x; [Partial(\"x\", \"1\")] private static double Bump(double x) => x; }",
            rules);

    /// <summary>What a statement computes that no loss has is read, too.</summary>
    [Theory]
    [InlineData("[|for (;;)|] { return Sum(Square([|U * M|])) + [|Math.Floor(Sum(U))|]; }", "AGMF0001", "AGMF0003", "AGMF0008")]
    [InlineData("var x = p; [|x = [|Math.Floor(p)|];|] return x * Sum([|U * M|]);", "AGMF0001", "AGMF0008", "AGMF0003")]
    [InlineData("var x = p; [|x += [|Math.Floor(p)|];|] return [|Math.Ceiling(p)|] * Sum(U);", "AGMF0001", "AGMF0008", "AGMF0008")]
    [InlineData("var s = 0.0; [|foreach (var x in new[] { p })|] { [|s += Sum([|U * M|]);|] } return s + [|Math.Ceiling(p)|];", "AGMF0001", "AGMF0001", "AGMF0003", "AGMF0008")]
    [InlineData("[|try|] { return Sum([|M * U|]); } catch { return [|Math.Floor(p)|]; }", "AGMF0001", "AGMF0003", "AGMF0008")]
    public void Problems_within_statements(string body, params string[] rules) =>
        Reported(InLosses($"[Loss] public static double L({Parameters}) {{ {body} }}"), rules);

    /// <summary>What the compiler cannot read hides nothing of what stands around it and in it.</summary>
    [Theory]
    [InlineData("Sum(Suqare([|U * M|])) + [|Math.Ceiling(Sum(U))|] + Sum([|M * U|])", "CS0103", "AGMF0003", "AGMF0008", "AGMF0003")]
    [InlineData("Smu(Square([|U * M|])) + [|Math.Ceiling(Sum(U))|]", "CS0103", "AGMF0003", "AGMF0008")]
    [InlineData("lambda * Sum([|U * M|]) + [|Math.Ceiling(p)|]", "CS0103", "AGMF0003", "AGMF0008")]
    [InlineData("Sum([|U * M|]) * Matrix<double>.Weight", "CS0117", "AGMF0003")]
    [InlineData("Sum([|U * M|]) + Sum(Matrix<double>.Nope(U))", "CS0117", "AGMF0003")]
    [InlineData("Sum([|U * M|], 2) + [|Math.Ceiling(p)|]", "CS1501", "AGMF0003", "AGMF0008")]
    [InlineData("Sum(([|U * M|]).Transposed) + [|Math.Ceiling(p)|]", "CS1061", "AGMF0003", "AGMF0008")]
    [InlineData("Sum(Map(U, x => Missing(x))) + Sum([|U * M|])", "CS0103", "AGMF0003")]
    [InlineData("(Sum(U) ? 1 : 2) * Sum([|U * M|])", "CS0029", "AGMF0003")]
    [InlineData("LogDet(R) + Sum([|U * M|])", "CS0411", "AGMF0003")]
    [InlineData("Undefined + [|(int)Sum(U)|] + Sum([|U * M|])", "CS0103", "AGMF0009", "AGMF0003")]
    [InlineData("-([|(int)p|] * Undefined) + U.Rows", "CS0103", "AGMF0001")]
    [InlineData("Sum(Suqare(U * M.T - R)) + Sum(Square(U))", "CS0103")]
    public void Problems_beside_an_error_of_the_compiler(string body, string ofCompiler, params string[] rules) =>
        Reported(InLosses($"[Loss] public static double L({Parameters}) => {body};"), [ofCompiler], rules);

    /// <summary>What is too large as it is read, or as it is derived, hides nothing of what stands beside it.</summary>
    [Theory]
    [InlineData("[|Sum([|U * M|]) + Sum(Map(U, Read)) + [|Math.Ceiling(p)|] + Sum([|Log(M)|])|]", "AGMF0023", "AGMF0003", "AGMF0008", "AGMF0026")]
    [InlineData("[|Sum([|U * M|]) + Sum(Map(U, Derived)) + [|Math.Ceiling(p)|] + Sum([|M * U|])|]", "AGMF0023", "AGMF0003", "AGMF0008", "AGMF0003")]
    [InlineData("[|Sum(Map(U, Derived)) + Sum([|RowMax(p * R)|])|]", "AGMF0023", "AGMF0001")]
    [InlineData("[|Sum(Map(U, Derived)) + Sum([|Log(M)|])|]", "AGMF0023", "AGMF0026")]
    public void Problems_beside_what_is_too_large(string body, params string[] rules) => Reported(
        InLosses($"[Loss] public static double L({Parameters}) => {body}; static double Read0(double x) => x * x + 1; {Each(24, i => $"static double Read{i + 1}(double x) => Read{i}(x) + Read{i}(x + 1); ")} static double Read(double x) => Read24(x); "
            + $"static double Derived(double a0) {{ {Each(25, i => $"var a{i + 1} = a{i} * a{i}; ")} return a25; }}"),
        rules);

    /// <summary>What the type around a loss, or its declaration, lacks has nothing to do with what its body lacks.</summary>
    [Theory]
    [InlineData("static class [|Losses|]", "[EntryLoss] public static double E(double x, double r) => [|Math.Ceiling(x)|];", "AGMF0002", "AGMF0008")]
    [InlineData("static partial class Losses", "[EntryLoss] public static double E(double x, double r, Matrix<double> [|R|]) => [|Math.Ceiling(x)|] * R.Rows;", "AGMF0006", "AGMF0008")]
    [InlineData("static partial class Losses", "[EntryLoss] public static double [|E|](double x) => [|Math.Ceiling(x)|];", "AGMF0006", "AGMF0008")]
    [InlineData("static class [|Losses|]", "[Loss] public static double L([Factor] Matrix<double> U) => [|Math.Ceiling(Sum([|U * U|]))|];", "AGMF0002", "AGMF0008", "AGMF0003")]
    public void Problems_of_a_declaration_and_of_a_body(string type, string loss, params string[] rules) =>
        Reported($"using System; using AutoGradMf; using static AutoGradMf.LossMath; public {type} {{ {loss} }}", rules);

    private static string Each(int count, Func<int, string> text) => string.Concat(Enumerable.Range(0, count).Select(text));

    /// <summary>A term that changes in jumps is none of what is wrong with others.</summary>
    [Theory]
    [InlineData("[|Sum(Sign(M))|] + Sum([|U * M|])", "AGMF0005", "AGMF0003")]
    [InlineData("[|Sum(Sign(M))|] + [|Math.Ceiling(p)|]", "AGMF0005", "AGMF0008")]
    public void Terms_without_a_slope_beside_what_does_not_fit(string body, params string[] rules) =>
        Reported(InLosses($"[Loss] public static double L({Parameters}) => Sum(Square(U)) + Sum(Square(M)) + {body};"), rules);

    [Fact]
    public void Problems_of_a_local_that_does_not_compile() => Reported(
        InLosses($"[Loss] public static double L({Parameters}) {{ var e = Suqare([|U * M|]); return Sum(e) + [|Math.Ceiling(p)|]; }}"), ["CS0103"], ["AGMF0003", "AGMF0008"]);

    [Theory]
    [InlineData("Sum(([|new Matrix<double>(3, 4)|] * U) % M) + Sum(U)", "AGMF0001")]
    [InlineData("Sum(Square([|U * M|] * U + U))", "AGMF0003")]
    [InlineData("Sum(([|U + M.T|]) * R)", "AGMF0003")]
    [InlineData("Sum(Pow([|R.Map(x => x)|], p))", "AGMF0008")]
    [InlineData("Sum(Observed([|R.Map(x => x)|]) % U)", "AGMF0008")]
    public void Nothing_that_follows_from_another(string body, params string[] rules) =>
        Reported(InLosses($"[Loss] public static double L({Parameters}) => {body};"), rules);

    /// <summary>Each appearance of U and of p in turn is given to a method that the generator cannot see into.</summary>
    [Theory]
    [InlineData("Sum(Square(U * M.T - R)) + p * Sum(Square(U)) + p / 2 * Sum(Square(M))")]
    [InlineData("Sum(Observed(R) % Square(U * M.T - R)) + Norm(U) + Sum(RowNorms(U)) + Norm1(U)")]
    [InlineData("Sum(Map(R, U * M.T, (r, x) => x > p ? Huber(r - x, p) : Square(x))) + Sum(Map(U, x => Math.Pow(Math.Abs(x), p)))")]
    [InlineData("Sum(Softplus(U[i] * M[i].T)) + Sum(RowDots(U[i], M[i])) + Trace(U.T * U)")]
    [InlineData("Sum(RowLogSumExp(U * M.T)) + Sum(RowMax(U)) + LogDet(U.T * U + p * Identity(U.Columns)) + Sum(Inverse(U.T * U))")]
    [InlineData("Sum(StopGradient(U) % U) + Mean(Diag(U * U.T)) + Sum(U - ColumnMeans(U)) + Dot(U, U) + Sum(RowSums(U)) * Sum(ColumnSums(U))")]
    [InlineData("Sum(Square(U * M.T - FillMissing(R, p))) + (p > 0 ? Sum(U) : p) + (p switch { < 1 => Sum(U), _ => Sum(M) }) - Sum(Max(U, p))")]
    public void A_part_that_cannot_be_read_hides_nothing_and_causes_nothing(string body)
    {
        foreach (var broken in Appearances(body, "U", "Opaque.Of").Concat(Appearances(body, "p", "Opaque.Of")))
        {
            var messages = Reported(
                InLosses($"[Loss] public static double L({Parameters}, IndexVector i) => {broken} + Sum([|U * M|]) + Sum(M);")
                    + " public static class Opaque { [System.Runtime.InteropServices.DllImport(\"x\")] public static extern double Of(double x); "
                    + "[System.Runtime.InteropServices.DllImport(\"x\")] public static extern Matrix<double> Of(Matrix<double> x); }",
                "AGMF0008", "AGMF0003");
            Assert.Contains("Opaque.Of", messages[0], StringComparison.Ordinal);
        }
    }

    private static IEnumerable<string> Appearances(string body, string name, string method) => Regex.Matches(body, $@"\b{name}\b")
        .Where(m => !body[(m.Index + m.Length)..].StartsWith(".Columns", StringComparison.Ordinal))
        .Select(m => $"{body[..m.Index]}[|{method}({name})|]{body[(m.Index + m.Length)..]}");

    [Fact]
    public void What_a_local_holds_is_reported_once() => Reported(
        InLosses($"[Loss] public static double L({Parameters}) {{ var e = [|U * M|]; var f = [|Math.Ceiling(p)|]; return Sum(e) + f * Sum(Square(e) * f + [|M * U|]); }}"),
        "AGMF0003", "AGMF0008", "AGMF0003");

    [Fact]
    public void What_stands_after_a_condition_that_cannot_be_read_is_read() => Reported(
        InLosses($"[Loss] public static double L({Parameters}) {{ if ([|R.Count|] > 3 && [|R.Equals(U)|]) return Sum([|U * M|]); return Sum([|M * U|]); }}"),
        "AGMF0001", "AGMF0001", "AGMF0003", "AGMF0003");

    [Fact]
    public void A_factor_that_stands_only_in_what_cannot_be_read_is_not_said_to_be_unused() => Reported(
        InLosses($"[Loss] public static double L({Parameters}) {{ var e = U; [|e = M;|] return Sum(e); }}"), "AGMF0001");

    [Fact]
    public void What_a_helper_does_wrong_is_reported_once_and_what_its_callers_do_as_well() => Reported(
        InLosses($"[Loss] public static double L({Parameters}) => Half(U) + Half(M) + Sum([|U * M|]); private static double Half(Matrix<double> x) => [|Math.Ceiling(1.5)|] * Sum(Square(x)) / 2;"),
        "AGMF0003", "AGMF0008");
}
