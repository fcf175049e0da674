using AutoGradMf.Generators.Parsing;
using AutoGradMf.Generators.Tests.Driver;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;
using static AutoGradMf.Generators.Tests.Driver.DiagnosticAssert;

namespace AutoGradMf.Generators.Tests;

/// <summary>The corpus' list of inputs that must get a diagnostic at the user's own span, never a silent zero.</summary>
public class NegativeListTests
{
    private const string Ridge = "[Loss] public static double Ridge([Factor] Matrix<double> U) => Sum(Square(U)); ";
    private const string Factors = "[Factor] Matrix<double> U, [Factor] Matrix<double> M";

    [Theory]
    [InlineData("[|Math.BitIncrement(reg)|]", "Math.BitIncrement", null)]
    [InlineData("[|Math.Ceiling(reg)|]", "Math.Ceiling", null)]
    [InlineData("Sum([|U.Map(x => x * x)|])", "Matrix.Map", "LossMath.Map")]
    [InlineData("[|Quux.Softpluss(reg)|]", "Quux.Softpluss", "LossMath.Softplus")]
    public void N1_a_method_that_the_generator_cannot_see_into(string term, string named, string? near)
    {
        var message = Assert.Single(Reported(
            InLosses($"[Loss] public static double L([Factor] Matrix<double> U, double reg) => Sum(Square(U)) + {term};")
                + " internal static class Quux { [System.Runtime.InteropServices.DllImport(\"quux\")] public static extern double Softpluss(double x); }",
            "AGMF0008"));
        Assert.Contains(named, message, StringComparison.Ordinal);
        Assert.Contains("[Partial]", message, StringComparison.Ordinal);
        Assert.Equal(near is not null, message.Contains($"the nearest function that it knows is {near}", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Floor(reg)", "its derivative is 0 wherever it has one, so a gradient would be lost in silence; no factor reaches it here, so pass its value as a parameter")]
    [InlineData("Round(2.5)", "its derivative is 0 wherever it has one, so a gradient would be lost in silence; no factor reaches it here, so pass its value as a parameter")]
    [InlineData("Floor(Sum(U))", "its derivative is 0 wherever it has one, so a gradient would be lost in silence; a function of your own")]
    [InlineData("Round(reg, 2)", "its derivative is 0 wherever it has one")]
    [InlineData("MaxMagnitude(reg, Sum(U))", "write a conditional on Abs(x) and Abs(y)")]
    [InlineData("CopySign(reg, Sum(U))", "it jumps with the sign, of −0 too; write Abs(x) * Sign(y)")]
    public void N1_a_function_of_System_Math_that_losses_cannot_call_says_why(string call, string reason) => Assert.Contains(
        $"so it has no derivative of it: {reason}",
        Assert.Single(Reported(InLosses($"[Loss] public static double L([Factor] Matrix<double> U, double reg) => Sum(Square(U)) + [|Math.{call}|];"), "AGMF0008")),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("U.Map(x => x * x)", false)]
    [InlineData("U.View.ToMatrix()", false)]
    [InlineData("R.Map(x => x * x)", true)]
    public void N1_a_factor_reaches_what_is_called_on_it(string call, bool isOfData) => Assert.Equal(
        isOfData,
        Assert.Single(Reported(InLosses($"[Loss] public static double L([Factor] Matrix<double> U, Matrix<double> R) => Sum(Square(U - R)) + Sum([|{call}|]);"), "AGMF0008"))
            .Contains("no factor reaches it here", StringComparison.Ordinal));

    [Fact]
    public void N2_a_loss_that_does_not_depend_on_a_factor() => Reported(
        InLosses("[Loss] public static double L([Factor] Matrix<double> U, [Factor] Matrix<double> [|M|]) => Sum(Square(U));"), "AGMF0005");

    [Theory]
    [InlineData("Sum(Map(U, x => (double)[|(int)x|]))")]
    [InlineData("(double)[|(int)Sum(U)|]")]
    [InlineData("[|(long)Sum(U)|] / 2 * 1.0")]
    [InlineData("[|(int)Sum(U)|] * 2")]
    [InlineData("Truncated(Sum(U))")]
    public void N3_a_derivative_that_is_lost_in_a_conversion(string body)
    {
        var marked = InLosses($"[Loss] public static double L([Factor] Matrix<double> U) => {body} + Sum(Square(U)); "
            + (body.StartsWith("Trunc", StringComparison.Ordinal) ? "private static int Truncated(double x) => [|(int)x|];" : ""));
        Assert.Contains("derivative is lost in the conversion", Assert.Single(Reported(marked, "AGMF0009")), StringComparison.Ordinal);
    }

    [Fact]
    public void N4_loops_and_mutations_each_of_them()
    {
        var messages = Reported(
            InLosses("""
                [Loss]
                public static double L([Factor] Matrix<double> U, double reg)
                {
                    var sum = 0.0;
                    [|for (var i = 0; i < 3; i++)|]
                    {
                        [|foreach (var x in new[] { 1.0, 2.0 })|]
                        {
                            [|sum += x;|]
                        }
                    }

                    [|while (sum < 3)|]
                    {
                        [|sum++;|]
                    }

                    [|do|]
                    {
                        if (sum > 7)
                        {
                            [|sum = 8;|]
                        }
                    }
                    while (sum < 5);
                    [|reg = 2;|]
                    return sum + reg * Sum(Square(U));
                }
                """),
            "AGMF0001", "AGMF0001", "AGMF0001", "AGMF0001", "AGMF0001", "AGMF0001", "AGMF0001", "AGMF0001");
        Assert.Equal(4, messages.Count(m => m.Contains("a loss has no loops", StringComparison.Ordinal)));
        Assert.Equal(4, messages.Count(m => m.Contains("a loss changes nothing", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("Sum(Square([|U * M|] - R))", "inner dimensions differ: U is m×k, M is n×k")]
    [InlineData("Sum([|M.T * U.T|])", "inner dimensions differ: M.T is k×n, U.T is k×m")]
    public void N5_factors_without_a_transposition(string body, string message) => Assert.Contains(
        message,
        Assert.Single(Reported(InLosses($"[Loss] public static double L({Factors}, Matrix<double> R) => {body};"), "AGMF0003")),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("[|1/2|] * Sum(Square(U))", "is 0, not 0.5")]
    [InlineData("Sum(Square(U)) * (2 * ([|7 / 2|]))", "is 3, not 3.5")]
    [InlineData("Half * Sum(Square(U))", "is 0, not 0.5")]
    [InlineData("4/2 * Sum(Square(U))", null)]
    [InlineData("1/2.0 * Sum(Square(U))", null)]
    public void N6b_a_division_of_whole_numbers(string body, string? message)
    {
        var loss = InLosses($"[Loss] public static double L([Factor] Matrix<double> U) => Sum(U) + {body}; "
            + $"private const double Half = {(body.StartsWith("Half", StringComparison.Ordinal) ? "[|1 / 2|]" : "1 / 2")};");
        Assert.Equal(message is null ? 0 : 1, Reported(loss, message is null ? [] : ["AGMF0010"]).Count(m => m.Contains(message!, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("[Loss] public static double L([Factor] Matrix<double> U) => Sum(U); [Loss] public static double [|L|]([Factor] ColumnVector<double> U) => Sum(U);", "'L'", "'L'")]
    [InlineData("[Loss] public static double Huber([Factor] Matrix<double> U) => Sum(U); [Loss] public static double [|huber|]([Factor] Matrix<double> U) => Sum(U);", "'Huber'", "'huber'")]
    [InlineData("[Loss] public static double [|A|]([Factor] Matrix<double> U) => Sum(U); [Loss] public static double AModel([Factor] Matrix<double> U) => Sum(U);", "'A'", "'AModel'")]
    public void N6c_two_losses_whose_generated_names_collide(string losses, params string[] names)
    {
        var message = Assert.Single(Reported(InLosses(losses), "AGMF0006"));
        Assert.All(names, name => Assert.Contains(name, message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Log(Sigmoid(U))", "LogSigmoid(")]
    [InlineData("Log(1 + Exp(U))", "Softplus(")]
    [InlineData("Map(U, x => Math.Log(1 + Math.Exp(x)))", "Softplus(")]
    public void N7_forms_that_overflow_are_computed_in_stable_ones(string argument, string stable)
    {
        var run = new UserProject(InLosses($"[Loss] public static double L([Factor] Matrix<double> U) => Sum({argument});")).Run();
        var text = run.Generated["Losses.L.g.cs"];
        Assert.Contains($"LaneMath.{stable}", text, StringComparison.Ordinal);
        Assert.DoesNotContain("LaneMath.Log(", text, StringComparison.Ordinal);
        Assert.DoesNotContain("LaneMath.Exp(", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[|Sum(Exp(U * M.T))|] - Sum(R % (U * M.T))", "SparseMatrix", "AGMF0017", "'Sum(Exp(U * M.T))' visits all m·n pairs although the loss has sparse data, because 'Exp(U * M.T)' is")]
    [InlineData("Sum(Square(R - U * M.T)) + reg * Sum([|RowSums(Abs(U * M.T))|])", "SparseMatrix", "AGMF0017", "because 'Abs(U * M.T)' is")]
    [InlineData("Sum(R % (U * M.T)) + [|Sum(Map(U * M.T, R, (rated, r) => Math.Abs(rated) * r + rated * rated * rated * rated))|]", "SparseMatrix", "AGMF0017", "because 'Map(U * M.T, R, (rated, r) => Math.Abs(rated) * r + rated * rated * rated * rated)' is")]
    [InlineData("[|Sum(R % Exp(U * M.T) + Abs(U * M.T))|]", "SparseMatrix", "AGMF0017", "because 'Abs(U * M.T)' is")]
    [InlineData("[|Sum(Exp(U * M.T))|]", "Matrix", "AGMF0016", "it costs 2 m n k flops per evaluation")]
    [InlineData("[|Sum(Map(R, U * M.T, (r, x) => Huber(r - x, 1)))|]", "Matrix", "AGMF0016", "because 'R' is neither sparse")]
    [InlineData("[|Mean(Sigmoid(U * M.T))|] + [|Sum(Exp(U * M.T))|]", "Matrix", "AGMF0016", "AGMF0016", "'Sum(Exp(U * M.T))' visits all m·n pairs")]
    [InlineData("Sum(Square(U * M.T - R)) + Sum(Exp(U)) + reg", "SparseMatrix")]
    public void N8_a_sum_that_visits_all_pairs(string body, string data, params string[] rulesAndMessage)
    {
        var messages = Reported(
            InLosses($"[Loss] public static double L({Factors}, {data}<double> R, double reg) => {body};"), rulesAndMessage is [.. var rules, _] ? rules : []);
        Assert.All(messages.TakeLast(1), message => Assert.Contains(rulesAndMessage[^1], message, StringComparison.Ordinal));
    }

    [Fact]
    public void N8_a_dense_matrix_of_data_is_information_even_beside_sparse_data() => Assert.Contains(
        "because 'D' is",
        Assert.Single(Reported(
            InLosses($"[Loss] public static double L({Factors}, SparseMatrix<double> R, Matrix<double> D) => [|Sum(Square(U * M.T - D))|] + Sum(R % (U * M.T));"),
            "AGMF0016")),
        StringComparison.Ordinal);

    [Fact]
    public void N8_a_matrix_of_pairs_that_is_kept_is_told() => Assert.EndsWith(
        "; it costs 2 m n k + 2 m n p flops and m p numbers of memory per evaluation",
        Assert.Single(Reported(
            InLosses($"[Loss] public static double L({Factors}, Matrix<double> R) => [|Sum(Square(Exp(U * M.T) * R))|];"), "AGMF0016")));

    [Fact]
    public void N9_a_sum_over_observed_entries_visits_no_others()
    {
        var run = new UserProject(InLosses($"[Loss] public static double L({Factors}, SparseMatrix<double> R) => Sum(Observed(R) % Exp(U * M.T));")).Run();
        Assert.Empty(run.AnalyzerDiagnostics);
        var text = run.Generated["Losses.L.g.cs"];
        Assert.Contains("SampledLoop.Evaluate", text, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"DenseLoop\.Evaluate<.*>\(\s*_m, _n,", text);
    }

    [Theory]
    [InlineData("Sum([|Pow(U, p)|])")]
    [InlineData("Sum([|Pow(U, 0.5)|])")]
    [InlineData("Sum(Map(U, x => [|Math.Pow(x, p)|]))")]
    [InlineData("[|Pow(Sum(U), p)|]")]
    [InlineData("Sum(Map(U, x => x < 1 ? [|Pow(x, p)|] : 0))")]
    [InlineData("Sum(Map(U, x => [|Pow(p * x, 0.5)|]))")]
    [InlineData("Sum(U) * [|Pow(-2, p)|]")]
    public void N10_a_real_power_of_what_may_be_negative(string body) => Assert.Contains(
        "may be negative", Assert.Single(Reported(InLosses($"[Loss] public static double L([Factor] Matrix<double> U, double p) => {body};"), "AGMF0015")), StringComparison.Ordinal);

    [Theory]
    [InlineData("Sum(Pow(U, 3))")]
    [InlineData("Sum(Pow(U, -6))")]
    [InlineData("Sum(Pow(Abs(U), p))")]
    [InlineData("Sum(Pow(1 + Exp(U), p))")]
    [InlineData("Pow(Sum(Square(U)) + 1e-9, p / 2)")]
    [InlineData("Sum(Map(U, x => x > 0 ? Pow(x, p) : 0))")]
    [InlineData("Sum(Map(U, x => x <= 0 ? 0 : Pow(x, p)))")]
    [InlineData("Sum(Map(Square(U), x => Pow(x, p)))")]
    [InlineData("Sum(Pow(Max(U, 0), p))")]
    [InlineData("Sum(U) * Pow(p, 0.5)")]
    [InlineData("Sum(U) * Pow(Sum(R), p)")]
    [InlineData("Sum(Map(R, U, (r, u) => u * Pow(r - 3, p)))")]
    public void N10_powers_of_what_cannot_be_negative_of_data_and_whole_powers_are_not_reported(string body) =>
        Reported(InLosses($"[Loss] public static double L([Factor] Matrix<double> U, Matrix<double> R, double p) => {body} + p + Sum(R);"));

    [Fact]
    public void N10_powers_of_a_factor_that_is_bounded_by_zero_are_not_reported() =>
        Reported(InLosses("[Loss] public static double L([Factor(Min = 0)] Matrix<double> U, double p) => Sum(Pow(U, p));"));

    [Fact]
    public void N11_a_recursive_helper() => Reported(
        InLosses("[Loss] public static double L([Factor] Matrix<double> U) => Power(U, 3); "
            + "private static double Power(Matrix<double> x, int p) => p == 0 ? 1 : Sum(Square(x)) * [|Power(x, p - 1)|];"),
        "AGMF0007");

    [Theory]
    [InlineData("public static async System.Threading.Tasks.Task<double> [|L|]([Factor] Matrix<double> U) { [|await System.Threading.Tasks.Task.Yield();|] return Sum(U); }", "must not be async", "AGMF0006", "AGMF0001")]
    [InlineData("public static System.Collections.Generic.IEnumerable<double> [|L|]([Factor] Matrix<double> U) { yield return Sum(U); }", "must not be an iterator", "AGMF0006")]
    [InlineData("public static unsafe double [|L|]([Factor] Matrix<double> U) => Sum(U);", "must not be unsafe", "AGMF0006")]
    [InlineData("public static ref double [|L|]([Factor] Matrix<double> U) => ref (new double[1])[0];", "must not return by reference", "AGMF0006")]
    public void N13_a_method_that_is_async_an_iterator_unsafe_or_returns_by_reference(string method, string message, params string[] rules) => Assert.Contains(
        message, Reported(InLosses("[Loss] " + method), rules)[0], StringComparison.Ordinal);

    [Theory]
    [InlineData("[Partial([|\"y\"|], \"2 * x\")]", "no parameter 'y'; its parameters are x, scale")]
    [InlineData("[Partial(\"x\", \"2 * x\"), Partial([|\"x\"|], \"x\")]", "declared twice; its parameters are x, scale")]
    [InlineData("[Partial(\"x\", [|\"2 * (x\"|])]", "does not parse")]
    [InlineData("[Partial(\"x\", [|\"2 * z\"|])]", "'z' is no parameter of F (x, scale)")]
    [InlineData("[Partial(\"x\", [|\"2 * Sine(x)\"|])]", "no function 'Sine' with a derivative of its own; the nearest is Sin")]
    [InlineData("[Partial(\"x\", [|\"x > 0\"|])]", "'x > 0' is none of numbers")]
    [InlineData("[Partial(\"x\", [|\"\\\"one\\\"\"|])]", "is none of numbers")]
    [InlineData("[Partial(\"x\", [|\"Pow(x)\"|])]", "no function 'Pow' of 1 number")]
    [InlineData("[Partial(\"x\", [|\"Math.Sum(x)\"|])]", "no function 'Math.Sum' of 1 number")]
    [InlineData("[Partial(\"x\", [|\"Math.BitIncrement(x)\"|])]", "no function 'Math.BitIncrement' with a derivative")]
    [InlineData("[Partial(\"x\", [|\"Math.Pi * x\"|])]", "'Math.Pi' is none of numbers")]
    [InlineData("[Partial(parameter: \"x\", expression: [|\"Missing.Sin(x)\"|])]", "no function 'Missing.Sin'")]
    [InlineData("[Partial(\"x\", [|\"1 / 2 * x\"|])]", "'1 / 2' divides whole numbers and is 0 in C#")]
    [InlineData("[Partial(\"x\", [|\"scale * Pow(x, -(3) / (1 + 1))\"|])]", "'-(3) / (1 + 1)' divides whole numbers and is -1 in C#")]
    [InlineData("internal const int Half = 2; [Partial(\"x\", [|\"1 / Half * x\"|])]", "'1 / Half' divides whole numbers and is 0 in C#")]
    public void N14_a_declared_derivative_of_no_parameter_of_one_twice_or_that_cannot_be_read(string attributes, string message) => Assert.Contains(
        message, Assert.Single(Reported(InLosses(Ridge + attributes + " public static double F(double x, double scale) => scale * x * x;"), "AGMF0014")), StringComparison.Ordinal);

    [Theory]
    [InlineData("[Bound([|\"Sine(x)\"|])]", "'Sine(x)' is no bound")]
    [InlineData("[Bound(\"1\", [|\"y\"|])]", "no parameter 'y'; its parameters are x, scale")]
    [InlineData("[Sign([|\"positive\"|])]", "'positive' is no sign that 'F' may have: write \"+\", \"-\" or a parameter; its parameters are x, scale")]
    [InlineData("[Sign(\"+\", \"x >= 0\", [|\"scale > 0\"|])]", "'scale > 0' is no condition of a sign")]
    [InlineData("[Sign(\"+\", given: [|new[] { \"size >= 0\" }|])]", "'size >= 0' is no condition of a sign")]
    [InlineData("[Requires([|\"size >= 0\"|])]", "'size >= 0' is no condition of the arguments of 'F'")]
    [InlineData("[Requires([|\"scale > 0\"|])]", "write two parameters, or one and a number, with <= or >= between them; its parameters are x, scale")]
    [InlineData("[Requires([|null!|])]", "'' is no condition")]
    [InlineData("[Sign([|null!|], null!)]", "'' is no sign")]
    [InlineData("[[|LeastArgument(0)|]]", "'LeastArgument' is about functions of one number, and 'F' takes 2")]
    [InlineData("[[|GreatestArgument(1)|]]", "'GreatestArgument' is about functions of one number")]
    [InlineData("[[|Increasing|]]", "'Increasing' is about functions of one number")]
    public void N14_what_is_declared_beside_a_derivative_and_cannot_be_read(string attribute, string message) => Assert.Contains(message, Assert.Single(Reported(
        InLosses(Ridge + "[Partial(\"x\", \"2 * scale * x\")] " + attribute + " public static double F(double x, double scale) => scale * x * x;"), "AGMF0014")), StringComparison.Ordinal);

    [Theory]
    [InlineData("[Partial(\"x\", [|\"Sine(x)\"|])]")]
    [InlineData("[Partial(\"x\", [|null!|])]")]
    [InlineData("[Partial([|null!|], \"2 * x\")]")]
    [InlineData("[Sign(\"+\", null!), Partial(\"x\", [|null!|])]")]
    public void N14_a_derivative_that_cannot_be_read_is_reported_once_where_it_is_declared(string attributes) => Reported(InLosses(
        "[Loss] public static double L([Factor] Matrix<double> U) => Sum(Map(U, F)) + F(Sum(U)); "
            + attributes + " public static double F(double x) => x * x;"), "AGMF0014");

    [Fact]
    public void N14_derivatives_that_can_be_read_are_not_reported() => Reported(InLosses(
        Ridge + "[Partial(\"x\", \"scale * Square(x) / G(x) + Losses.G(-1e-3 * x)\"), Partial(\"scale\", \"F(x, 1)\")] public static double F(double x, double scale) => x; "
            + "[Partial(\"x\", \"1\")] public static double G(double x) => x;"));

    [Fact]
    public void N14_all_derivatives_of_the_library_can_be_read()
    {
        var compilation = CSharpCompilation.Create("Empty", references: UserProject.References);
        var functions = new FunctionTable(compilation);
        var rules =
            from method in compilation.GetTypeByMetadataName("AutoGradMf.LossMath")!.GetMembers().OfType<IMethodSymbol>()
            from attribute in method.GetAttributes()
            where attribute.AttributeClass!.Name == nameof(PartialAttribute)
            select (Method: method, Parameter: (string)attribute.ConstructorArguments[0].Value!, Rule: (string)attribute.ConstructorArguments[1].Value!);
        Assert.NotEmpty(rules);
        Assert.All(rules, rule => Assert.Contains(rule.Method.Parameters, p => p.Name == rule.Parameter));
        Assert.All(rules, rule => Assert.Null(functions.ProblemOf(rule.Rule, rule.Method)));
    }

    [Theory]
    [InlineData("[|(float)Sum(U)|]")]
    [InlineData("Sum(Map(U, x => [|(float)x|]))")]
    [InlineData("Sum([|U.Cast<float>()|])")]
    [InlineData("(double)[|(decimal)Sum(U)|]")]
    public void N16_float_and_double_mixed(string term) => Assert.Contains(
        "a loss is written in double alone",
        Assert.Single(Reported(InLosses($"[Loss] public static double L([Factor] Matrix<double> U) => {term} + Sum(Square(U));"), "AGMF0013")),
        StringComparison.Ordinal);

    [Fact]
    public void N16_a_float_parameter_is_told_that_the_output_is_generic() => Assert.Contains(
        "generic over float and double",
        Assert.Single(Reported(InLosses("[Loss] public static double L([Factor] Matrix<double> U, Matrix<float> [|R|]) => Sum(Square(U));"), "AGMF0006")),
        StringComparison.Ordinal);

    [Fact]
    public void N16_a_float_number_is_promoted_as_CSharp_does()
    {
        var run = new UserProject(InLosses("[Loss] public static double L([Factor] Matrix<double> U) => 0.1f * Sum(U);")).Run();
        Assert.Contains("L = 0.10000000149011612 Σ U", run.Generated["Losses.L.g.cs"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[|Random.Shared.NextDouble()|]", "Random")]
    [InlineData("[|new Random(3).NextDouble()|]", "Random")]
    [InlineData("[|DateTime.Now.Ticks|]", "DateTime")]
    [InlineData("[|Environment.TickCount|]", "Environment")]
    public void N17_random_numbers_and_clocks(string term, string named) => Assert.Contains(
        $"({named} is not deterministic)",
        Assert.Single(Reported(InLosses($"[Loss] public static double L([Factor] Matrix<double> U) => {term} * Sum(Square(U));"), "AGMF0011")),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("[|Weight|]")]
    [InlineData("[|Losses.Scale|]")]
    [InlineData("Half()")]
    public void N18_a_read_of_what_can_change(string term) => Assert.Contains(
        "may change between evaluations",
        Assert.Single(Reported(
            InLosses($"[Loss] public static double L([Factor] Matrix<double> U) => {term} * Sum(Square(U)); internal static double Weight = 2; internal static double Scale {{ get; set; }} "
                + $"internal static double Half() => {(term == "Half()" ? "[|Weight|]" : "Weight")} / 2;"),
            "AGMF0012")),
        StringComparison.Ordinal);
}
