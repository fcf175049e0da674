using System.Numerics;
using AutoGradMf.Objectives;
using Xunit;

namespace AutoGradMf.Gradients.Tests;

/// <summary>
/// Near a perfect fit the terms of an expanded sum of squares cancel: it stays within 1e-12·‖R‖² of the direct form and is never negative, and a root, a power or a
/// logarithm of it is that of a number as near.
/// </summary>
public class SquaredNormTests
{
    private const int Users = 20;
    private const int Movies = 15;
    private const int Rank = 4;

    /// <summary>Of each loss the function of the squared norms of the rows.</summary>
    private static readonly Dictionary<string, Func<IReadOnlyList<double>, double>> Forms = new()
    {
        [nameof(SquaredNormLosses.Squares)] = squares => 0.5 * squares.Sum(),
        [nameof(SquaredNormLosses.FilledSquares)] = squares => squares.Sum() / 3,
        [nameof(SquaredNormLosses.SquaresOfRows)] = squares => squares.Sum(),
        [nameof(SquaredNormLosses.Length)] = squares => Math.Sqrt(squares.Sum()),
        [nameof(SquaredNormLosses.RootOfTwice)] = squares => Math.Sqrt(2 * squares.Sum()),
        [nameof(SquaredNormLosses.RootOfMean)] = squares => Math.Sqrt(squares.Sum() / (Users * Movies)),
        [nameof(SquaredNormLosses.RootOfFilledMean)] = squares => Math.Sqrt(squares.Sum() / (Users * Movies)),
        [nameof(SquaredNormLosses.RootOfMeanOfEntries)] = squares => Math.Sqrt(squares.Sum() / (Users * Movies)),
        [nameof(SquaredNormLosses.RootOfObservedMean)] = squares => Math.Sqrt(squares.Sum() / (Users * Movies)),
        [nameof(SquaredNormLosses.RootsOfRowMeans)] = squares => squares.Sum(s => Math.Sqrt(s / Movies)),
        [nameof(SquaredNormLosses.RootsOfMeansOfEntries)] = squares => squares.Sum(s => Math.Sqrt(s / Movies)),
        [nameof(SquaredNormLosses.PowerOfMean)] = squares => Math.Sqrt(squares.Sum() / (Users * Movies)),
        [nameof(SquaredNormLosses.PowerOfObservedMean)] = squares => Math.Pow(squares.Sum() / (Users * Movies), 0.75),
        [nameof(SquaredNormLosses.Lengths)] = squares => squares.Sum(Math.Sqrt),
        [nameof(SquaredNormLosses.PowerOfSquares)] = squares => Math.Pow(squares.Sum(), 0.75),
        [nameof(SquaredNormLosses.LogOfSquares)] = squares => Math.Log(squares.Sum() + 1e-6),
        [nameof(SquaredNormLosses.SmoothLengths)] = squares => squares.Sum(s => Math.Sqrt(1e-12 + s)),
        [nameof(SquaredNormLosses.RootOfWritten)] = squares => Math.Sqrt(squares.Sum()),
        [nameof(SquaredNormLosses.RootsOfWrittenRows)] = squares => squares.Sum(s => Math.Sqrt(3 * s)),
        [nameof(SquaredNormLosses.RootOfWrittenEntries)] = squares => Math.Sqrt(0.4 * squares.Sum()),
        [nameof(SquaredNormLosses.LogOfWritten)] = squares => Math.Log(squares.Sum() + 1e-6),
        [nameof(SquaredNormLosses.Written)] = squares => squares.Sum(),
    };

    private static readonly double[] Sizes = [1, 1e3];
    private static readonly double[] Noises = [0, 1e-12, 1e-9, 1e-7, 1e-6, 1e-3];

    public static TheoryData<string> Losses => [.. Forms.Keys];

    [Theory]
    [MemberData(nameof(Losses))]
    public void Near_a_perfect_fit(string loss)
    {
        foreach (var (size, noise) in from size in Sizes from noise in Noises select (size, noise))
        {
            for (var seed = 1; seed <= 10; seed++)
            {
                AssertRight<double>(loss, size, noise, seed, 1e-12);
                AssertRight<float>(loss, size, noise, seed, 1e-6);
            }
        }
    }

    [Theory]
    [InlineData(nameof(SquaredNormLosses.RootOfScaledSquares))]
    [InlineData(nameof(SquaredNormLosses.RootOfTwoSums))]
    [InlineData(nameof(SquaredNormLosses.RootOfMeanSquare))]
    public void Where_all_is_zero_the_gradient_of_a_norm_is_zero(string loss)
    {
        var objective = (IObjective<double>)Activator.CreateInstance(Generated(loss).MakeGenericType(typeof(double)), 2, 3)!;
        var gradient = new Parameters<double>(objective.Layout);
        gradient.Values.Fill(double.NaN);
        Assert.Equal(0, objective.ValueAndGradient(new Parameters<double>(objective.Layout), gradient, objective.CreateWorkspace()));
        Assert.All(gradient.Values.ToArray(), slope => Assert.Equal(0, slope));
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void What_is_not_a_number_stays_so(string loss)
    {
        var R = SparseMatrix<double>.FromCoordinates(2, 2, [(0, 0, 1.0), (1, 1, 2.0)]);
        var objective = (IObjective<double>)Activator.CreateInstance(Generated(loss).MakeGenericType(typeof(double)), R, 1)!;
        var (at, gradient) = (new Parameters<double>(objective.Layout), new Parameters<double>(objective.Layout));
        at.Values.Fill(double.NaN);
        Assert.Equal(double.NaN, objective.Value(at, objective.CreateWorkspace()));
        Assert.Equal(double.NaN, objective.ValueAndGradient(at, gradient, objective.CreateWorkspace()));
    }

    /// <summary>The bound is that of the sum: what subtracts it is above nothing.</summary>
    [Fact]
    public void A_loss_that_subtracts_squares_is_as_it_is_written()
    {
        var R = SparseMatrix<double>.FromCoordinates(2, 2, [(0, 0, 1.0), (1, 1, 2.0)]);
        var objective = new SquaredNormLosses.LessSquaresObjective<double>(R, 1);
        Assert.Equal(1 - (2 * 5), objective.Value(new Parameters<double>(objective.Layout), objective.CreateWorkspace()));
    }

    /// <summary>All pairs are visited in any case: the 8th power of a prediction, 1e24, does not come into that of a small error.</summary>
    [Fact]
    public void A_high_power_of_a_small_error_keeps_its_digits()
    {
        var R = SparseMatrix<double>.FromCoordinates(1, 1, [(0, 0, 1000.5)]);
        var objective = new SquaredNormLosses.EighthPowersObjective<double>(R, 1);
        var (at, gradient) = (new Parameters<double>(objective.Layout), new Parameters<double>(objective.Layout));
        (at[0][0, 0], at[1][0, 0]) = (1000, 1);
        Assert.Equal(1.0 / 256, objective.ValueAndGradient(at, gradient, objective.CreateWorkspace()));
        Assert.Equal([-1.0 / 16, -1000.0 / 16], gradient.Values.ToArray());
    }

    private static Type Generated(string loss) => typeof(SquaredNormLosses).GetNestedType($"{loss}Objective`1", System.Reflection.BindingFlags.NonPublic)!;

    private static void AssertRight<T>(string loss, double size, double noise, int seed, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new Random(seed);
        Matrix<T> Factor(int rows) => new(rows, Rank, [.. Enumerable.Range(0, rows * Rank).Select(_ => T.CreateChecked(size * (0.5 + random.NextDouble())))]);
        var (U, V) = (Factor(Users), Factor(Movies));
        var entries =
            from i in Enumerable.Range(0, Users)
            from j in Enumerable.Range(0, Movies)
            select (i, j, T.CreateChecked(Predicted(U, V, i, j) + (size * size * noise * (random.NextDouble() - 0.5))));
        var R = SparseMatrix<T>.FromCoordinates(Users, Movies, entries.ToArray());
        var objective = (IObjective<T>)Activator.CreateInstance(Generated(loss).MakeGenericType(typeof(T)), R, Rank)!;
        var (at, gradient) = (new Parameters<T>(objective.Layout), new Parameters<T>(objective.Layout));
        U.View.Span.CopyTo(at["U"].Span);
        V.View.Span.CopyTo(at["V"].Span);
        var value = objective.ValueAndGradient(at, gradient, objective.CreateWorkspace());

        double[] OfRows(Func<int, int, double> element) => [.. Enumerable.Range(0, Users).Select(i => Enumerable.Range(0, Movies).Sum(j => Math.Pow(element(i, j), 2)))];
        double Rating(int i, int j) => double.CreateChecked(R[i, j]);
        var (squares, sizes) = (OfRows((i, j) => Predicted(U, V, i, j) - Rating(i, j)), OfRows(Rating));
        var least = Forms[loss]([.. squares.Zip(sizes, (s, r) => Math.Max(0, s - (tolerance * r)))]);
        var most = Forms[loss]([.. squares.Zip(sizes, (s, r) => s + (tolerance * r))]);
        // What the function itself rounds comes on top.
        Assert.True(value >= least - (tolerance * Math.Abs(least)) && value <= most + (tolerance * Math.Abs(most)), $"{typeof(T).Name}, noise {noise}: {value} is not within {least} and {most}");
        Assert.All(gradient.Values.ToArray(), slope => Assert.True(T.IsFinite(slope), $"{typeof(T).Name}, noise {noise}: a slope is {slope}"));
    }

    private static double Predicted<T>(Matrix<T> U, Matrix<T> V, int i, int j)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Enumerable.Range(0, Rank).Sum(k => double.CreateChecked(U[i, k]) * double.CreateChecked(V[j, k]));
}
