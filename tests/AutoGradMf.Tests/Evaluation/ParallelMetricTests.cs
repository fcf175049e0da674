using AutoGradMf.Evaluation;
using AutoGradMf.Models;
using Xunit;

namespace AutoGradMf.Tests.Evaluation;

/// <summary>Metrics are measured on all processors, give the same number on any, and can be cancelled.</summary>
public sealed class ParallelMetricTests
{
    private const int Users = 3_000;
    private const int Movies = 200;

    /// <summary>Every user has rated 20 movies, and ten others are to be found.</summary>
    private static readonly SparseMatrix<double> Test = Ratings(first: 0, count: 20);
    private static readonly SparsePattern Relevant = Ratings(first: 20, count: 10).Pattern;

    public static TheoryData<string> Metrics => [.. Measures.Keys];

    private static readonly Dictionary<string, Func<IRatingModel, ParallelOptions?, double>> Measures = new()
    {
        ["RMSE"] = (model, parallel) => RootMeanSquareError.Of(model, Test, new RatingRange(1, 5), parallel),
        ["MAE"] = (model, parallel) => MeanAbsoluteError.Of(model, Test, parallel: parallel),
        ["Recall"] = (model, parallel) => Recall.Of(model, Relevant, Test.Pattern, 20, parallel),
        ["NDCG"] = (model, parallel) => NormalizedDiscountedCumulativeGain.Of(model, Relevant, Test.Pattern, 10, parallel),
    };

    [Theory]
    [MemberData(nameof(Metrics))]
    public void The_number_of_threads_makes_no_difference(string metric)
    {
        var one = Measures[metric](new SmoothModel(), new() { MaxDegreeOfParallelism = 1 });
        foreach (var threads in new[] { 2, 3, 7 })
        {
            Assert.Equal(one, Measures[metric](new SmoothModel(), new() { MaxDegreeOfParallelism = threads }));
        }

        Assert.Equal(one, Measures[metric](new SmoothModel(), null));
        Assert.InRange(one, 1e-3, 10);
    }

    [Fact]
    public void The_mean_is_that_of_the_errors_one_after_another()
    {
        var errors = new List<double>();
        foreach (var (row, column, entry) in Test.Pattern.Entries)
        {
            errors.Add(new SmoothModel().Predict(row, column) - Test.Values[entry]);
        }

        Assert.Equal(errors.Average(Math.Abs), Measures["MAE"](new SmoothModel(), null), 1e-12);
    }

    [Theory]
    [MemberData(nameof(Metrics))]
    public void A_measurement_is_cancelled(string metric)
    {
        using var source = new CancellationTokenSource();
        var model = new SmoothModel { AtUser = (Users / 2, source.Cancel) };
        Assert.Throws<OperationCanceledException>(() => Measures[metric](model, new() { CancellationToken = source.Token, MaxDegreeOfParallelism = 2 }));
    }

    [Theory]
    [MemberData(nameof(Metrics))]
    public void What_a_model_throws_is_thrown_as_it_is(string metric)
    {
        var model = new SmoothModel { AtUser = (Users / 3, () => throw new InvalidDataException("No such user.")) };
        Assert.Equal("No such user.", Assert.Throws<InvalidDataException>(() => Measures[metric](model, null)).Message);
    }

    private static SparseMatrix<double> Ratings(int first, int count) => SparseMatrix<double>.FromCoordinates(
        Users, Movies, [.. from i in Enumerable.Range(0, Users) from j in Enumerable.Range(first, count) select (i, ((7 * i) + (3 * j)) % Movies, 1 + ((i + j) % 5 * 1.0))]);

    /// <summary>3 + sin(i + 2 j), and something happens when a user's ratings are predicted.</summary>
    private sealed class SmoothModel : IRatingModel
    {
        public int Rows => Users;

        public int Columns => Movies;

        public (int User, Action Happens) AtUser { get; init; } = (-1, () => { });

        public double Predict(int row, int column)
        {
            if (row == AtUser.User)
            {
                AtUser.Happens();
            }

            return 3 + Math.Sin(row + (2 * column));
        }
    }
}
