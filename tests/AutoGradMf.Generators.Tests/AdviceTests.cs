using AutoGradMf.Generators.Tests.Driver;
using Microsoft.CodeAnalysis.Text;
using Xunit;
using static AutoGradMf.Generators.Tests.Driver.DiagnosticAssert;

namespace AutoGradMf.Generators.Tests;

/// <summary>What messages say: the place, the cause and the way out that hold of what the user wrote.</summary>
public class AdviceTests
{
    [Theory]
    [InlineData("L([Factor] Matrix<double> U, int[] [|rows|]) => Sum(U)", "AGMF0006", "or an IndexVector of row numbers")]
    [InlineData("L([Factor] Matrix<double> U, [Factor] Matrix<double> V) => Sum(U) + Sum(V) + ([|U == V|] ? 1 : 2)", "AGMF0001", "'U == V' is not part of the loss language: a condition compares numbers")]
    [InlineData("L([Factor] Matrix<double> U) => [|F|](Sum(U)); private static readonly Func<double, double> F; static Losses() => F = x => x * x", "AGMF0001", "make it a method")]
    [InlineData("L([Factor] Matrix<double> U, [Factor] Matrix<double> M) => Sum([|RowMax(U * M.T)|])", "AGMF0016", "because it is taken of each element of 'U * M.T'; it costs")]
    [InlineData("L([Factor] Matrix<double> U, [Factor] Matrix<double> M) => Sum([|RowLogSumExp(U * M.T)|])", "AGMF0016", "because it is taken of each element of 'U * M.T'; it costs")]
    [InlineData("L([Factor] Matrix<double> U, [Factor] Matrix<double> M) => [|Sum(Map(U * M.T, x => x < 0 ? 0 : x * x))|]", "AGMF0016", "'Sum(Map(U * M.T, x => x < 0 ? 0 : x * x))' visits")]
    [InlineData("L([Factor] Matrix<double> U, [Factor] Matrix<double> M, Matrix<double> R) => [|Sum(Map(U*M.T, R, (x, r) => x switch { > 0 and < 1 => x, _ => Math.Pow(x, 2) }))|]", "AGMF0016", "'Sum(Map(U*M.T, R, (x, r) => x switch { > 0 and < 1 => x, _ => Math.Pow(x, 2) }))' visits")]
    [InlineData("L([Factor] Matrix<double> U, [Factor] Matrix<double> M, Matrix<double> R) => Of(U * M.T, R); static double Of(Matrix<double> x, Matrix<double> R) { var w = Exp(x - R); return [|Sum(w)|]; } static double K() => 1", "AGMF0016", "'Sum(w)' visits")]
    [InlineData("L([Factor] Matrix<double> U, [Factor] Matrix<double> M) => [|Sum(Exp(U /* rows */ *\n // predicted\n M.T))|]", "AGMF0016", "'Sum(Exp(U * M.T))' visits")]
    [InlineData("L(Matrix<double> A, [Factor] ColumnVector<double> w, ColumnVector<double> y) => [|Sum(Softplus(-y % (A * w)))|] + 0.5 * Dot(w, w)", "AGMF0016", "because 'A' is neither sparse")]
    [InlineData("L([Factor] Matrix<double> U, [Factor] Matrix<double> M, SparseMatrix<double> R) => Sum(Observed(R) % Square(U * M.T - R)) + [|Sum(Abs(M * M.T))|]", "AGMF0016", "visits all n·n pairs, because")]
    [InlineData("L([Factor] Matrix<double> U, [Factor] Matrix<double> M, SparseMatrix<double> R) => [|Sum(Observed(R) * Square(U * M.T - R))|]", "AGMF0017", "because 'Observed(R) * Square(U * M.T - R)' is the product of two matrices, not of their elements, which '%' is; it costs")]
    [InlineData("L([Factor] ColumnVector<double> b, [Factor] ColumnVector<double> d, SparseMatrix<double> R) => [|Sum(Exp(b + d.T))|] - Sum(R % (b + d.T))", "AGMF0017", "because 'Exp(b + d.T)' is not written as a product of a row part and a column part, which 'Exp(b) % Exp(d.T)' is; it costs")]
    [InlineData("L([Factor] ColumnVector<double> b, [Factor] ColumnVector<double> d, [Factor] double mu, SparseMatrix<double> R) => [|Sum(Exp(b + 2 * d.T + mu))|] - Sum(R % (b + d.T))", "AGMF0017", "which 'Exp(b + mu) % Exp(2 * d.T)' is; it costs")]
    [InlineData("L([Factor] ColumnVector<double> b, [Factor] ColumnVector<double> d, SparseMatrix<double> R) => [|Sum(Exp(-(d.T - (b - d.T))))|] - Sum(R % (b + d.T))", "AGMF0017", "which 'Exp(-d.T - d.T) % Exp(b)' is; it costs")]
    [InlineData("L([Factor] Matrix<double> U, ColumnVector<double> a, ColumnVector<double> c, SparseMatrix<double> R) => [|Sum(Exp(a + c) % Exp(a - c.T) % Square(U * U.T - R))|]", "AGMF0017", "which 'Exp(a) / Exp(c.T)' is")]
    [InlineData("L([Factor] Matrix<double> U, ColumnVector<double> a, ColumnVector<double> c, SparseMatrix<double> R) => [|Sum(Exp(a - c.T) % Square(U * U.T - R))|]", "AGMF0017", "which 'Exp(a) / Exp(c.T)' is")]
    [InlineData("L([Factor] Matrix<double> U, [Factor] ColumnVector<double> s) => Sum([|U * Diag(s)|])", "AGMF0003", "give them one name with [Shape] on 's'")]
    [InlineData("L([Factor] Matrix<double> U, [Factor] Matrix<double> M, Matrix<double> R, double p) => Sum(Square(U * M.T - R)) + Sum([|p > 1 ? U : U.T|])", "AGMF0003", "rows differ: U is m×k, U.T is k×m")]
    [InlineData("L([Factor] Matrix<double> U) { dynamic d = U; return Sum(Square(U)) + [|Sum(d)|]; } static double K() => 1", "AGMF0001", "what is dynamic is known only when the program runs; declare it by its type")]
    [InlineData("L([Factor] Matrix<double> U) => Sum([|Log(1 -Square(U))|])", "AGMF0026", "'1 -Square(U)' may become negative in training, where Log of it is NaN; bounds of the factors, a condition or functions such as Exp, Softplus and Square keep it from that")]
    [InlineData("L([Factor] Matrix<double> U) => Sum([|Log1p(U)|])", "AGMF0026", "'U' may fall below -1 in training, where Log1p of it is NaN; factors with [Factor(Min = 0)] or functions such as Exp,")]
    [InlineData("L([Factor] Matrix<double> U) => Sum([|Acosh(U)|])", "AGMF0026", "'U' may fall below 1 in training, where Acosh of it is NaN; factors with [Factor(Min = 1)] or functions whose values are greater keep it from that")]
    [InlineData("L([Factor] Matrix<double> U) => Sum([|Asin(U)|])", "AGMF0026", "'U' may leave -1 to 1 in training, where Asin of it is NaN; factors with [Factor(Min = -1, Max = 1)] or functions such as Tanh, Sin and Clamp keep it from that")]
    [InlineData("L([Factor] Matrix<double> U) => Sum([|Acos(U.T * U)|])", "AGMF0026", "'U.T * U' may leave -1 to 1 in training, where Acos of it is NaN; bounds of the factors, a condition or functions such as Tanh, Sin and Clamp keep it from that")]
    [InlineData("L([Factor] Matrix<double> U) => Sum([|Atanh(Square(U))|])", "AGMF0026", "'Square(U)' may exceed 1 in training, where Atanh of it is NaN; factors with [Factor(Min = -1, Max = 1)] or functions such as Tanh, Sin and Clamp keep it from that")]
    [InlineData("L([Factor] Matrix<double> U) => Sum([|Asin(1 - Square(U))|])", "AGMF0026", "'1 - Square(U)' may fall below -1 in training, where Asin of it is NaN; factors with [Factor(Min = -1, Max = 1)] or functions such as")]
    [InlineData("L([Factor] Matrix<double> U) => Sum(Map(U, x => [|double.AcosPi(x)|]))", "AGMF0026", "'x' may leave -1 to 1 in training, where Acos of it is NaN")]
    [InlineData("L([Factor] Matrix<double> U) => Sum(Map(U, x => [|Below(x)|])); [Partial(\"x\", \"-1 / (0.5 - x)\"), GreatestArgument(0.5)] static double Below(double x) => Math.Log(0.5 - x)", "AGMF0026", "'x' may exceed 0.5 in training, where Below of it is NaN; factors with [Factor(Max = 0.5)] or functions whose values are less keep it from that")]
    [InlineData("L([Factor(Min = 0)] double w, ColumnVector<double> x) => Sum([|Pow(x * w, 1.5)|])", "AGMF0015", "'x * w' may be negative")]
    [InlineData("L([Factor] Matrix<double> U) => Sum(U[[|new IndexVector(0, 1)|]])", "AGMF0001", "a loss makes no index vectors of its own; pass it as a parameter")]
    [InlineData("L([Factor] Matrix<double> U, double reg) => Sum(U) * [|MathF.Abs(2)|]", "AGMF0013", "call one that returns double")]
    [InlineData("L([Factor] Matrix<double> U, double [|most|] = 1e300) => Sum(Min(Square(U), most))", "AGMF0022", "'1E+300' is infinite in an objective of float factors")]
    [InlineData("L([Factor(Min = 1e300)] Matrix<double> [|U|]) => Sum(Square(U))", "AGMF0022", "'1E+300' is infinite in an objective of float factors")]
    [InlineData("L([Factor(Max = 1e-300)] Matrix<double> [|U|]) => Sum(Square(U))", "AGMF0022", "'1E-300' is 0")]
    [InlineData("L([Factor] Matrix<double> U) => Of(U); static double Of(Matrix<double> x) => System.Linq.Enumerable.Sum([|System.Linq.Enumerable.Range(0, 3)|], k => k * Sum(x))", "AGMF0001", "write them out, [a, b]")]
    [InlineData("L([Factor] Matrix<double> U) => Sum([|Clamp(U, 2, 1)|])", "AGMF0028", "'Clamp(U, 2, 1)' needs low <= high, and low is 2 and high is 1")]
    [InlineData("L([Factor] Matrix<double> U) => Sum(Map(U, x => [|Math.Clamp(x, 1, -1)|]))", "AGMF0028", "low is 1 and high is -1")]
    [InlineData("L([Factor] Matrix<double> U) => Sum([|Huber(U, -1)|])", "AGMF0028", "'Huber(U, -1)' needs delta >= 0, and delta is -1")]
    [InlineData("L([Factor] Matrix<double> U) => Sum([|PseudoHuber(U, -Width)|]); private const double Width = 2", "AGMF0028", "delta is -2")]
    [InlineData("L([Factor] Matrix<double> U) => [|double.NaN|] * Sum(U)", "AGMF0028", "'NaN' is not a number, and neither is what it is part of")]
    [InlineData("L([Factor] Matrix<double> U) => Sum([|U / 0|])", "AGMF0028", "'U / 0' divides by zero")]
    [InlineData("L([Factor] Matrix<double> U) => [|double.PositiveInfinity|] * Sum(U)", "AGMF0028", "'Infinity' is infinite, and what it is part of is so too, or not a number")]
    [InlineData("L([Factor] Matrix<double> U) => Sum(Square(U)) + Sum(Max(U, [|double.PositiveInfinity|]))", "AGMF0028", "'Infinity' is infinite")]
    [InlineData("L([Factor] Matrix<double> U) => Sum(U) + [|Log(-1)|]", "AGMF0028", "'Log(-1)' is not a number: Log takes no less than 0")]
    public void A_message_names_the_place_and_the_way_out(string loss, string rule, string says) => Assert.Contains(
        says, Assert.Single(Reported(InLosses($"[Loss] public static double {loss};"), rule)), StringComparison.Ordinal);

    [Theory]
    [InlineData("double [|reg|] = double.NaN) => Sum(Square(U)) + reg / 2 * Sum(Square(U))", "'reg = NaN' is not a number, and neither is the loss then, whatever its factors are")]
    [InlineData("double [|reg|] = double.PositiveInfinity) => Sum(Square(U)) + reg / 2 * Sum(Square(U))", "'reg = Infinity' is infinite, and so is the loss then, whatever its factors are, or it is not a number")]
    [InlineData("double [|most|] = double.NegativeInfinity) => Sum(Min(U, most))", "'most = -Infinity' is infinite")]
    [InlineData("double [|reg|] = double.NaN) => Of(U, reg); static double Of(Matrix<double> x, double by) => by * Sum(x)", "'reg = NaN' is not a number")]
    [InlineData("double [|w|] = double.NaN) => Sum(Square(U) + Map(U, x => Math.Abs(w * x)))", "'w = NaN' is not a number")]
    [InlineData("double [|scale|] = 0) => Sum(Square(U / scale))", "'scale = 0' is not what 'U / scale' takes, which divides by zero")]
    [InlineData("double [|delta|] = -1) => Sum(Huber(U, delta))", "'delta = -1' is not what 'Huber(U, delta)' takes, which needs delta >= 0")]
    [InlineData("double [|low|] = 2, double [|high|] = 1) => Sum(Clamp(U, low, high))", "'low = 2' is not what 'Clamp(U, low, high)' takes, which needs low <= high, and low is 2 and high is 1")]
    [InlineData("double high, double [|low|] = 2) => Sum(Clamp(U, low, 1)) + high", "'low = 2' is not what 'Clamp(U, low, 1)' takes, which needs low <= high, and low is 2 and high is 1")]
    [InlineData("double [|p|] = -1) => Sum(U) * Math.Log(p)", "'p = -1' is not what 'Math.Log(p)' takes, which is not a number: Log takes no less than 0")]
    public void AGMF0028_is_reported_of_default_values_that_make_a_loss_meaningless(string loss, string says)
    {
        var source = InLosses($"[Loss] public static double L([Factor] Matrix<double> U, {loss};");
        Assert.Contains(says, Reported(source, [.. MarkedSource.Parse(source).Spans.Select(_ => "AGMF0028")])[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("double most = double.PositiveInfinity) => Sum(Min(Square(U), most)) + Sum(Clamp(U, -most, most)) + Sum(Huber(U, most)) + Sum(U) / most")]
    [InlineData("double reg = double.NaN) => Sum(Square(U)) * (reg > 0 ? reg : 1)")]
    [InlineData("double low = double.NaN) => Sum(Map(U, x => x > low ? x * x : 0))")]
    [InlineData("double scale = 0) => Sum(Square(U)) * (scale > 0 ? 1 / scale : 1)")]
    [InlineData("double low = 2) => Sum(Clamp(U, 1, low))")]
    [InlineData("double tightness = 0) => Sum(Min(Square(U), 1 / tightness))")]
    [InlineData("double sharpness = 0) => Sum(Huber(U, 1 / sharpness))")]
    [InlineData("double w = double.NaN) => Sum(Square(U)) + Sum(Map(U, x => Mine(x, w))); [Partial(\"x\", \"1\")] static double Mine(double x, double w) => double.IsNaN(w) ? x : w * x")]
    public void AGMF0028_is_not_reported_of_default_values_that_a_loss_is_made_for(string loss) =>
        Reported(InLosses($"[Loss] public static double L([Factor] Matrix<double> U, {loss};"));

    [Fact]
    public void AGMF0026_is_reported_of_a_product_of_two_that_differ_in_what_they_end_with()
    {
        static string Chain(string x) => $"{string.Concat(Enumerable.Repeat("Sin(", 100))}{x}{new string(')', 100)}";
        Reported(InLosses($"""
            [Loss] public static double L([Factor, Shape("m", "k")] Matrix<double> U, [Factor, Shape("m", "k")] Matrix<double> V) => Sum([|Log({Chain("U")} % {Chain("V")})|]);
            """), "AGMF0026");
    }

    /// <summary>A local that is used twice is looked at once.</summary>
    [Fact]
    public void AGMF0028_is_reported_of_locals_that_are_each_twice_the_one_before() => Reported(InLosses($$"""
        [Loss] public static double L([Factor] Matrix<double> U, double [|reg|] = double.NaN)
        {
            var x0 = reg * Sum(U);
            {{string.Concat(Enumerable.Range(1, 60).Select(i => $"var x{i} = x{i - 1} + x{i - 1};"))}}
            return x60;
        }
        """), "AGMF0028");

    [Fact]
    public void AGMF0028_is_reported_of_default_values_of_an_entry() => Assert.Contains(
        "'w = NaN' is not a number",
        Assert.Single(Reported(InLosses("[EntryLoss] public static double E(double x, double r, double [|w|] = double.NaN) => w * Square(x - r);"), "AGMF0028")),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("Sum(Clamp(U, 1, 1))")]
    [InlineData("Sum(Clamp(U, low, 1)) + Sum(Huber(U, 1))")]
    [InlineData("Sum(Clamp(Square(U), 0, double.PositiveInfinity)) + Sum(U / low)")]
    [InlineData("Sum(Map(U, x => x > 0 ? Math.Log(x) : double.NaN)) * (low <= 1 ? low : double.NaN)")]
    public void Constants_that_functions_take_are_not_reported(string body) =>
        Reported(InLosses($"[Loss] public static double L([Factor] Matrix<double> U, double low) => {body};"));

    /// <summary>What is changed, by whatever means, is no longer the number that it was.</summary>
    [Theory]
    [InlineData("double a = 0, b = 1; [|(a, b) = (b, a);|] return Sum(U / a) + b;")]
    [InlineData("double a = 0, b = 1; [|Swap(ref a, ref b);|] return Sum(U / a) + b; void Swap(ref double x, ref double y) => (x, y) = (y, x);")]
    [InlineData("double a = 0; [|Set(out a);|] return Sum(U / a); static void Set(out double x) => x = 1;")]
    [InlineData("double a = 0; [|Step();|] return Sum(U / a); void Step() => a++;")]
    [InlineData("double a = 0; Action step = () => a++; [|step();|] return Sum(U / a);")]
    [InlineData("double a = 0; double Step() { [|a += 1;|] return a; } return Step() + Sum(U / a);")]
    [InlineData("double a = 0; return ([|a = 1|]) + Sum(U / a);")]
    [InlineData("double a = 0; ref double b = ref a; [|b = 1;|] return Sum(U / a);")]
    [InlineData("double a = 0; [|for (var i = 0; i < 3; i++)|] { [|a = a + 1;|] } return Sum(U / a);")]
    [InlineData("double a = 0, sum = 0; [|for (var i = 0; i < 3; i++)|] { [|a = a + 1;|] [|sum += Sum(U / a);|] } return sum;")]
    [InlineData("(double A, double B) p = (0, 1); [|p.A = 2;|] return Sum(U / p.A);")]
    [InlineData("double[] all = [0, 1]; [|all[0] = 2;|] return Sum(U / all[0]);")]
    [InlineData("double a = 0; [|a = 1;|] return Sum(U / a);")]
    public void AGMF0028_is_not_reported_of_a_number_that_is_changed(string statements)
    {
        var source = InLosses($"[Loss] public static double L([Factor] Matrix<double> U) {{ {statements} }}");
        Reported(source, [.. MarkedSource.Parse(source).Spans.Select(_ => "AGMF0001")]);
    }

    [Fact]
    public void AGMF0028_is_reported_in_the_branch_that_changes_nothing() => Reported(InLosses(
        "[Loss] public static double L([Factor] Matrix<double> U, double reg) { double a = 0; return reg > 0 ? Sum([|U / a|]) : ([|a = 1|]) * Sum(U); }"), "AGMF0028", "AGMF0001");

    [Theory]
    [InlineData("")]
    [InlineData("(Ridge = false)")]
    public void AGMF0005_is_reported_at_the_prediction_of_an_entry_that_has_no_slope_in_it(string options) => Assert.Contains(
        "has no slope in the prediction 'x', so its gradient is zero everywhere; write a term that changes smoothly with it",
        Assert.Single(Reported(InLosses($"[EntryLoss{options}] public static double E(double [|x|], double r) => Math.Sign(x - r);"), "AGMF0005")),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("x - r * [|Math.Log(x)|]", "'x' may become negative in training, where Log of it is NaN; factors with [Factor(Min = 0)] in the long form, with [Loss], or functions such as")]
    [InlineData("r * x - [|Math.Log(1 - x * x)|]", "where Log of it is NaN; a condition or functions such as")]
    public void AGMF0026_of_an_entry_does_not_ask_for_bounds_of_the_factors_of_its_expansion(string body, string says) => Assert.Contains(
        says, Assert.Single(Reported(InLosses($"[EntryLoss] public static double E(double x, double r) => {body};"), "AGMF0026")), StringComparison.Ordinal);

    [Theory]
    [InlineData("Sum([|Log(R)|])", "'Log(R)'")]
    [InlineData("Sum(R / (U * V.T) - [|Log(R / (U * V.T))|] - 1)", "'Log(R / (U * V.T))'")]
    [InlineData("Sum(U * V.T - [|Log(2 * R)|])", "'Log(2 * R)'")]
    [InlineData("Sum((U * V.T) % [|Log10(R)|])", "'Log10(R)'")]
    [InlineData("Sum(Square(U * V.T - [|1 / R|]))", "'1 / R'")]
    [InlineData("Sum([|U * V.T / R|])", "'U * V.T / R'")]
    [InlineData("Sum((U * V.T) % [|Pow(R, -2)|])", "'Pow(R, -2)'")]
    [InlineData("Sum(Map(U * V.T, R, (p, r) => p - [|Math.Log(r)|]))", "'Log(r)'")]
    [InlineData("Sum(Map(U * V.T, R, (p, r) => p + [|Math.Log(p * r)|]))", "'Log(p * r)'")]
    [InlineData("Sum(Observed(R) % (U * [|Log(R)|].T * U))", "'Log(R)'")]
    public void AGMF0025_is_reported_where_sparse_data_are_missing(string body, string says)
    {
        var source = MarkedSource.Parse(OfSparseData(body));
        var (where, message) = Assert.Single(InfiniteAtMissing(source.Text));
        Assert.Equal(Assert.Single(source.Spans), where);
        Assert.Contains($"{says} is infinite where 'R' stores nothing, since what is missing is zero; multiply it by 'Observed(R)'", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Sum(Observed(R) % Log(R))")]
    [InlineData("Sum(Observed(R) % (R / (U * V.T) - Log(R / (U * V.T)) - 1))")]
    [InlineData("Sum(R % (Log(R) - Log(U * V.T)))")]
    [InlineData("Sum(R / (U * V.T))")]
    [InlineData("Sum(R % Square(U * V.T - 1 / R))")]
    [InlineData("Sum(Observed(R) / R)")]
    [InlineData("Dot(R, Log(R))")]
    [InlineData("Sum(Log(1 + R))")]
    [InlineData("Sum(Log(FillMissing(R, ColumnMeans(R))))")]
    [InlineData("Sum(Observed(R) % Map(R, U * V.T, (r, p) => p - Math.Log(r)))")]
    [InlineData("Sum(Map(R, r => r > 0 ? Math.Log(r) : 0))")]
    [InlineData("Sum(Map(R, U * V.T, (r, p) => r * Math.Log(r / p)))")]
    [InlineData("Sum(Map(R, r => Math.Log(r)))")]
    [InlineData("Sum(Map(R, U * V.T, (r, p) => p - Math.Log(p * r)))")]
    [InlineData("Sum(Pow(R, 2)) + Log(Sum(R))")]
    [InlineData("Sum(U / RowMeans(R)) + Sum(Log(RowSums(R)))")]
    public void AGMF0025_is_not_reported_where_sparse_data_are_stored(string body) => Assert.Empty(InfiniteAtMissing(OfSparseData(body)));

    [Fact]
    public void AGMF0025_is_reported_in_the_helper_that_takes_the_logarithm()
    {
        var source = MarkedSource.Parse(InLosses(
            "[Loss] public static double L([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R) => Sum(Term(U * V.T, R)); "
            + "private static Matrix<double> Term(Matrix<double> X, SparseMatrix<double> R) => X - [|Log(R)|];"));
        Assert.Equal(Assert.Single(source.Spans), Assert.Single(InfiniteAtMissing(source.Text)).Where);
    }

    private static string OfSparseData(string body) => InLosses(
        $"[Loss] public static double L([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R) => {body} + Sum(U) + Sum(V);");

    /// <summary>Where AGMF0025 is reported, whatever sums visit all pairs beside.</summary>
    private static IEnumerable<(TextSpan Where, string Message)> InfiniteAtMissing(string source)
    {
        var run = new UserProject(source).Generate();
        Assert.Empty(run.CompilerDiagnostics);
        return from d in run.AnalyzerDiagnostics
               where d.Id == "AGMF0025"
               select (d.Location.SourceSpan, d.GetMessage(null));
    }

    [Theory]
    [InlineData("1 - Sigmoid(U)")]
    [InlineData("1 - Square(Tanh(U))")]
    [InlineData("1 + Cos(U)")]
    [InlineData("2 - Sigmoid(U) % Tanh(-U)")]
    [InlineData("Sin(U) + 1")]
    [InlineData("Cosh(U) - 1")]
    [InlineData("Square(U) + 3 - 2 * Cos(U)")]
    [InlineData("Map(U, x => x * x)")]
    [InlineData("Map(U, x => 1 - Math.Tanh(x))")]
    [InlineData("Map(U, U, (x, y) => Math.Exp(x) + y * y)")]
    [InlineData("p + Square(U)")]
    [InlineData("2 - Min(Max(U, 0), 1)")]
    [InlineData("1 - Clamp(U, 0.0, 1.0)")]
    public void AGMF0015_is_not_reported_where_a_bound_keeps_the_base_from_being_negative(string @base) =>
        Reported(InLosses($"[Loss] public static double L([Factor] Matrix<double> U, double p) => Sum(Pow({@base}, p));"));

    [Theory]
    [InlineData("x < 1 ? Math.Pow(1 - x, p) : 0")]
    [InlineData("x <= 1 ? Math.Pow(2 * (1 - x), p) : 0")]
    [InlineData("Math.Abs(x) < 1 ? Math.Pow(1 - x * x, p) : 0")]
    [InlineData("x * x < 1 ? Math.Pow(1 - x * x, p) : 0")]
    [InlineData("x > -1 && x < 1 ? Math.Pow(1 - x * x, p) : 0")]
    [InlineData("x < -2 || x > 2 ? 0 : Math.Pow(4 - x * x, p)")]
    [InlineData("x > 3 ? Math.Pow(x - 2, p) : 0")]
    [InlineData("x switch { < 0 => 0, > 5 => 1, _ => Math.Pow(x, p) + Math.Pow(5 - x, p) }")]
    [InlineData("x < 0 ? Math.Pow(-x, p) : Math.Pow(x, p)")]
    [InlineData("Math.Pow(x > 0 ? x : 0, p)")]
    [InlineData("Math.Pow(1 - (x < 1 ? x : 1), p)")]
    public void AGMF0015_is_not_reported_where_a_condition_keeps_the_base_from_being_negative(string element) =>
        Reported(InLosses($"[Loss] public static double L([Factor] Matrix<double> U, double p) => Sum(Square(U)) + Sum(Map(U, x => {element}));"));

    [Fact]
    public void AGMF0015_is_not_reported_of_a_factor_whose_bounds_keep_the_base_from_being_negative() =>
        Reported(InLosses("[Loss] public static double L([Factor(Min = 0, Max = 1)] Matrix<double> U, double p) => Sum(Pow(1 - U, p)) + Sum(Pow(1 - Square(U), p));"));

    [Theory]
    [InlineData("x < 2 ? [|Math.Pow(1 - x, p)|] : 0")]
    [InlineData("x > 1 ? [|Math.Pow(1 - x, p)|] : 0")]
    [InlineData("Math.Abs(x) > 1 ? [|Math.Pow(1 - x * x, p)|] : 0")]
    [InlineData("Math.Abs(x) < 2 ? [|Math.Pow(1 - x * x, p)|] : 0")]
    [InlineData("[|Math.Pow(x < 0 ? x : 0, p)|]")]
    [InlineData("x < 0 ? [|Math.Pow(x, p)|] : 0")]
    public void AGMF0015_is_reported_where_a_condition_does_not_keep_the_base_from_being_negative(string element) =>
        Reported(InLosses($"[Loss] public static double L([Factor] Matrix<double> U, double p) => Sum(Square(U)) + Sum(Map(U, x => {element}));"), "AGMF0015");

    [Theory]
    [InlineData("0.5 - Sigmoid(U)")]
    [InlineData("1 - Square(U)")]
    [InlineData("1 - 2 * Tanh(U)")]
    [InlineData("Cosh(U) - 1.5")]
    [InlineData("Map(U, x => x * x * x)")]
    [InlineData("1 - Tanh(U) * Sigmoid(M.T * M)")]
    public void AGMF0015_is_reported_where_a_bound_is_too_large(string @base) => Reported(
        InLosses($"[Loss] public static double L([Factor] Matrix<double> U, [Factor] Matrix<double> M, double p) => Sum(Square(M)) + Sum([|Pow({@base}, p)|]);"), "AGMF0015");

    [Theory]
    [InlineData("Sum([|Log(U.T * M)|])")]
    [InlineData("Sum([|Sqrt(U)|])")]
    [InlineData("Sum(Map(U, x => x < 1 ? [|Math.Sqrt(x)|] : 1))")]
    [InlineData("[|Math.Log(Sum(U))|]")]
    [InlineData("Sum([|Log2(U)|])")]
    [InlineData("Sum([|Log10(U - 1 + U % U % U + 1)|])")]
    [InlineData("Sum([|Log1p(U)|])")]
    [InlineData("Sum([|Log(1 - Exp(-(U.T * M)))|])")]
    [InlineData("Dot(U, U) - Sum(Mine(M))")]
    public void AGMF0026_is_reported_of_roots_and_logarithms_of_what_nothing_keeps_from_being_negative(string body)
    {
        var isOwn = body.Contains("Mine", StringComparison.Ordinal);
        var message = Assert.Single(Reported(
            InLosses($"[Loss] public static double L([Factor] Matrix<double> U, [Factor] Matrix<double> M) => Sum(Square(M)) + {body};"
                + (isOwn ? " private static Matrix<double> Mine(Matrix<double> x) => [|Log(x)|];" : "")),
            "AGMF0026"));
        Assert.Contains("[Factor(Min = 0)]", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Sum(Log(Softplus(U))) + Sum(Log(1 + Square(U))) + Sum(Sqrt(Square(U) + p))")]
    [InlineData("Math.Sqrt(Dot(U, U)) + Math.Sqrt(Trace(U.T * U)) + Sum(Sqrt(Diag(U * U.T))) + Math.Sqrt(Sum(U % U)) + Math.Log(1 + Sum(Abs(U)))")]
    [InlineData("Sum(Map(U, x => x > 0 ? Math.Log(x) : x - 1)) + Sum(Map(U, x => Math.Sqrt(Math.Max(x, 0))))")]
    [InlineData("Sum(Log(Exp(U).T * Exp(U))) + Sum(Log(Clamp(U, 0.1, 0.9)))")]
    [InlineData("Sum(Log(N)) + Sum(Sqrt(Square(U).T * N)) + Math.Log(Sum(R) * Sum(N)) + Sum(Square(U))")]
    [InlineData("Sum(Square(U)) * Math.Log(p) + Sum(Sqrt(R))")]
    [InlineData("Sum(Square(U)) + Sum(Log2(N)) + Sum(Log10(1 + N)) + Sum(Log1p(N - 1)) + Sum(Log1p(-Exp(-N))) + Sum(Acosh(Cosh(U)))")]
    [InlineData("Sum(Log(1 - Exp(-(Abs(U).T * Square(U))))) + Sum(Log(Exp(N) - 1)) + Sum(Log(1 - Exp(-N)))")]
    [InlineData("Sum(Sqrt(Log(1 + Square(U)))) + Sum(Sqrt(Sigmoid(Square(U)) - 0.5)) + Sum(Log(2 - Map(U, x => Math.Exp(-Math.Abs(x)))))")]
    [InlineData("Sum(Asin(Tanh(U))) + Sum(Acos(Sin(U))) + Sum(Atanh(0.5 * Sigmoid(U) - 0.25)) + Sum(Acos(2 * Sigmoid(U) - 1)) + Sum(Asin(R))")]
    [InlineData("Sum(Map(U, x => Math.Abs(x) < 1 ? Math.Asin(x) : x)) + Sum(Map(U, x => Math.Acos(Math.Clamp(x, -0.9, 0.9)))) + Sum(Map(U, x => x > -1 && x < 1 ? Math.Atanh(x) : 0))")]
    public void AGMF0026_is_not_reported_of_what_is_never_negative_and_of_data(string body) =>
        Reported(InLosses($"[Loss] public static double L([Factor] Matrix<double> U, [Factor(Min = 0)] ColumnVector<double> N, Matrix<double> R, double p) => {body} + Sum(Square(N)) + p * Sum(R);"));
}
