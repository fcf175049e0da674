using AutoGradMf.Generators.Tests.Driver;
using Xunit;
using static AutoGradMf.Generators.Tests.Driver.DiagnosticAssert;

namespace AutoGradMf.Generators.Tests;

/// <summary>Conditions and tuples have names, are returned and passed on, as in any C#; what they choose is the loss.</summary>
public class ConditionTests
{
    private const string Probe = """

        public static class Probe
        {
            public static AutoGradMf.Objectives.IObjective<double>[] Objectives() => [new Losses.LObjective<double>(0.25, 3, 4, 2)];
        }
        """;

    [Theory]
    [InlineData("Sum(Map(U, F))", "static double F(double e) { bool isSmall = Math.Abs(e) < 0.3, isLarge = !isSmall; return isSmall ? e * e : isLarge && e > 0 ? 2 * e : -e; }")]
    [InlineData("Sum(Map(U, e => Inside(e) ? e * e : e))", "static bool Inside(double e) => Math.Abs(e) < 0.3;")]
    [InlineData(
        "Sum(Map(U, e => IsOutside(e) || !IsOutside(2 * e) ? e * e : e))",
        "static bool IsOutside(double e, bool isStrict = false) { if (e < -0.1) return true; var isBig = e > 0.3; if (isStrict) return false; return isBig && !(e > 0.5); }")]
    [InlineData("Sum(Map(U, e => { bool a = e > 0.1 ^ e > 0.3, b = a & e < 0.2 | e < -0.1; return (a == b ? e * e : e) + (a != b ? 2 * e : e * e * e) + (b == false ? e : 1); }))", "")]
    [InlineData("Sum(Map(U, e => (Inside(e), e > 0) switch { (true, _) => e * e, (false, true) => 2 * e, (false, false) => -e }))", "static bool Inside(double e) => Math.Abs(e) < 0.2;")]
    [InlineData("Sum(Map(U, e => (e > 0.2) switch { true => e * e, false => e }))", "")]
    [InlineData(
        "Sum(Map(U, e => Of(e, Kind.Square) + Of(e, Kind.Absolute) + Of(e, Kind.None, order: 3)))",
        "enum Kind { None, Square, Absolute } static double Of(double e, Kind kind, int order = 1) => kind switch { Kind.Square => e * e, Kind.Absolute when order == 1 => Math.Abs(e), _ => order >= 3 ? e : Math.Sqrt(-1) };")]
    [InlineData(
        "Chosen(at > 0.1 && reg < 1, U) + Chosen(false, M)",
        "static double Chosen(bool isSquared, Matrix<double> x) { bool isOther = !isSquared; return isOther ? Sum(x) : Sum(Square(x)); } const double at = 0.2;")]
    public void A_condition_that_has_a_name(string body, string members) => AssertRight(body, members);

    [Theory]
    [InlineData("Sum(Map(U, e => (e, reg) switch { (> 0, _) p => p.e * p.reg, var q => q.e * q.e }))", "")]
    [InlineData("Sum(Map(U, e => new Pair(e, reg) switch { { A: > 0 } p => p.A * p.B, { B: var b } p when p.A > b => p.A, var q => q.A * q.A }))", "sealed record Pair(double A, double B);")]
    [InlineData("Sum(Map(U, e => (e, reg) is (> 0, _) p ? p.e * p.reg : -e))", "")]
    [InlineData("if ((Sum(U), 2.0) is (> 0, var b) q) return q.Item1 * b; return Sum(M);", "")]
    [InlineData("Sum(Map(U, e => Cases(e, reg)))", "static double Cases(double e, double t) { var p = (x: e, y: t); switch (p) { case (> 0, var y) q: return q.x * y; default: return p.x * p.x; } }")]
    public void A_pattern_that_names_the_whole(string body, string members) => AssertRight(body, members);

    [Theory]
    [InlineData("U is { } u ? Sum(Square(u)) : 0", "")]
    [InlineData("Sum(Map(U, e => e switch { double d when d > 0 => d * d, double => -e }))", "")]
    public void A_pattern_that_always_matches(string body, string members) => AssertRight(body, members);

    [Theory]
    [InlineData(
        "Sum(Map(U, e => Of(e, 0) + Of(e, 2) + Of(e, 7)))",
        "static double Of(double e, int kind) { switch (kind) { case 0: return 3 * e; case 1: case 2: { var square = e * e; return square; } default: return -e * e * e; } }")]
    [InlineData(
        "Sum(Map(U, Piece))",
        "static double Piece(double e) { switch (e) { case < 0: return -e; case > 0.2 when e < 0.4: return e * e; } var rest = 2 * e; return rest; }")]
    [InlineData(
        "Sum(Map(U, e => Nested(e, 2 * e)))",
        "static double Nested(double e, double f) { if (e > 0.1) { switch (f) { case > 0.5: return f; default: return e * f; } } return e; }")]
    public void A_switch_statement_whose_cases_return(string body, string members) => AssertRight(body, members);

    [Theory]
    [InlineData("Sum(Square(Link(U, reg))) + Sum(Link(M, at))", "static Matrix<double> Link(Matrix<double> x, double kind) => kind > 0.2 ? Exp(x) : x; const double at = 0.1;")]
    [InlineData("Sum(Square(Link(U, reg)))", "static Matrix<double> Link(Matrix<double> x, double kind) { if (kind < 0.2) return Exp(x); else if (kind < 0.5) { return x % x; } return x; }")]
    [InlineData("Sum(Square(Pick(reg > 0.2, U, 2 * U)))", "static T Pick<T>(bool isFirst, T a, T b) => isFirst ? a : b;")]
    [InlineData("Sum(RowSums(U) % Weights(RowSums(U), reg)) + Sum(Square(Chosen(M) * M.T))", "static ColumnVector<double> Weights(ColumnVector<double> x, double kind) => kind switch { > 1 => x, > 0.2 => Sin(x), _ => -x }; static Matrix<double> Chosen(Matrix<double> x) { Matrix<double> y = Sum(x) > 0 ? x : -x; return y; }")]
    public void A_tensor_that_a_condition_chooses(string body, string members) => AssertRight(body, members);

    [Theory]
    [InlineData("if (reg < 0 || U.Columns != M.Columns) throw new System.ArgumentException(nameof(reg)); return Sum(Square(U));")]
    [InlineData("System.ArgumentNullException.ThrowIfNull(U); System.ArgumentOutOfRangeException.ThrowIfNegative(reg); if (U.Rows > 1000) { throw new System.ArgumentException(nameof(U)); }; return Sum(Square(U));")]
    [InlineData("var isBad = reg < 0; if (isBad) throw new System.ArgumentException(); else if (U.Rows % 7 == 6 || reg > 9) throw new System.ArgumentException(nameof(U)); return Sum(Square(U));")]
    [InlineData("if (!double.IsFinite(reg) || double.IsNaN(2 * reg) || double.IsNegative(reg)) throw new System.ArgumentException(nameof(reg)); return Sum(Square(U));")]
    [InlineData("System.ArgumentOutOfRangeException.ThrowIfNotEqual(double.IsNaN(reg) || int.IsOddInteger(2 * U.Rows), false); return Sum(Square(U));")]
    [InlineData("if (U.Columns == M.Columns) { var two = 2.0; return two * Sum(Square(U)); } throw new System.ArgumentException(nameof(U));")]
    [InlineData("System.Diagnostics.Debug.Assert(reg > -1); System.Diagnostics.Debug.Assert(U.Rows > 0, $\"U has {U.Rows} rows\"); return Sum(Square(U));")]
    public void A_guard_of_sizes_and_hyperparameters(string block) => AssertRight(block, "");

    private const string Norms =
        "enum Norm { L1, L2, Other } static double ByArms(double e, Norm norm) => norm switch { Norm.L1 => Math.Abs(e), Norm.L2 => e * e, _ => throw new ArgumentOutOfRangeException(nameof(norm)) }; "
        + "static double ByCases(double e, Norm norm) { switch (norm) { case Norm.L1: return Math.Abs(e); case Norm.L2: return e * e; default: throw new ArgumentOutOfRangeException(nameof(norm)); } } "
        + "static double ByCasesBefore(double e, Norm norm) { switch (norm) { case Norm.Other: throw new ArgumentOutOfRangeException(nameof(norm)); case Norm.L2: return e * e; } return Math.Abs(e); } "
        + "static double InTurn(double e, Norm norm) { if (norm == Norm.L1) return Math.Abs(e); if (norm == Norm.L2) return e * e; throw new ArgumentOutOfRangeException(nameof(norm)); } "
        + "static double InBranch(double e, Norm norm) => norm == Norm.L1 ? Math.Abs(e) : norm == Norm.L2 ? e * e : Fail(norm); "
        + "static double Fail(Norm norm) => throw new ArgumentOutOfRangeException(nameof(norm));";

    [Theory]
    [InlineData("ByArms")]
    [InlineData("ByCases")]
    [InlineData("ByCasesBefore")]
    [InlineData("InTurn")]
    [InlineData("InBranch")]
    public void What_throws_and_cannot_be_reached(string method) => AssertRight($"Sum(Map(U, e => {method}(e, Norm.L2))) + Sum(Map(M, e => {method}(e, Norm.L1)))", Norms);

    [Theory]
    [InlineData("(reg > 0 ? Sum(U) * reg : throw new ArgumentOutOfRangeException(nameof(reg)))", "")]
    [InlineData("reg switch { <= 0 => throw new ArgumentOutOfRangeException(nameof(reg)), > 5 => Sum(M), _ => Sum(Square(U)) * reg }", "")]
    [InlineData("Sum(Square(U.Columns == M.Columns ? U : throw new ArgumentException(nameof(U))))", "")]
    [InlineData("Sum(Square(U ?? throw new ArgumentNullException(nameof(U))))", "")]
    [InlineData("Sum(Square(Positive(reg) * Checked(U)))", "static double Positive(double x) => IsPositive(x) ? x : throw new ArgumentException(); static bool IsPositive(double x) => x > 0; static Matrix<double> Checked(Matrix<double> x) => x.Rows < 1 ? throw new ArgumentException() : x.Rows > 999 ? throw new ArgumentException() : x;")]
    [InlineData("Sum(Map(U, e => e > 0.1 ? e * e : reg > 0 ? e : throw new ArgumentException()))", "")]
    [InlineData("Low(reg) + Low(0.5)", "static double Low(double x) { var (low, isLow) = x < 9 ? (x, x > 0 ? true : throw new ArgumentException()) : throw new ArgumentException(); return isLow ? low : 2; }")]
    public void An_outcome_that_throws_is_a_guard(string body, string members) => AssertRight(body, members);

    [Theory]
    [InlineData("Sum(U) > 0 ? reg : [|throw new Exception()|]", "")]
    [InlineData("Sum(Map(U, e => e > 0 ? e : [|throw new Exception()|]))", "")]
    [InlineData("Sum(Map(U, e => e switch { > 0 => e, < -1 => [|throw new Exception()|], _ => e * e }))", "")]
    [InlineData("Sum(Map(U, F))", "static double F(double e) { var isBad = e > 1; if (isBad) { [|throw new Exception();|] } return e; }")]
    [InlineData("Sum(Map(U, F))", "static double F(double e) { switch (e) { case > 0: return e; case 0: return 0; default: [|throw new Exception();|] } }")]
    public void An_outcome_that_throws_where_a_factor_decides(string body, string members) => Assert.Contains(
        "a loss throws nothing that depends on a factor", Refused(body, members), StringComparison.Ordinal);

    [Theory]
    [InlineData("Sum(Map(U, e => F(e, 7)))", "static double F(double e, int kind) => kind switch { 1 => e, 2 => e * e, _ => [|throw new Exception()|] };")]
    [InlineData("Sum(Map(U, e => F(e, 7)))", "static double F(double e, int kind) { if (kind > 2) [|throw new Exception();|] return e; }")]
    [InlineData("Sum(U) + F(reg)", "static double F(double e) => [|throw new Exception()|];")]
    [InlineData("Sum(Map(U, e => [|throw new Exception()|]))", "")]
    public void What_throws_always(string body, string members) => Assert.Contains(
        "whatever the hyperparameters are, it is thrown", Refused(body, members), StringComparison.Ordinal);

    /// <summary>A guard is not part of the generated code, which would not see what it changes.</summary>
    [Theory]
    [InlineData("var a = 1.0; if (!TryScale(ref a)) throw new Exception(); return a * Sum(U);", TryScale)]
    [InlineData("if (!TryScale(ref reg)) throw new Exception(); return reg * Sum(U);", TryScale)]
    [InlineData("double a; if (!TryGet(out a)) throw new Exception(); return a * Sum(U);", "static bool TryGet(out double x) => ([|x = 2|]) > 0;")]
    [InlineData("double a; if (![|double.TryParse(\"2\", out a)|]) throw new Exception(); return a * Sum(U);", "")]
    [InlineData("var a = 1.0; [|Bad.ThrowIfSmall(ref a);|] return a * Sum(U);", Bad)]
    [InlineData("var a = 1.0; if (([|a = 2|]) > 3) throw new Exception(); return a * Sum(U);", "")]
    [InlineData("var a = 1.0; if (([|a += 2|]) > 3) throw new Exception(); return a * Sum(U);", "")]
    [InlineData("var a = 1.0; if ([|a++|] > 3) throw new Exception(); return a * Sum(U);", "")]
    [InlineData("if (IsLong(new[] { U })) throw new Exception(); return Sum(U);", "static bool IsLong(Array all) => Sum(([|(Matrix<double>[])all|])[0]) > 3;")]
    public void A_guard_that_changes_a_value_or_is_given_a_factor(string block, string members) => Reported(
        InLosses($"[Loss] public static double L([Factor] Matrix<double> U, double reg) {{ {block} }} {members}"), "AGMF0001");

    private const string TryScale = "static bool TryScale(ref double x) => ([|x *= 2|]) > 0;";

    private const string Bad =
        "class Bad : Exception { public static void ThrowIfSmall(ref double x) { if ((x += 2) < 1) throw new Bad(); } }";

    private static string Refused(string body, string members) =>
        Assert.Single(Reported(InLosses($"[Loss] public static double L([Factor] Matrix<double> U, double reg) => {body}; {members}"), "AGMF0001"));

    [Theory]
    [InlineData("var (total, twice) = Two(U); return total + Sum(Square(twice));")]
    [InlineData("var pair = (a: U, b: 3.0, 4); (double, double c) other = (2, 3); var ((x, y), _) = ((pair.a, pair.b), other.Item1); return y * Sum(Square(x)) * pair.Item3 + other.c * Sum(x);")]
    [InlineData("; return Sum(Map(U, e => { var (low, high) = e > 0.1 ? (e, 2 * e) : (e * e, 0.5); return low * high; }));")]
    [InlineData("double weight = 0.3; bool IsPositive(double x) => x > weight; double Ridge(double x) => IsPositive(x) ? weight * x : x * x; return Sum(Map(U, Ridge));")]
    [InlineData("(double low, double high) = Sorted(Sum(U), reg); return low * low + 2 * high;")]
    public void A_tuple(string block) => AssertRight(
        block,
        "static (double total, Matrix<double> twice) Two(Matrix<double> x) => (Sum(x), 2 * x); "
        + "static (double low, double high) Sorted(double a, double b) { if (a < b) return (a, b); return (b, a); }");

    [Fact]
    public void Conditions_that_use_the_one_before_twice_are_too_much_at_last()
    {
        var chain = string.Concat(Enumerable.Range(1, 40).Select(i => $"var b{i} = b{i - 1} && e > 0.0{i} || !b{i - 1} && e < 0.0{i}; "));
        Reported(InLosses($"[Loss] public static double L([Factor] Matrix<double> U) => [|Sum(Map(U, e => {{ var b0 = e > 0; {chain} return b40 ? e : 1; }}))|];"), "AGMF0023");
    }

    [Theory]
    [InlineData("Sum(U) + ([|Missing|] ? 1 : 2)", "its value is not known before the program runs")]
    [InlineData("Sum(U) + ([|double.IsNaN(reg)|] ? 1 : 2)", "a condition compares numbers, or calls a method whose code is in this project")]
    [InlineData("Sum(Map(U, e => e is [|double.NaN|] ? 1 : e))", "a pattern compares with numbers")]
    [InlineData("Sum(U) + ([|(object)U|] == null ? 1 : 2)", "is not part of the loss language")]
    public void A_condition_that_cannot_be_read(string body, string says) => Assert.Contains(
        says,
        Assert.Single(Reported(
            InLosses($"[Loss] public static double L([Factor] Matrix<double> U, double reg) => {body}; static readonly bool Missing = bool.Parse(\"true\");"),
            "AGMF0001")),
        StringComparison.Ordinal);

    private static void AssertRight(string body, string members) => new UserProject(InLosses(
        $"[Loss] public static double L([Factor] Matrix<double> U, [Factor] Matrix<double> M, double reg) "
        + $"{{ double Rest() => reg * Sum(Square(U * M.T)); {(body.EndsWith(';') ? body.Replace("; return ", "; return Rest() + ", StringComparison.Ordinal) : $"return Rest() + {body};")} }} {members}") + Probe).Run().AssertRight();
}
