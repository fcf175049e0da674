using AutoGradMf.Objectives;
using Xunit;
using static AutoGradMf.LossMath;

namespace AutoGradMf.Corpus.Tests;

/// <summary>
/// Where the prediction is the data but for noise of 1e-9, the terms of an expanded sum over all pairs cancel. The value stays within
/// 1e-12·‖R‖² of the direct form, the gradient within 1e-13·(‖U VᵀV‖ + ‖R V‖).
/// </summary>
public class NearPerfectFitTests
{
    private const int Users = 90;
    private const int Movies = 60;

    /// <summary>Users rate the movies of their own group alone, for which two features stand.</summary>
    private const int Groups = 3;
    private const int Rank = 1 + (2 * Groups);
    private const double Noise = 1e-9;

    private readonly Random _random = new(1);
    private readonly double[] _a;
    private readonly double[] _c;

    private Matrix<double> _P;
    private Matrix<double> _Q;

    public NearPerfectFitTests()
    {
        (_a, _c) = (Positive(Users), Positive(Movies));
        (_P, _Q) = (new(Users, 1, _a), new(Movies, 1, _c));
    }

    [Theory]
    [InlineData("SquaredError.Sparse")]
    [InlineData("SquaredError.Ridged")]
    [InlineData("Rewritten.DotProduct")]
    [InlineData("Rewritten.SquaredNorm")]
    [InlineData("AllPairs.TriFactor")]
    public void Squares_over_all_pairs_of_sparse_data(string loss)
    {
        var (U, V) = Factors(Filled(Users, 0), Filled(Movies, 0), isCentered: false);
        var R = Ratings(U, V);
        Require(loss, U, V, R, Errors(U, V, R.ToDense(), (_, _) => 1));
    }

    [Fact]
    public void Squares_over_all_pairs_weighted_by_frequency()
    {
        var (U, V) = Factors(Filled(Users, 0), Filled(Movies, 0), isCentered: false);
        var R = Ratings(U, V);
        Require("AllPairs.WeightedByFrequency", U, V, R, Errors(U, V, R.ToDense(), (i, j) => _a[i] * _c[j]));
        Require("AllPairs.WeightedNegatives", U, V, R, Errors(U, V, R.ToDense(), (i, j) => R.Contains(i, j) ? 1 : _c[j]));
    }

    /// <summary>
    /// Σ c X² over all pairs less the same over the observed ones: each is as large as the weights of missing pairs make it, and so are its roundings.
    /// The sizes that the promise is in count them on the observed pairs, too, where they cancel.
    /// </summary>
    [Fact]
    public void Missing_pairs_that_weigh_far_more_than_observed_ones()
    {
        for (var j = 0; j < Movies; j++)
        {
            _c[j] *= 4e7;
        }

        var (U, V) = Factors(Filled(Users, 0), Filled(Movies, 0), isCentered: false);
        var R = Ratings(U, V);
        var direct = Errors(U, V, R.ToDense(), (i, j) => R.Contains(i, j) ? 1 : _c[j]);
        var expanded = Errors(U, V, R.ToDense(), (i, j) => (R.Contains(i, j) ? 1 : 0) + _c[j]);
        Require("AllPairs.WeightedNegatives", U, V, R, direct with { Added = expanded.Added, Subtracted = expanded.Subtracted, SizeOfData = expanded.SizeOfData });
    }

    [Fact]
    public void Squares_over_all_pairs_with_weights_of_low_rank()
    {
        var (U, V) = Factors(Filled(Users, 0), Filled(Movies, 0), isCentered: false);
        var R = Ratings(U, V);
        (_P, _Q) = (new(Users, 3, Positive(Users * 3)), new(Movies, 3, Positive(Movies * 3)));
        var W = _P * _Q.T;
        Require("AllPairs.WeightedByProduct", U, V, R, Errors(U, V, R.ToDense(), (i, j) => W[i, j]));
        Require("AllPairs.WeightedBiased", U, V, R, Errors(U, V, R.ToDense(), (i, j) => 2 + W[i, j]));
    }

    [Fact]
    public void Fills()
    {
        var (U, V) = Factors(Filled(Users, 1), _c, isCentered: true);
        var R = Ratings(U, V);
        Require("SquaredError.Filled", U, V, R, Errors(U, V, FillMissing(R, ColumnMeans(R)), (_, _) => 1));

        (U, V) = Factors(_a, _c, isCentered: true);
        R = Ratings(U, V);
        var effects = new ColumnVector<double>(_a) * new RowVector<double>(_c);
        Require("AllPairs.FilledByEffects", U, V, R, Errors(U, V, FillMissing(R, effects), (_, _) => 1));
        Require("AllPairs.FilledByPrediction", U, V, R, Errors(U, V, FillMissing(R, effects), (_, _) => 1));
    }

    [Theory]
    [InlineData("SquaredError.Implicit")]
    [InlineData("Rewritten.AllPairsAndCorrection")]
    public void Implicit_feedback(string loss)
    {
        const double alpha = 2;
        var (U, V) = Factors(Filled(Users, 0), Filled(Movies, 0), isCentered: false);
        var R = Ratings(U, V);
        MakeScoresOne(U, V);
        Require(loss, U, V, R, Errors(U, V, Observed(R).ToDense(), (i, j) => 1 + (alpha * R[i, j])));
    }

    [Theory]
    [InlineData("Counts.KullbackLeibler")]
    [InlineData("Rewritten.LogarithmsApart")]
    [InlineData("Rewritten.OneSum")]
    public void Kullback_Leibler(string loss)
    {
        var (U, V) = (EverywherePositive(Users), EverywherePositive(Movies));
        var R = Ratings(U, V, isComplete: true);
        Require(loss, U, V, R, Divergence(U, V, R));
    }

    /// <summary>The direct form: its value, the slope in each score, what the two parts of that are, and the size of the data.</summary>
    private sealed record Direct(double Value, Matrix<double> Slopes, Matrix<double> Added, Matrix<double> Subtracted, double SizeOfData);

    private static Direct Errors(Matrix<double> U, Matrix<double> V, Matrix<double> target, Func<int, int, double> weight)
    {
        var (X, W) = (U * V.T, new Matrix<double>(U.Rows, V.Rows));
        for (var i = 0; i < W.Rows; i++)
        {
            for (var j = 0; j < W.Columns; j++)
            {
                W[i, j] = weight(i, j);
            }
        }

        var E = X - target;
        return new(Sum(W % (E % E)) / 2, W % E, W % X, W % target, Sum(W % (target % target)));
    }

    private static Direct Divergence(Matrix<double> U, Matrix<double> V, SparseMatrix<double> R)
    {
        var (X, ones, quotients) = (U * V.T, new Matrix<double>(U.Rows, V.Rows), new Matrix<double>(U.Rows, V.Rows));
        ones.View.Span.Fill(1);
        var value = Sum(X);
        foreach (var (i, j, entry) in R.Pattern.Entries)
        {
            var (x, r) = (X[i, j], R.Values[entry]);

            // r ln(r/x) − r + x, where r/x is nearly 1.
            value += r * Math.Log(r / x) - r;
            quotients[i, j] = r / x;
        }

        return new(value, ones - quotients, ones, quotients, Sum(R));
    }

    private void Require(string loss, Matrix<double> U, Matrix<double> V, SparseMatrix<double> R, Direct direct)
    {
        var objective = GeneratedLoss.Objective<double>(loss, parameter => parameter.Name switch
        {
            "R" => R,
            "a" => new ColumnVector<double>(_a),
            "c" => new ColumnVector<double>(_c),
            "P" => _P,
            "Q" => _Q,
            "rank" => Rank,
            "alpha" => 2.0,
            _ => 0.0,
        });
        var (at, gradient) = (new Parameters<double>(objective.Layout), new Parameters<double>(objective.Layout));
        U.View.Span.CopyTo(at["U"].Span);
        V.View.Span.CopyTo(at["V"].Span);
        foreach (var _ in objective.Layout.Factors.Where(f => f.Name == "S"))
        {
            Identity(Rank).View.Span.CopyTo(at["S"].Span);
        }

        var workspace = objective.CreateWorkspace();
        var beside = objective.ValueAndGradient(at, gradient, workspace);
        Assert.All([objective.Value(at, workspace), beside], value =>
            Assert.InRange(Math.Abs(value - direct.Value), 0, 1e-12 * direct.SizeOfData));
        RequireNear(gradient["U"], direct.Slopes * V, Norm(direct.Added * V) + Norm(direct.Subtracted * V));
        RequireNear(gradient["V"], direct.Slopes.T * U, Norm(direct.Added.T * U) + Norm(direct.Subtracted.T * U));
    }

    private static void RequireNear(MatrixView<double> actual, Matrix<double> direct, double size)
    {
        // The case is one of cancelling: what remains is far below what it is the difference of.
        Assert.InRange(Norm(direct), double.Epsilon, 1e-6 * size);
        Assert.InRange(Norm(actual.ToMatrix() - direct), 0, 1e-13 * size);
    }

    /// <summary>Factors whose first feature predicts left·rightᵀ, and whose others predict something within the groups alone.</summary>
    private (Matrix<double> U, Matrix<double> V) Factors(double[] left, double[] right, bool isCentered)
    {
        var (U, V) = (InGroups(left), InGroups(right));
        if (isCentered)
        {
            Center(U);
        }

        return (U, V);
    }

    private Matrix<double> EverywherePositive(int rows) => new(rows, Rank, Positive(rows * Rank));

    private Matrix<double> InGroups(double[] first)
    {
        var factor = new Matrix<double>(first.Length, Rank);
        for (var i = 0; i < factor.Rows; i++)
        {
            factor[i, 0] = first[i];
            foreach (var feature in Features(i))
            {
                factor[i, feature] = 0.5 + _random.NextDouble();
            }
        }

        return factor;
    }

    /// <summary>So that the groups' features change no column's mean.</summary>
    private static void Center(Matrix<double> U)
    {
        for (var feature = 1; feature < Rank; feature++)
        {
            var members = Enumerable.Range(0, U.Rows).Where(i => Features(i).Contains(feature)).ToList();
            var mean = members.Average(i => U[i, feature]);
            members.ForEach(i => U[i, feature] -= mean);
        }
    }

    private void MakeScoresOne(Matrix<double> U, Matrix<double> V)
    {
        for (var i = 0; i < U.Rows; i++)
        {
            var (first, second) = (Features(i)[0], Features(i)[1]);
            U[i, first] = _random.NextDouble();
            U[i, second] = 1 - U[i, first] + Noise * _random.NextDouble();
        }

        for (var j = 0; j < V.Rows; j++)
        {
            (V[j, Features(j)[0]], V[j, Features(j)[1]]) = (1, 1);
        }
    }

    /// <summary>What the factors predict within the groups, or everywhere, and noise.</summary>
    private SparseMatrix<double> Ratings(Matrix<double> U, Matrix<double> V, bool isComplete = false)
    {
        var X = U * V.T;
        var entries =
            from i in Enumerable.Range(0, U.Rows)
            from j in Enumerable.Range(0, V.Rows)
            where isComplete || i % Groups == j % Groups
            select (i, j, X[i, j] + Noise * _random.NextDouble());
        return SparseMatrix<double>.FromCoordinates(U.Rows, V.Rows, entries.ToArray());
    }

    private static int[] Features(int row) => [1 + (2 * (row % Groups)), 2 + (2 * (row % Groups))];

    private double[] Positive(int count) => [.. Enumerable.Range(0, count).Select(_ => 0.5 + _random.NextDouble())];

    private static double[] Filled(int count, double number) => [.. Enumerable.Repeat(number, count)];
}
