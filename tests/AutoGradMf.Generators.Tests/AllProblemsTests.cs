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
    [InlineData("Sum([|FillMissing(2 * R, 1)|]) + Sum([|U * M|])", "AGMF0001", "AGMF0003")]
    [InlineData("Sum([|FillMissing(2 * R, 1)|]) + Sum([|Observed(R + R)|] % R) * [|Math.Ceiling(p)|]", "AGMF0001", "AGMF0001", "AGMF0008")]
    [InlineData("Sum([|Pow(U, p)|]) + Sum([|U * M|])", "AGMF0015", "AGMF0003")]
    [InlineData("(p > 1 ? Sum([|U * M|]) : 0) + [|R.Count|]", "AGMF0003", "AGMF0001")]
    [InlineData("(Sum(U) > [|R.Count|] ? Sum([|U * M|]) : Sum([|M * U|]))", "AGMF0001", "AGMF0003", "AGMF0003")]
    [InlineData("Sum(Identity([|R.Count|]) - [|U * M|])", "AGMF0001", "AGMF0003")]
    public void Problems_of_every_stage(string body, params string[] rules) =>
        Reported(InLosses($"[Loss] public static double L({Parameters}) => {body};"), rules);

    [Theory]
    [InlineData("Sum(([|new Matrix<double>(3, 4)|] * U) % M) + Sum(U)", "AGMF0001")]
    [InlineData("Sum(Square([|U * M|] * U + U))", "AGMF0003")]
    [InlineData("Sum(([|U + M.T|]) * R)", "AGMF0003")]
    [InlineData("Sum(Pow([|R.Map(x => x)|], p))", "AGMF0008")]
    [InlineData("Sum(Observed([|R.Map(x => x)|]) % U)", "AGMF0008")]
    public void Nothing_that_follows_from_another(string body, params string[] rules) =>
        Reported(InLosses($"[Loss] public static double L({Parameters}) => {body};"), rules);

    [Fact]
    public void What_a_local_holds_is_reported_once() => Reported(
        InLosses($"[Loss] public static double L({Parameters}) {{ var e = [|U * M|]; var f = [|Math.Ceiling(p)|]; return Sum(e) + f * Sum(Square(e) * f + [|M * U|]); }}"),
        "AGMF0003", "AGMF0008", "AGMF0003");

    [Fact]
    public void What_a_helper_does_wrong_is_reported_once_and_what_its_callers_do_as_well() => Reported(
        InLosses($"[Loss] public static double L({Parameters}) => Half(U) + Half(M) + Sum([|U * M|]); private static double Half(Matrix<double> x) => [|Math.Ceiling(1.5)|] * Sum(Square(x)) / 2;"),
        "AGMF0003", "AGMF0008");
}
