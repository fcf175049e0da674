using AutoGradMf.Kernels;
using AutoGradMf.Objectives;
using AutoGradMf.Optimizers;
using Xunit;

namespace AutoGradMf.Corpus.Tests;

/// <summary>Every declared loss with every optimizer that accepts it.</summary>
public class OptimizerZooTests
{
    private const int FewIterations = 15;
    private const double Share = 1e-5;

    private static readonly Dictionary<string, IOptimizer<double>> Optimizers = new IOptimizer<double>[]
    {
        new AlternatingNewton<double>(), new LimitedMemoryBfgs<double>(), new BoundedLimitedMemoryBfgs<double>(), new ProjectedGradient<double>(),
        new NewtonConjugateGradient<double>(), new ProximalGradient<double>(), new MultiplicativeUpdates<double>(), new Adam<double>(learningRate: 0.1), new GradientDescent<double>(),
        new StochasticGradient<double>(), new AlternatingMajorization<double>(),
    }.ToDictionary(o => o.Name, StringComparer.Ordinal);

    /// <summary>In how many iterations a deterministic optimizer is to bring the norm of the (projected) gradient to 1e-5 of the start's.</summary>
    private static readonly Dictionary<string, int> Budgets = new(StringComparer.Ordinal)
    {
        ["alternating Newton"] = 6000,
        ["L-BFGS"] = 2000,
        ["L-BFGS-B"] = 2000,
        ["Newton-CG"] = 500,
        ["projected gradient"] = 5000,
        ["proximal gradient"] = 5000,
        ["Adam"] = 10_000,
        ["multiplicative updates"] = 60_000,
    };

    /// <summary>They have no stationary point that a descent leads to; with a ridge or within bounds they do, in <see cref="Penalized"/> and <see cref="Bounded"/>.</summary>
    private static readonly HashSet<string> WithoutMinimum =
    [
        "AllPairs.SymmetricDivergence", "AllPairs.TriFactor", "AllPairs.TriFactorDivergence", "Categorical.Logistic", "Categorical.SignedLogistic", "Categorical.Softmax",
        "Categorical.WeightedLogistic", "Classical.LogDeterminant", "Classical.LogisticRegression", "Classical.QuadraticForm", "Counts.KullbackLeibler",
        "Counts.ItakuraSaito", "Ranking.Bpr", "Regularizers.Barrier", "Regularizers.LowRank", "Regularizers.Smooth", "Robust.LogCoshError",
        "Robust.WelschError", "SquaredError.GraphPenalty", "SquaredError.ThreeFactors", "SquaredError.Weighted",
    ];

    /// <summary>Their minima are at kinks, where no gradient vanishes; of norms of factors, proximal steps reach them.</summary>
    private static readonly HashSet<string> WithKinks =
    [
        "Categorical.Hinge", "Classical.LeastAbsolute", "Penalized.SparseGroups", "Penalized.NonNegativeLasso", "Ranking.PairHinge", "Regularizers.ElasticNet", "Robust.AbsoluteError", "Robust.PinballError",
    ];

    /// <summary>The minimum has elements at zero whose slope is small: a factor of nearly 1 an iteration leads there.</summary>
    private static readonly (string Loss, string Optimizer) Creeping = ("Penalized.Logistic", "multiplicative updates");

    public static TheoryData<string, string> Accepted => Pairs((_, _) => true);

    /// <summary>Without the losses that are other ways to write the same.</summary>
    public static TheoryData<string, string> Convergent => Pairs((loss, optimizer) =>
        Budgets.ContainsKey(optimizer) && (loss, optimizer) != Creeping
        && !WithoutMinimum.Contains(loss) && (!WithKinks.Contains(loss) || optimizer == "proximal gradient") && !loss.StartsWith(nameof(Rewritten), StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Accepted))]
    public void The_objective_falls(string loss, string optimizer)
    {
        var objective = Point().Objective(loss);
        var start = SyntheticPoint<double>.Start(objective);
        Parameters<double> reached;
        try
        {
            reached = Optimizers[optimizer].Minimize(objective, start, new() { MaxIterations = FewIterations }, Workers.Shared).Parameters;
        }
        catch (NonFiniteObjectiveException<double> endless)
        {
            // A loss that is unbounded below was followed there.
            reached = endless.LastFinite!;
        }

        var workspace = objective.CreateWorkspace();
        Assert.True(objective.Value(reached, workspace) < objective.Value(start, workspace));
    }

    [Theory]
    [MemberData(nameof(Convergent))]
    public void The_gradient_falls_to_a_share_of_the_starts(string loss, string optimizer)
    {
        var objective = Point().Objective(loss);
        var result = Optimizers[optimizer].Minimize(
            objective,
            SyntheticPoint<double>.Start(objective),
            new() { MaxIterations = Budgets[optimizer], RelativeObjectiveTolerance = 0, GradientTolerance = Share },
            Workers.Shared);
        Assert.Equal(StoppingReason.SmallGradient, result.Reason);
    }

    private static SyntheticPoint<double> Point() => new(12, 10, 2, 90);

    private static TheoryData<string, string> Pairs(Func<string, string, bool> predicate)
    {
        var pairs = new TheoryData<string, string>();
        foreach (var loss in GeneratedLoss.All)
        {
            var objective = Point().Objective(loss);
            foreach (var optimizer in Optimizers.Values.Where(o => predicate(loss, o.Name) && o.FindRefusal(objective) is null))
            {
                pairs.Add(loss, optimizer.Name);
            }
        }

        return pairs;
    }
}
