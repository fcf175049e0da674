using AutoGradMf.Kernels;
using AutoGradMf.Objectives;
using AutoGradMf.Optimizers;
using Xunit;
using static AutoGradMf.LossMath;

namespace AutoGradMf.Gradients.Tests;

/// <summary>Factors of which an index vector chooses a row for each user or movie: all that chose a row share its system.</summary>
public partial class GroupedFactorTests
{
    private const int Users = 40, Movies = 30, Groups = 6, Rank = 4;

    private static readonly int[] Threads = [1, 3];

    [Loss]
    public static double Masked(
        [Factor] Matrix<double> U, [Factor] Matrix<double> G, [Factor] Matrix<double> V, SparseMatrix<double> R, IndexVector group, double reg) =>
        0.5 * Sum(Observed(R) % Square((U + G[group]) * V.T - R)) + reg / 2 * (Sum(Square(U)) + Sum(Square(G)) + Sum(Square(V)));

    [Loss]
    public static double WeightedMovies(
        [Factor] Matrix<double> U, [Factor] Matrix<double> V, [Factor] Matrix<double> H, SparseMatrix<double> R, IndexVector genre, double reg) =>
        0.5 * Sum(R % Square(U * (V + H[genre]).T - R)) + reg / 2 * (Sum(Square(U)) + Sum(Square(H)) + Sum(Square(V)));

    [Loss]
    public static double GroupsOfBoth([Factor] Matrix<double> G, [Factor] Matrix<double> H, SparseMatrix<double> R, IndexVector group, IndexVector genre, double reg) =>
        0.5 * Sum(Observed(R) % Square(G[group] * H[genre].T - R)) + reg / 2 * (Sum(Square(G)) + Sum(Square(H)));

    [Loss]
    public static double Poisson(
        [Factor] Matrix<double> U, [Factor] Matrix<double> G, [Factor] Matrix<double> V, SparseMatrix<double> R, IndexVector group, double reg) =>
        Sum(Observed(R) % (Exp((U + G[group]) * V.T) - R % ((U + G[group]) * V.T))) + reg / 2 * (Sum(Square(U)) + Sum(Square(G)) + Sum(Square(V)));

    [Loss]
    public static double DenseLogistic(
        [Factor] Matrix<double> U, [Factor] Matrix<double> G, [Factor] Matrix<double> V, Matrix<double> X, IndexVector group, double reg) =>
        Sum(Softplus((U + G[group]) * V.T) - X % ((U + G[group]) * V.T)) + reg / 2 * (Sum(Square(U)) + Sum(Square(G)) + Sum(Square(V)));

    [Loss]
    internal static double Biased(
        [Factor] Matrix<double> U,
        [Factor] Matrix<double> V,
        [Factor] ColumnVector<double> b,
        SparseMatrix<double> R,
        IndexVector group,
        ColumnVector<double> w,
        IndexVector genre,
        double reg) =>
        Sum(Observed(R) % (w[genre].T % Square(U * V.T + b[group] - R))) + reg * (Sum(Square(U)) + Sum(Square(V)) + Dot(b, b));

    public static TheoryData<string> SampledLosses =>
        [nameof(Masked), nameof(WeightedMovies), nameof(GroupsOfBoth), nameof(Poisson), nameof(Biased)];

    public static TheoryData<string> Losses => [nameof(Masked), nameof(WeightedMovies), nameof(GroupsOfBoth), nameof(Poisson), nameof(DenseLogistic)];

    [Theory]
    [MemberData(nameof(Losses))]
    public void A_step_in_each_factor_solves_the_systems_of_the_second_derivative(string loss)
    {
        var objective = Objective(loss);
        using var workers = new Workers(2);
        var workspace = objective.CreateWorkspace(workers);
        var at = Start(objective);
        var (gradient, step, product) = (new Parameters<double>(objective.Layout), new Parameters<double>(objective.Layout), new Parameters<double>(objective.Layout));
        objective.ValueAndGradient(at, gradient, workspace);
        for (var factor = 0; factor < objective.Blocks.Count; factor++)
        {
            Assert.Equal(BlockSystems.EachRow, objective.Blocks[factor].Systems);
            step.Values.Clear();
            objective.NewtonStep(factor, at, step, workspace);
            ((IHessianVectorProduct<double>)objective).HessianVectorProduct(at, step, product, workspace);
            var size = gradient[factor].Span.ToArray().Max(Math.Abs);
            Assert.True(size > 0.01);
            foreach (var (slope, along) in gradient[factor].Span.ToArray().Zip(product[factor].Span.ToArray()))
            {
                Assert.Equal(0, slope + along, 1e-10 * size);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void The_number_of_threads_changes_no_bit(string loss)
    {
        var objective = Objective(loss);
        var steps = Threads.Select(threads =>
        {
            using var workers = new Workers(threads);
            var step = new Parameters<double>(objective.Layout);
            objective.NewtonStep(1, Start(objective), step, objective.CreateWorkspace(workers));
            return step.Values.ToArray();
        }).ToList();
        Assert.Equal(steps[0], steps[1]);
    }

    [Theory]
    [MemberData(nameof(SampledLosses))]
    public void Each_entry_has_its_share_of_the_rows_that_are_chosen_for_it(string loss)
    {
        var objective = (ISampled<double>)Objective(loss);
        var at = Start(objective);
        var (gradient, sum) = (new Parameters<double>(objective.Layout), new Parameters<double>(objective.Layout));
        objective.ValueAndGradient(at, gradient, objective.CreateWorkspace());
        for (var set = 0; set < objective.Samples.Count; set++)
        {
            for (var sample = 0; sample < objective.Samples[set].Count; sample++)
            {
                ReferenceSamples.AddGradient(objective, set, sample, at, sum);
            }
        }

        var size = gradient.Values.ToArray().Max(Math.Abs);
        Assert.True(size > 0.01);
        Assert.All(gradient.Values.ToArray().Zip(sum.Values.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-12 * size));
    }

    [Theory]
    [MemberData(nameof(SampledLosses))]
    public void Stochastic_gradient_falls(string loss)
    {
        var objective = Objective(loss);
        var start = objective.Value(Start(objective), objective.CreateWorkspace());
        var result = new StochasticGradient<double>().Minimize(objective, Start(objective), new() { MaxIterations = 20 });
        Assert.True(result.Objective < start / 1.2, $"{result.Objective} from {start}");
    }

    /// <summary>Of some 20,000 ratings, so that there are blocks which run at once.</summary>
    [Theory]
    [MemberData(nameof(SampledLosses))]
    public void The_number_of_threads_changes_no_bit_of_stochastic_gradient(string loss)
    {
        var objective = Objective(loss, users: 400, movies: 200);
        var ends = Threads.Select(threads =>
        {
            using var workers = new Workers(threads);
            return new StochasticGradient<double>()
                .Minimize(objective, Start(objective), new() { MaxIterations = 3 }, workers: workers).Parameters.Values.ToArray();
        }).ToList();
        Assert.NotEqual(Start(objective).Values.ToArray(), ends[0]);
        Assert.Equal(ends[0], ends[1]);
    }

    private static Parameters<double> Start(IObjective<double> objective)
    {
        var random = new Random(5);
        var at = new Parameters<double>(objective.Layout);
        foreach (ref var value in at.Values)
        {
            value = random.NextDouble() - 0.3;
        }

        return at;
    }

    private static IBlockNewton<double> Objective(string loss, int users = Users, int movies = Movies)
    {
        var random = new Random(3);
        var ratings = SparseMatrix<double>.FromCoordinates(users, movies, [.. Enumerable.Range(0, users * movies)
            .Where(_ => random.Next(4) == 0)
            .Select(place => (place / movies, place % movies, (double)random.Next(1, 6)))]);
        var group = new IndexVector([.. Enumerable.Range(0, users).Select(i => i * i % (Groups - 1))]);
        var genre = new IndexVector([.. Enumerable.Range(0, movies).Select(j => j * 7 % Groups)]);
        return loss switch
        {
            nameof(Masked) => new MaskedObjective<double>(ratings, group, 0.5, Groups, Rank),
            nameof(WeightedMovies) => new WeightedMoviesObjective<double>(ratings, genre, 0.5, Groups, Rank),
            nameof(GroupsOfBoth) => new GroupsOfBothObjective<double>(ratings, group, genre, 0.5, Groups, Groups, Rank),
            nameof(Biased) => new BiasedObjective<double>(
                ratings, group, new ColumnVector<double>(1, 2, 0.5, 1, 1.5, 3), genre, 0.5, Groups, Rank),
            nameof(Poisson) => new PoissonObjective<double>(ratings, group, 0.5, Groups, Rank),
            _ => new DenseLogisticObjective<double>(ratings.ToDense(), group, 0.5, Groups, Rank),
        };
    }
}
