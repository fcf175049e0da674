using System.Numerics;
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
    private const double FarAway = 5;
    private const string ConjugateGradients = "alternating Newton by 5 conjugate gradients";
    private const string Start = "<!-- budgets -->\n", End = "<!-- /budgets -->\n";

    private static readonly int[] Histories = [10, 3, 5, 20, 40];

    private static readonly Dictionary<string, IOptimizer<double>> Optimizers = All<double>();

    /// <summary>
    /// In how many iterations a deterministic optimizer is to bring the norm of the (projected) gradient to 1e-5 of the start's. Plain gradient
    /// descent has none, and stochastic gradient does not descend along the gradient.
    /// </summary>
    internal static readonly Dictionary<string, int> Budgets = new(StringComparer.Ordinal)
    {
        ["alternating Newton"] = 1000,
        [ConjugateGradients] = 1000,
        ["L-BFGS"] = 2000,
        ["L-BFGS-B"] = 2000,
        ["Newton-CG"] = 500,
        ["projected gradient"] = 5000,
        ["proximal gradient"] = 5000,
        ["Adam"] = 10_000,
        ["multiplicative updates"] = 10_000,
        ["alternating majorization"] = 10_000,
    };

    /// <summary>They have no stationary point that a descent leads to; with a ridge or within bounds they do, in <see cref="Penalized"/> and <see cref="Bounded"/>.</summary>
    internal static readonly HashSet<string> WithoutMinimum =
    [
        "AllPairs.CubicDivergence", "AllPairs.CubicTriFactor", "AllPairs.SymmetricDivergence", "AllPairs.TriFactor", "AllPairs.TriFactorDivergence", "Categorical.Logistic", "Categorical.SignedLogistic", "Categorical.Softmax",
        "Categorical.WeightedLogistic", "Classical.LogDeterminant", "Classical.LogisticRegression", "Classical.QuadraticForm", "Counts.KullbackLeibler",
        "Ranking.Bpr", "Regularizers.Barrier", "Regularizers.LowRank", "Regularizers.Smooth", "Robust.LogCoshError",
        "Robust.WelschError", "SquaredError.GraphPenalty", "SquaredError.Weighted",
    ];

    /// <summary>Their minima are at kinks, where no gradient vanishes; of norms of factors, proximal steps reach them.</summary>
    private static readonly HashSet<string> WithKinks =
    [
        "Categorical.Hinge", "Classical.LeastAbsolute", "Penalized.SparseGroups", "Penalized.NonNegativeLasso", "Ranking.PairHinge", "Regularizers.ElasticNet", "Robust.AbsoluteError", "Robust.PinballError",
    ];

    /// <summary>
    /// Exact steps may follow a valley in which an infimum is not attained, where steps along the gradient find a minimum: without a ridge, one of three factors grows for
    /// pairs that were not observed.
    /// </summary>
    private static readonly HashSet<(string Loss, string Optimizer)> LeadAway =
        [("SquaredError.ThreeFactors", "alternating Newton"), ("SquaredError.ThreeFactors", ConjugateGradients)];

    public static TheoryData<string> Endless => [.. WithoutMinimum];

    public static TheoryData<string, string> Valleys => Pairs((loss, optimizer) => LeadAway.Contains((loss, optimizer)));

    public static TheoryData<string, string> Accepted => Pairs((_, _) => true);

    /// <summary>Without the losses that are other ways to write the same.</summary>
    public static TheoryData<string, string> Convergent => Pairs((loss, optimizer) =>
        Budgets.ContainsKey(optimizer) && !LeadAway.Contains((loss, optimizer))
        && !WithoutMinimum.Contains(loss) && (!WithKinks.Contains(loss) || optimizer == "proximal gradient") && !loss.StartsWith(nameof(Rewritten), StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Accepted))]
    public void The_objective_falls(string loss, string optimizer)
    {
        var objective = Point<double>().Objective(loss);
        var start = SyntheticPoint<double>.Start(objective);

        var reached = Reached(Optimizers[optimizer], objective, start, new() { MaxIterations = FewIterations });

        var workspace = objective.CreateWorkspace();
        Assert.True(objective.Value(reached, workspace) < objective.Value(start, workspace));
    }

    [Theory]
    [MemberData(nameof(Convergent))]
    public void The_gradient_falls_to_a_share_of_the_starts(string loss, string optimizer) =>
        Assert.Equal(StoppingReason.SmallGradient, WithinBudget(loss, optimizer).Reason);

    /// <summary>
    /// What is excepted because it has no minimum has none: there is a descent on which its factors run off, beyond ten times what the start's elements are at most, or
    /// which ends in infinity. Which way a descent takes is a matter of rounding where the loss is not convex, so there are several.
    /// </summary>
    [Theory]
    [MemberData(nameof(Endless))]
    public void A_loss_without_a_minimum_leads_away(string loss)
    {
        var objective = Point<double>().Objective(loss);
        var start = SyntheticPoint<double>.Start(objective);
        var reached = Histories.Select(history => Largest(Descended(objective, start, history)));
        Assert.True(reached.Any(largest => largest > FarAway), $"The largest element was {Largest(start)}, and no descent leads beyond {FarAway}.");
    }

    [Theory]
    [MemberData(nameof(Valleys))]
    public void A_valley_without_an_end_leads_away(string loss, string optimizer)
    {
        var largest = Largest(WithinBudget(loss, optimizer).Parameters);
        Assert.True(largest > FarAway, $"The largest element is {largest}.");
    }

    private static OptimizationResult<double> WithinBudget(string loss, string optimizer)
    {
        var objective = Point<double>().Objective(loss);
        return Optimizers[optimizer].Minimize(
            objective,
            SyntheticPoint<double>.Start(objective),
            new() { MaxIterations = Budgets[optimizer], RelativeObjectiveTolerance = 0, GradientTolerance = Share },
            Workers.Shared);
    }

    private static Parameters<double> Descended(IObjective<double> objective, Parameters<double> start, int history) => Reached(
        new LimitedMemoryBfgs<double>(history), objective, start, new() { MaxIterations = 6000, RelativeObjectiveTolerance = 0, GradientTolerance = 0, Window = 1000 });

    /// <summary>Where a descent ends, or where a loss that is unbounded below was followed to.</summary>
    private static Parameters<double> Reached(IOptimizer<double> optimizer, IObjective<double> objective, Parameters<double> start, StoppingCriteria stopping)
    {
        try
        {
            return optimizer.Minimize(objective, start, stopping, Workers.Shared).Parameters;
        }
        catch (NonFiniteObjectiveException<double> endless)
        {
            return endless.LastFinite!;
        }
    }

    [Fact]
    public void The_readme_states_the_budgets()
    {
        var path = Path.Combine(CapabilityTests.RepositoryRoot, "README.md");
        var readme = File.ReadAllText(path).ReplaceLineEndings("\n");
        var (start, end) = (readme.IndexOf(Start, StringComparison.Ordinal) + Start.Length, readme.IndexOf(End, StringComparison.Ordinal));
        var table = "| optimizer | iterations |\n| --- | --- |\n" + string.Concat(Budgets.Select(b => FormattableString.Invariant($"| {b.Key} | {b.Value:N0} |\n")));
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
        {
            File.WriteAllText(path, readme[..start] + table + readme[end..]);
            return;
        }

        Assert.Equal(table, readme[start..end]);
    }

    private static double Largest(Parameters<double> parameters) => parameters.Values.ToArray().Max(Math.Abs);

    internal static Dictionary<string, IOptimizer<TElement>> All<TElement>()
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> =>
        new IOptimizer<TElement>[]
        {
            new AlternatingNewton<TElement>(), new LimitedMemoryBfgs<TElement>(), new BoundedLimitedMemoryBfgs<TElement>(), new ProjectedGradient<TElement>(),
            new NewtonConjugateGradient<TElement>(), new ProximalGradient<TElement>(), new MultiplicativeUpdates<TElement>(), new Adam<TElement>(learningRate: 0.1),
            new GradientDescent<TElement>(), new StochasticGradient<TElement>(), new AlternatingMajorization<TElement>(),
        }.ToDictionary(o => o.Name, StringComparer.Ordinal).Append(new(ConjugateGradients, new AlternatingNewton<TElement> { ConjugateGradientSteps = 5 }))
            .ToDictionary(StringComparer.Ordinal);

    internal static SyntheticPoint<TElement> Point<TElement>()
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => new(12, 10, 2, 90);

    private static TheoryData<string, string> Pairs(Func<string, string, bool> predicate)
    {
        var pairs = new TheoryData<string, string>();
        foreach (var loss in GeneratedLoss.All)
        {
            var objective = Point<double>().Objective(loss);
            foreach (var (name, optimizer) in Optimizers.Where(o => predicate(loss, o.Key) && o.Value.FindRefusal(objective) is null))
            {
                pairs.Add(loss, name);
            }
        }

        return pairs;
    }
}
