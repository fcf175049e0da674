using AutoGradMf.Objectives;
using Xunit;
using static AutoGradMf.LossMath;

namespace AutoGradMf.Gradients.Tests;

/// <summary>
/// Roots and logarithms of squares that are weighted where an entry is stored and where none is: neither weight is negative, though one is written as a difference. Near a
/// perfect fit, where predictions are zero at what is missing, the sums over all pairs cancel.
/// </summary>
public partial class PatternWeightTests
{
    private const int Users = 20;
    private const int Movies = 15;
    private const int Rank = 4;

    private static readonly Dictionary<string, Func<SparseMatrix<double>, double, IObjective<double>>> Made = new()
    {
        [nameof(TwoSums)] = (R, _) => new TwoSumsObjective<double>(R, Rank),
        [nameof(TwoScaledSums)] = (R, c) => new TwoScaledSumsObjective<double>(R, c, Rank),
        [nameof(OneSum)] = (R, _) => new OneSumObjective<double>(R, Rank),
        [nameof(ByNumber)] = (R, c) => new ByNumberObjective<double>(R, c, Rank),
        [nameof(ByBoth)] = (R, c) => new ByBothObjective<double>(R, c, Rank),
        [nameof(ByRow)] = (R, c) => new ByRowObjective<double>(R, new([.. Enumerable.Repeat(c, Users)]), Rank),
        [nameof(Missing)] = (R, _) => new MissingObjective<double>(R, Rank),
        [nameof(RowsOfBoth)] = (R, c) => new RowsOfBothObjective<double>(R, c, Rank),
        [nameof(LogOfBoth)] = (R, c) => new LogOfBothObjective<double>(R, c, Rank),
    };

    public static TheoryData<string> Losses => [.. Made.Keys];

    [Loss]
    internal static double TwoSums([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R) =>
        Math.Sqrt(Sum(Observed(R) % Square(U * V.T - R)) + 0.001 * Sum((1 - Observed(R)) % Square(U * V.T)));

    [Loss]
    internal static double TwoScaledSums([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R, double c) =>
        Math.Sqrt(0.5 * Sum(Square(U * V.T - R)) + c * Sum((1 - Observed(R)) % Square(U * V.T)));

    [Loss]
    internal static double OneSum([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R) =>
        Math.Sqrt(Sum((2 - 1.5 * Observed(R)) % Square(U * V.T - R)));

    [Loss]
    internal static double ByNumber([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R, double c) =>
        Math.Sqrt(Sum((c + (1 - c) * Observed(R)) % Square(U * V.T - R)));

    [Loss]
    internal static double ByBoth([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R, double c) =>
        Math.Sqrt(Sum((c * (1 - Observed(R)) + (1 - c) * Observed(R)) % Square(U * V.T - R)));

    [Loss]
    internal static double ByRow([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R, ColumnVector<double> a) =>
        Math.Sqrt(Sum((1 - a) % Square(U * V.T - R)));

    [Loss]
    internal static double Missing([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R) =>
        Math.Sqrt(Sum((1 - Observed(R)) % Square(U * V.T)));

    [Loss]
    internal static double RowsOfBoth([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R, double c) =>
        Sum(Sqrt(RowSums(Observed(R) % Square(U * V.T - R)) + c * RowSums((1 - Observed(R)) % Square(U * V.T))));

    [Loss]
    internal static double LogOfBoth([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R, double c) =>
        Math.Log(1e-30 + Sum(Observed(R) % Square(U * V.T - R)) + c * Sum((1 - Observed(R)) % Square(U * V.T)));

    [Theory]
    [MemberData(nameof(Losses))]
    public void Near_a_perfect_fit_it_is_finite(string loss)
    {
        foreach (var (c, noise) in from c in new[] { 0, 0.001, 0.3, 1 } from noise in new[] { 0, 1e-12, 1e-7 } select (c, noise))
        {
            for (var seed = 1; seed <= 20; seed++)
            {
                var (value, gradient) = Evaluate(loss, c, noise, new Random(seed));
                Assert.InRange(value, loss == nameof(LogOfBoth) ? Math.Log(1e-30) : 0, 1e-3);
                Assert.DoesNotContain(gradient, slope => !double.IsFinite(slope));
            }
        }
    }

    /// <summary>With all factors zero and nothing stored the norm has its derivative at zero.</summary>
    [Theory]
    [MemberData(nameof(Losses))]
    public void Where_all_is_zero_so_is_the_gradient(string loss)
    {
        var objective = Made[loss](SparseMatrix<double>.FromCoordinates(Users, Movies, [(0, 0, 0.0)]), 0.3);
        var gradient = new Parameters<double>(objective.Layout);
        gradient.Values.Fill(double.NaN);
        objective.ValueAndGradient(new Parameters<double>(objective.Layout), gradient, objective.CreateWorkspace());
        Assert.All(gradient.Values.ToArray(), slope => Assert.Equal(0, slope));
    }

    [Theory]
    [InlineData(nameof(TwoScaledSums), -2)]
    [InlineData(nameof(ByNumber), -2)]
    [InlineData(nameof(ByBoth), -2)]
    [InlineData(nameof(ByBoth), 2)]
    [InlineData(nameof(ByRow), 2)]
    [InlineData(nameof(RowsOfBoth), -2)]
    [InlineData(nameof(LogOfBoth), -2)]
    public void Where_a_weight_is_negative_it_is_not_a_number(string loss, double c) =>
        Assert.Equal(double.NaN, Evaluate(loss, c, c < 0 ? 0 : 3, new Random(1), isMissed: c < 0).Value);

    /// <summary>Users and movies of two kinds that share no feature, of which each rates its own alone, as predicted but for noise.</summary>
    /// <param name="loss">The name of the loss.</param>
    /// <param name="c">Its hyperparameter.</param>
    /// <param name="noise">What ratings differ by from predictions.</param>
    /// <param name="random">Draws them.</param>
    /// <param name="isMissed">Whether predictions are not zero at what is missing.</param>
    private static (double Value, double[] Gradient) Evaluate(string loss, double c, double noise, Random random, bool isMissed = false)
    {
        Matrix<double> Factor(int rows) => new(rows, Rank, [.. from row in Enumerable.Range(0, rows) from k in Enumerable.Range(0, Rank) select isMissed || row % 2 == k % 2 ? 0.5 + random.NextDouble() : 0]);
        var (U, V) = (Factor(Users), Factor(Movies));
        var X = U * V.T;
        var entries =
            from i in Enumerable.Range(0, Users)
            from j in Enumerable.Range(0, Movies)
            where i % 2 == j % 2
            select (i, j, X[i, j] + (noise * (random.NextDouble() - 0.5)));
        var objective = Made[loss](SparseMatrix<double>.FromCoordinates(Users, Movies, entries.ToArray()), c);
        var (at, gradient) = (new Parameters<double>(objective.Layout), new Parameters<double>(objective.Layout));
        U.View.Span.CopyTo(at["U"].Span);
        V.View.Span.CopyTo(at["V"].Span);
        return (objective.ValueAndGradient(at, gradient, objective.CreateWorkspace()), gradient.Values.ToArray());
    }
}
