using AutoGradMf.Generators.Tests.Driver;
using Xunit;
using static AutoGradMf.Generators.Tests.Driver.DiagnosticAssert;

namespace AutoGradMf.Generators.Tests;

/// <summary>AGMF0024: marked predictions that no model can predict by.</summary>
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
}
