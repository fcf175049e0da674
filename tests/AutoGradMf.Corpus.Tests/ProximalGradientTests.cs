using AutoGradMf.Initialization;
using AutoGradMf.Objectives;
using AutoGradMf.Optimizers;
using AutoGradMf.Training;
using Xunit;

namespace AutoGradMf.Corpus.Tests;

/// <summary>Where training of losses with norms ends.</summary>
public class ProximalGradientTests
{
    private const int Users = 150, Movies = 100, Rank = 4;
    private const double Weight = 6;

    private static readonly Dictionary<string, IObjective<double>> Objectives = new(StringComparer.Ordinal)
    {
        ["elements"] = new Regularizers.ElasticNetObjective<double>(Ratings(), Weight, 1, Rank),
        ["rows"] = new Regularizers.GroupLassoObjective<double>(Ratings(), Weight, Rank),
    };

    public static TheoryData<string> Norms => [.. Objectives.Keys];

    /// <summary>From normal numbers of deviation 0.1, norms of elements draw all to zero, where the loss is stationary.</summary>
    [Theory]
    [MemberData(nameof(Norms))]
    public void What_norms_leave_is_found_and_not_all_zero(string norms)
    {
        var objective = Objectives[norms];
        var allZero = objective.Value(new(objective.Layout), objective.CreateWorkspace());
        var starts = new[] { 0.1, 2, 3 }.Select(deviation => Fit(objective, new NormalInitialization<double>(deviation)).Objective);

        var result = Fit(objective, initialization: null);

        Assert.InRange(result.Objective, 0, 0.6 * allZero);
        Assert.InRange(result.Objective, 0, 1.02 * starts.Min());
    }

    /// <summary>Of what is explained without error the norms alone have a gradient.</summary>
    [Fact]
    public void A_perfect_fit_shrinks()
    {
        var ratings = SparseMatrix<double>.FromCoordinates(2, 2, [(0, 0, 1.0), (1, 1, 1.0)]);
        var objective = new Regularizers.ElasticNetObjective<double>(ratings, 0.1, 1, rank: 2);
        var fit = new Parameters<double>(objective.Layout);
        foreach (var factor in objective.Layout.Factors.Index())
        {
            (fit[factor.Index].Span[0], fit[factor.Index].Span[3]) = (1, 1);
        }

        var start = objective.Value(fit, objective.CreateWorkspace());
        Assert.InRange(Fit(objective, new WarmStart<double>(fit)).Objective, 0, start - 0.001);
    }

    private static TrainingResult<FactorModel<double>> Fit(IObjective<double> objective, IInitialization<double>? initialization) =>
        new ObjectiveTrainer<double>(objective).Fit(new() { Optimizer = new ProximalGradient<double>(), Initialization = initialization });

    /// <summary>From 1 to 5; a tenth of all.</summary>
    private static SparseMatrix<double> Ratings()
    {
        var random = new Random(3);
        var tastes = Enumerable.Range(0, Users + Movies).Select(_ => random.NextDouble() > 0.5).ToArray();
        return SparseMatrix<double>.FromCoordinates(Users, Movies, (
            from i in Enumerable.Range(0, Users)
            from j in Enumerable.Range(0, Movies)
            where random.NextDouble() < 0.1
            select (i, j, (tastes[i] == tastes[Users + j] ? 3.0 : 1) + (2 * random.NextDouble()))).ToArray());
    }
}
