using AutoGradMf.Objectives;
using Xunit;
using static AutoGradMf.LossMath;

namespace AutoGradMf.Gradients.Tests;

/// <summary>
/// Roots of weighted sums of squares over all pairs, which are taken apart. What rounding puts below zero near a perfect fit is zero where the weights, which the data
/// and hyperparameters give, are not negative; where some are, so may the sum be, and its root is not a number.
/// </summary>
public partial class WeightedNormTests
{
    private const int Users = 20;
    private const int Movies = 15;
    private const int Rank = 4;

    public static TheoryData<string> Losses => [nameof(ByVectors), nameof(ByMatrices), nameof(ByRow), nameof(ByConfidence), nameof(ByLogarithms), nameof(PowerByNumber)];

    [Loss]
    internal static double ByVectors(
        [Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R, ColumnVector<double> a, ColumnVector<double> c) =>
        Math.Sqrt(Sum((a * c.T) % Square(U * V.T - R)));

    [Loss]
    internal static double ByMatrices(
        [Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R, Matrix<double> P, Matrix<double> Q) =>
        Math.Sqrt(Sum((P * Q.T) % Square(U * V.T - R)));

    [Loss]
    internal static double ByRow(
        [Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R, ColumnVector<double> a) =>
        Sum(Sqrt(RowSums(a % Square(U * V.T - R))));

    [Loss]
    internal static double ByConfidence(
        [Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R, double alpha) =>
        Math.Sqrt(Sum((1 + alpha * R) % Square(U * V.T - R)));

    [Loss]
    internal static double ByLogarithms(
        [Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R, ColumnVector<double> a) =>
        Math.Sqrt(Sum(Log1p(a) % Square(U * V.T - R)));

    [Loss]
    internal static double PowerByNumber(
        [Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R, double alpha) =>
        Math.Pow(Sum((alpha + Observed(R)) % Square(U * V.T - R)), 0.75);

    [Loss]
    internal static double Difference(
        [Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R, ColumnVector<double> a) =>
        Sum(a % Square(U * V.T - R));

    [Theory]
    [MemberData(nameof(Losses))]
    public void Near_a_perfect_fit_a_root_is_finite_where_no_weight_is_negative(string loss)
    {
        for (var seed = 1; seed <= 20; seed++)
        {
            var (value, gradient) = NearFit(loss, seed);
            Assert.InRange(value, 0, 1e-4);
            Assert.DoesNotContain(gradient, slope => !double.IsFinite(slope));
        }
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void Where_weights_are_negative_it_is_not_a_number(string loss) =>
        Assert.Equal(double.NaN, Evaluate(loss, new Random(1), number => -number, _ => 0).Value);

    [Fact]
    public void A_sum_of_which_some_weights_are_negative_is_as_it_is_written()
    {
        var (value, _) = Evaluate(nameof(Difference), new Random(1), number => -number, _ => 0);
        Assert.InRange(value, double.MinValue, -1);
    }

    /// <summary>Factors are what they are: a value that is none is seen.</summary>
    [Theory]
    [MemberData(nameof(Losses))]
    public void What_is_not_a_number_stays_so(string loss) =>
        Assert.Equal(double.NaN, Evaluate(loss, new Random(1), number => number, _ => double.NaN).Value);

    private static (double Value, double[] Gradient) NearFit(string loss, int seed) =>
        Evaluate(loss, new Random(seed), number => Math.Max(0, number - 0.7), random => 0.5 + random.NextDouble());

    private static (double Value, double[] Gradient) Evaluate(string loss, Random random, Func<double, double> weight, Func<Random, double> element)
    {
        Matrix<double> Numbers(int rows, int columns, Func<Random, double> next) => new(rows, columns, [.. Enumerable.Range(0, rows * columns).Select(_ => next(random))]);
        Matrix<double> Weights(int rows, int columns) => Numbers(rows, columns, r => weight(0.5 + r.NextDouble()));
        var (U, V) = (Numbers(Users, Rank, element), Numbers(Movies, Rank, element));
        var X = U * V.T;
        var entries =
            from i in Enumerable.Range(0, Users)
            from j in Enumerable.Range(0, Movies)
            select (i, j, double.IsNormal(X[i, j]) ? X[i, j] : 1);
        var R = SparseMatrix<double>.FromCoordinates(Users, Movies, entries.ToArray());
        var objective = Made(loss, R, Weights);
        var (at, gradient) = (new Parameters<double>(objective.Layout), new Parameters<double>(objective.Layout));
        U.View.Span.CopyTo(at["U"].Span);
        V.View.Span.CopyTo(at["V"].Span);
        return (objective.ValueAndGradient(at, gradient, objective.CreateWorkspace()), gradient.Values.ToArray());
    }

    private static IObjective<double> Made(string loss, SparseMatrix<double> R, Func<int, int, Matrix<double>> weights)
    {
        ColumnVector<double> Vector(int length) => new(weights(length, 1).View.Span.ToArray());
        return loss switch
        {
            nameof(ByVectors) => new ByVectorsObjective<double>(R, new([.. Vector(Users).View.Span.ToArray().Select(Math.Abs)]), Vector(Movies), Rank),
            nameof(ByMatrices) => new ByMatricesObjective<double>(R, Numbers(weights(Users, 2)), weights(Movies, 2), Rank),
            nameof(ByRow) => new ByRowObjective<double>(R, Vector(Users), Rank),
            nameof(ByConfidence) => new ByConfidenceObjective<double>(R, 5 * weights(1, 1)[0, 0], Rank),
            nameof(ByLogarithms) => new ByLogarithmsObjective<double>(R, new([.. Vector(Users).View.Span.ToArray().Select(x => Math.Max(x, -0.9))]), Rank),
            nameof(PowerByNumber) => new PowerByNumberObjective<double>(R, 3 * weights(1, 1)[0, 0], Rank),
            nameof(Difference) => new DifferenceObjective<double>(R, Vector(Users), Rank),
            _ => throw new ArgumentException(loss),
        };
    }

    private static Matrix<double> Numbers(Matrix<double> signed) => new(signed.Rows, signed.Columns, [.. signed.View.Span.ToArray().Select(Math.Abs)]);
}
