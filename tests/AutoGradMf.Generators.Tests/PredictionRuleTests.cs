using AutoGradMf.Generators.Tests.Driver;
using Xunit;
using static AutoGradMf.Generators.Tests.Driver.DiagnosticAssert;

namespace AutoGradMf.Generators.Tests;

/// <summary>AGMF0024 and AGMF0029: marked predictions that no model can predict by, or that no loss calls.</summary>
public class PredictionRuleTests
{
    private const string Rated = "[Prediction] static Matrix<double> Rated(Matrix<double> U, Matrix<double> M) => U * M.T;";

    [Theory]
    [InlineData("[|Whole(2)|] * Sum(Square(U))", "[Prediction] static int Whole(double x) => 3;", "it returns int, and a model predicts the elements of a Matrix<double>; take [Prediction] off 'Whole'")]
    [InlineData("[|Whole(2)|] * Sum(Square(U))", "[Prediction] static double Whole(double x) => x;", "it returns double")]
    [InlineData("Sum([|Row(U)|])", "[Prediction] static ColumnVector<double> Row(Matrix<double> U) => RowSums(U);", "it returns ColumnVector<double>")]
    [InlineData("([|IsLarge(reg)|] ? 2 : 1) * Sum(U)", "[Prediction] static bool IsLarge(double x) => x > 1;", "it returns bool")]
    [InlineData("Sum(Square(Rated(U, M))) + Sum(Square([|Twice(U, M)|]))", Rated + " [Prediction] static Matrix<double> Twice(Matrix<double> U, Matrix<double> M) => 2 * (U * M.T);", "the loss predicts by 'Rated(U, M)', which is marked too")]
    [InlineData("Sum(Square(Rated(U, M))) + Sum(Square([|Rated(2 * U, M)|]))", Rated, "the loss predicts by 'Rated(U, M)', which is marked too")]
    [InlineData("Sum(Square([|Centred(U, M)|]))", "[Prediction] static Matrix<double> Centred(Matrix<double> U, Matrix<double> M) => U * M.T - RowSums(U * M.T);", "keeps no sums over others")]
    public void AGMF0024_is_reported_at_the_call(string body, string members, string says) => Assert.Contains(
        says,
        Assert.Single(Reported(
            InLosses($"[Loss] public static double L([Factor] Matrix<double> U, [Factor] Matrix<double> M, SparseMatrix<double> R, double reg) => {body} + Sum(Square(U * M.T - R)) + reg * Sum(U); {members}"), "AGMF0024")),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("Loss", "[Factor] Matrix<double> U", "Sum(Square(U))")]
    [InlineData("EntryLoss", "double x, double r", "Square(x - r)")]
    public void AGMF0024_is_reported_of_a_loss_that_is_marked_itself(string mark, string parameters, string body) => Assert.Contains(
        "'L' is marked [Prediction], and no model predicts by it: it is the loss; mark a method that the loss calls",
        Assert.Single(Reported(InLosses($"[{mark}, Prediction] public static double [|L|]({parameters}) => {body};"), "AGMF0024")),
        StringComparison.Ordinal);

    [Fact]
    public void One_that_is_called_twice_is_the_models() => Assert.Contains(
        "ThinProduct.RowDot(_U, row, _M, column)",
        new UserProject(InLosses(
            $"[Loss] public static double L([Factor] Matrix<double> U, [Factor] Matrix<double> M, SparseMatrix<double> R) => Sum(Square(Rated(U, M) - R)) + Sum(Rated(U, M)); {Rated}")).Run().Generated["Losses.L.g.cs"].Split("Predict(int row, int column) =>")[1].Split(';')[0],
        StringComparison.Ordinal);

    [Theory]
    [InlineData("Sum(Observed(R) % Square(U * M.T - R))", "[Prediction] static Matrix<double> [|Rated|](Matrix<double> U, Matrix<double> M) => Clamp(U * M.T, 1, 5);")]
    [InlineData("Sum(Observed(R) % Square(U * M.T - R))", "[Prediction] static double [|Rated|](double x) => 2 * x; static double Other(double x) => Rated(x);")]
    [InlineData("Sum(Square(U)) + Sum(M)", "private static partial Matrix<double> [|Rated|](Matrix<double> U); [Prediction] private static partial Matrix<double> Rated(Matrix<double> U) => U;")]
    public void AGMF0029_is_reported_of_one_that_no_loss_calls(string body, string members) => Assert.Contains(
        "'Rated' is marked [Prediction], and no loss calls it, so that no model predicts by it; let the loss call it for the matrix of its predictions, or take [Prediction] off",
        Assert.Single(Reported(InLosses($"[Loss] public static double L([Factor] Matrix<double> U, [Factor] Matrix<double> M, SparseMatrix<double> R) => {body}; {members}"), "AGMF0029")),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("Sum(Observed(R) % Square(Rated(U, M) - R))", Rated)]
    [InlineData("Sum(Square(Rated(U, M)))", "static partial Matrix<double> Rated(Matrix<double> U, Matrix<double> M); [Prediction] static partial Matrix<double> Rated(Matrix<double> U, Matrix<double> M) => U * M.T;")]
    [InlineData("Error(U, M)", "static double Error(Matrix<double> U, Matrix<double> M) => Sum(Square(Inner.Rated(U, M))); static class Inner { [Prediction] public static Matrix<double> Rated<T>(T U, Matrix<double> M) where T : ITensor<T> => 2.0 * M * M.T; }")]
    [InlineData("Sum(Square(IsClipped ? Clamp(U * M.T, 1, 5) : Rated(U, M)))", $"const bool IsClipped = true; {Rated}")]
    [InlineData("Sum(Map(U, Rated))", "[Prediction, Partial(\"x\", \"1\")] static double Rated(double x) => x;")]
    public void AGMF0029_is_not_reported_of_one_that_a_loss_calls(string body, string members) => Assert.DoesNotContain(
        new UserProject(InLosses($"[Loss] public static double L([Factor] Matrix<double> U, [Factor] Matrix<double> M, SparseMatrix<double> R) => {body} + Sum(U); {members}"))
            .Generate().AnalyzerDiagnostics,
        d => d.Id == "AGMF0029");

    [Fact]
    public void AGMF0029_is_not_reported_where_a_loss_that_may_call_it_cannot_be_read() => Reported(
        InLosses($"[Loss] public static double L([Factor] Matrix<double> U) => [|U.View|].Count; {Rated}"), "AGMF0001");

    [Fact]
    public void AGMF0024_is_reported_of_a_method_given_for_elements() => Assert.Contains(
        "it returns double",
        Assert.Single(Reported(InLosses("[Loss] public static double L([Factor] Matrix<double> U) => Sum(Map(U, [|Twice|])); [Prediction] static double Twice(double x) => 2 * x;"), "AGMF0024")),
        StringComparison.Ordinal);
}
