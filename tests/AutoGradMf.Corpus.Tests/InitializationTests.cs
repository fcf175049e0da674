using System.Numerics;
using AutoGradMf.Initialization;
using AutoGradMf.Kernels;
using AutoGradMf.Objectives;
using AutoGradMf.Optimizers;
using AutoGradMf.Training;
using Xunit;

namespace AutoGradMf.Corpus.Tests;

/// <summary>Where training begins: each way on losses of two and three factors, with biases, numbers and bounds, and on data that tell little.</summary>
public class InitializationTests
{
    private const string WithLogarithmsOfData = "Bounded.KullbackLeibler";

    private static readonly string[] Losses =
    [
        "SquaredError.Masked", "SquaredError.FeaturesFirst", "SquaredError.Filled", "SquaredError.Implicit", "SquaredError.Biased", "SquaredError.ThreeFactors", "Penalized.TriFactor", "Penalized.WeightedFeatures",
        "Counts.Poisson", "Regularizers.ElasticNet", "Bounded.NonNegative", "Bounded.Box", WithLogarithmsOfData,
    ];

    /// <summary>Rows, columns, stored entries, features: one row, one column, one of each, more features than either, no entries, and what is usual.</summary>
    private static readonly (int, int, int, int)[] Sizes = [(1, 9, 5, 2), (9, 1, 5, 2), (1, 1, 1, 3), (5, 4, 15, 8), (6, 5, 0, 2), (12, 10, 90, 2)];

    public static TheoryData<string> All => [.. Losses];

    private static IEnumerable<(string Name, IInitialization<TElement> Start)> Starts<TElement>()
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> =>
    [
        ("normal", new NormalInitialization<TElement>()), ("scaled", new ScaledNormalInitialization<TElement>()), ("uniform", new UniformInitialization<TElement>(0.1, 0.5)), ("means", new DataMeans<TElement>()), ("decomposition", new TruncatedSvd<TElement>()),
        ("rescaled", new RescaledInitialization<TElement>(new NormalInitialization<TElement>())),
        ("positive", new OrPositiveInitialization<TElement>(new NormalInitialization<TElement>())),
    ];

    [Theory]
    [MemberData(nameof(All))]
    public void It_is_finite_within_bounds_repeatable_on_any_number_of_threads_and_leads_down(string loss)
    {
        Require<double>();
        Require<float>();

        void Require<TElement>()
            where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
        {
            foreach (var (m, n, entries, k) in Sizes)
            {
                foreach (var areZero in loss == WithLogarithmsOfData ? [false] : new[] { false, true })
                {
                    foreach (var (name, start) in Starts<TElement>())
                    {
                        RequireStart(Objective<TElement>(loss, m, n, entries, k, areZero), start, $"{name}, {m} × {n}, {entries} entries, {k} features, zeros {areZero}, {typeof(TElement).Name}");
                    }
                }
            }
        }
    }

    [Theory]
    [InlineData("SquaredError.Masked", 4)]
    [InlineData("SquaredError.Masked", 500)]
    [InlineData("SquaredError.FeaturesFirst", 50)]
    public void Scaled_normal_numbers_have_products_of_one_deviation(string loss, int rank)
    {
        var objective = Objective<double>(loss, 600, 500, 1000, rank, areZero: false);
        var start = new ScaledNormalInitialization<double>(3).Start(objective, seed: 1, Workers.Shared, default);
        var (u, v) = (start[0], start[1]);
        var products =
            from i in Enumerable.Range(0, 100)
            from j in Enumerable.Range(0, 100)
            select Enumerable.Range(0, rank).Sum(f => u[i, f] * (v.Rows == rank ? v[f, j] : v[j, f]));

        Assert.Equal(3, Math.Sqrt(products.Average(x => x * x)), 0.3);
    }

    /// <summary>Within a box that ends below the data, the objective falls to where all elements are at its end and all features alike.</summary>
    [Fact]
    public void No_scale_is_greater_than_needed()
    {
        var random = new Random(2);
        var ratings = SparseMatrix<double>.FromCoordinates(30, 20, (
            from i in Enumerable.Range(0, 30)
            from j in Enumerable.Range(0, 20)
            where random.NextDouble() < 0.5
            select (i, j, 50.0 + random.NextDouble())).ToArray());
        var start = new RescaledInitialization<double>(new NormalInitialization<double>()).Start(
            new BoxedLosses.UnitBoxObjective<double>(ratings, rank: 2), seed: 1, Workers.Shared, default);

        Assert.Contains(start.Values.ToArray(), value => value < 1);
        Assert.True(start.Values.ToArray().Average() > 0.5);
    }

    /// <summary>With a deviation of 1 for each element, some of these exponentials are infinite in float.</summary>
    [Fact]
    public void Many_features_leave_exponentials_finite()
    {
        var objective = Objective<float>("Counts.Poisson", 1200, 1000, 20_000, 1000, areZero: false);
        Assert.True(float.IsFinite(ValueAt(new ScaledNormalInitialization<float>())));
        Assert.False(float.IsFinite(ValueAt(new NormalInitialization<float>(1))));

        float ValueAt(IInitialization<float> start) =>
            (float)objective.Value(start.Start(objective, seed: 1, Workers.Shared, default), objective.CreateWorkspace());
    }

    /// <summary>Errors of data that are a million times smaller, or larger, are as much smaller, squared. From normal numbers of deviation 0.1 the small ones are not.</summary>
    [Theory]
    [MemberData(nameof(StartsOfTheirOwn))]
    public void Training_finds_the_scale_of_the_data(string loss, double ridge, Type method)
    {
        var optimizer = (IOptimizer<double>)Activator.CreateInstance(
            method, [.. method.GetConstructors()[0].GetParameters().Select(p => p.DefaultValue)])!;
        var usual = Fit(1, initialization: null);

        Assert.InRange(Fit(1e-6, initialization: null), 0, 1.02 * usual);
        Assert.InRange(Fit(1e6, initialization: null), 0, 1.02 * usual);
        Assert.True(Fit(1e-6, new NormalInitialization<double>()) > 1.1 * usual);

        double Fit(double scale, IInitialization<double>? initialization)
        {
            var (random, tastes) = (new Random(7), new Random(8));
            var (users, movies) = (Uniform(60), Uniform(40));
            var ratings = SparseMatrix<double>.FromCoordinates(60, 40, (
                from i in Enumerable.Range(0, 60)
                from j in Enumerable.Range(0, 40)
                where random.NextDouble() < 0.3
                select (i, j, scale * (1 + (4 * users[i] * movies[j]) + random.NextDouble()))).ToArray());
            var objective = GeneratedLoss.Objective<double>(
                loss, p => p.ParameterType == typeof(double) ? ridge * scale : p.ParameterType == typeof(int) ? 2 : ratings);
            return new ObjectiveTrainer<double>(objective).Fit(new() { Optimizer = optimizer, Initialization = initialization }).Objective / (scale * scale);

            double[] Uniform(int count) => [.. Enumerable.Range(0, count).Select(_ => tastes.NextDouble())];
        }
    }

    /// <summary>A loss for each method that begins otherwise than at normal numbers of one deviation.</summary>
    public static TheoryData<string, double, Type> StartsOfTheirOwn => new()
    {
        { "Robust.HuberError", 0.5, typeof(LimitedMemoryBfgs<double>) },
        { "SquaredError.Masked", 0, typeof(NewtonConjugateGradient<double>) },
        { "Bounded.NonNegative", 0.5, typeof(BoundedLimitedMemoryBfgs<double>) },
        { "Bounded.NonNegative", 0.5, typeof(ProjectedGradient<double>) },
        { "Bounded.NonNegative", 0.5, typeof(AlternatingMajorization<double>) },
        { "Bounded.NonNegative", 0.5, typeof(MultiplicativeUpdates<double>) },
    };

    /// <summary>Of a squared error over all pairs, without a ridge, the decomposition is the minimum (Eckart &amp; Young, Psychometrika 1, 1936).</summary>
    [Theory]
    [InlineData(12, 10, 90, 2)]
    [InlineData(7, 30, 60, 5)]
    [InlineData(5, 4, 15, 8)]
    [InlineData(1, 9, 5, 3)]
    public void The_decomposition_is_the_best_product(int m, int n, int entries, int k)
    {
        var objective = GeneratedLoss.Objective<double>("SquaredError.Filled", p => p.ParameterType == typeof(double) ? 0.0 : p.ParameterType == typeof(int) ? k : Ratings<double>(m, n, entries));
        var start = new TruncatedSvd<double>().Start(objective, 1, Workers.Shared, CancellationToken.None);
        var workspace = objective.CreateWorkspace();
        var gradient = new Parameters<double>(objective.Layout);

        var value = objective.ValueAndGradient(start, gradient, workspace);
        var least = new AlternatingNewton<double>().Minimize(objective, start, new() { RelativeObjectiveTolerance = 0 }).Objective;

        Assert.Equal(least, value, 1e-6 * objective.Value(new(objective.Layout), workspace));
    }

    /// <summary>
    /// Zero is a minimum of three factors with ridges, to which small random ones fall: on one row of ratings there is a lower one, to which the decomposition leads.
    /// </summary>
    [Theory]
    [InlineData(1, 9, 5, 2)]
    [InlineData(9, 1, 5, 2)]
    [InlineData(12, 10, 90, 2)]
    public void The_decomposition_leads_away_from_zero(int m, int n, int entries, int k)
    {
        var objective = Objective<double>("Penalized.WeightedFeatures", m, n, entries, k, areZero: false);
        var atZero = objective.Value(new(objective.Layout), objective.CreateWorkspace());
        var start = new TruncatedSvd<double>().Start(objective, 1, Workers.Shared, CancellationToken.None);

        Assert.InRange(objective.Value(start, objective.CreateWorkspace()), 0, 0.5 * atZero);
    }

    /// <summary>Vectors and numbers are where the objective is least without matrices; μ, that of a loss with nothing else, is the mean.</summary>
    [Fact]
    public void Means_are_the_minimum_without_matrices()
    {
        var objective = new SyntheticPoint<double>(12, 10, 2, 90).Objective("SquaredError.Biased");
        var start = new DataMeans<double>().Start(objective, 1, Workers.Shared, CancellationToken.None);
        var (zero, gradient) = (start.Copy(), new Parameters<double>(objective.Layout));
        zero["U"].Span.Clear();
        zero["V"].Span.Clear();

        objective.ValueAndGradient(zero, gradient, objective.CreateWorkspace());

        Assert.All(["b", "d", "mu"], (string name) => Assert.All(gradient[name].Span.ToArray(), slope => Assert.Equal(0, slope, 0.1)));
        Assert.InRange(start["mu"][0, 0], 2, 3.5);
    }

    [Fact]
    public void A_warm_start_and_that_of_a_checkpoint_are_the_factors_they_were()
    {
        var objective = new SyntheticPoint<double>(12, 10, 2, 90).Objective("SquaredError.Biased");
        var folder = Directory.CreateTempSubdirectory("start");
        var checkpoints = new Checkpoints(Path.Combine(folder.FullName, "run.checkpoint"));
        var trainer = new ObjectiveTrainer<double>(objective);
        var model = trainer.Fit(new() { Checkpoints = checkpoints, Stopping = new() { MaxIterations = 3 } }).Model;

        var starts = new IInitialization<double>[] { new WarmStart<double>(model), new CheckpointStart<double>(checkpoints.Path) }
            .Select(start => trainer.Fit(new() { Initialization = start, Stopping = new() { MaxIterations = 0 } }).Model.Parameters.Values.ToArray()).ToList();
        folder.Delete(recursive: true);

        Assert.All(starts, values => Assert.Equal(model.Parameters.Values.ToArray(), values));
    }

    /// <summary>A way to begin that is added to the library is to be tested here.</summary>
    [Fact]
    public void All_of_the_library_are_here() => Assert.Equal(
        typeof(IInitialization<>).Assembly.GetExportedTypes()
            .Where(type => type.IsClass && type.GetInterfaces().Any(i => i.Name == typeof(IInitialization<>).Name)).Select(type => type.Name).Order(StringComparer.Ordinal),
        Starts<double>().Select(s => s.Start.GetType().Name).Append(typeof(WarmStart<>).Name).Append(typeof(CheckpointStart<>).Name).Order(StringComparer.Ordinal));

    private static void RequireStart<TElement>(IObjective<TElement> objective, IInitialization<TElement> initialization, string what)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        using var one = new Workers(1);
        using var three = new Workers(3);
        var start = initialization.Start(objective, 5, one, CancellationToken.None);

        Assert.Equal(start.Values.ToArray(), initialization.Start(objective, 5, three, CancellationToken.None).Values.ToArray());
        Assert.All(start.Values.ToArray(), value => Assert.True(TElement.IsFinite(value), what));
        if (initialization is not UniformInitialization<TElement>)
        {
            foreach (var (factor, shape) in objective.Layout.Factors.Index())
            {
                Assert.All(start[factor].Span.ToArray(), value => Assert.InRange(double.CreateChecked(value), (float)shape.Min, (float)shape.Max));
            }
        }

        var begun = new ObjectiveTrainer<TElement>(objective).Fit(new() { Initialization = new WarmStart<TElement>(start), Stopping = new() { MaxIterations = 0 } });
        var result = new ObjectiveTrainer<TElement>(objective).Fit(new() { Initialization = new WarmStart<TElement>(start), Stopping = new() { MaxIterations = 20 } });
        Assert.True(double.IsFinite(begun.Objective) && result.Objective <= begun.Objective, $"{what}: {begun.Objective} → {result.Objective}");
    }

    private static IObjective<TElement> Objective<TElement>(string loss, int m, int n, int entries, int k, bool areZero)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var ratings = Ratings<TElement>(m, n, entries);
        var data = areZero ? new SparseMatrix<TElement>(ratings.Pattern, new TElement[ratings.Values.Length]) : ratings;
        return GeneratedLoss.Objective<TElement>(loss, p => p.ParameterType == typeof(double) ? 0.25
            : p.ParameterType == typeof(int) ? k
            : data);
    }

    private static SparseMatrix<TElement> Ratings<TElement>(int m, int n, int entries)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var random = new Random(11);
        var cells = (from i in Enumerable.Range(0, m) from j in Enumerable.Range(0, n) select (i, j)).OrderBy(_ => random.Next()).Take(entries);
        return SparseMatrix<TElement>.FromCoordinates(m, n, cells.Select(c => (c.i, c.j, TElement.CreateChecked(random.Next(1, 11) / 2.0))).ToArray());
    }
}

/// <summary>A loss whose bounds keep it far from the data.</summary>
internal static partial class BoxedLosses
{
    /// <summary>Squared errors of numbers between zero and one.</summary>
    [Loss]
    internal static double UnitBox([Factor(Min = 0, Max = 1)] Matrix<double> U, [Factor(Min = 0, Max = 1)] Matrix<double> V, SparseMatrix<double> R) =>
        LossMath.Sum(LossMath.Observed(R) % LossMath.Square(U * V.T - R));
}
