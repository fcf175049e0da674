using System.Numerics;
using AutoGradMf.Initialization;
using AutoGradMf.Kernels;
using AutoGradMf.Objectives;
using AutoGradMf.Optimizers;
using AutoGradMf.Training;
using Xunit;
using static AutoGradMf.LossMath;

namespace AutoGradMf.Gradients.Tests;

/// <summary>Factors that are declared with their features first, k × n, have what the same factors have as n × k: systems of columns in place of rows.</summary>
public partial class FeaturesFirstTests
{
    private const int Users = 24, Movies = 17, Rank = 3;

    [Loss]
    public static double Squared([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R, double reg) =>
        0.5 * Sum(Square(U * V.T - R)) + reg / 2 * (Sum(Square(U)) + Sum(Square(V)));

    [Loss]
    public static double SquaredTurned([Factor] Matrix<double> U, [Factor, Shape("k", "n")] Matrix<double> V, SparseMatrix<double> R, double reg) =>
        0.5 * Sum(Square(U * V - R)) + reg / 2 * (Sum(Square(U)) + Sum(Square(V)));

    [Loss]
    public static double SquaredBothTurned([Factor, Shape("k", "m")] Matrix<double> U, [Factor, Shape("k", "n")] Matrix<double> V, SparseMatrix<double> R, double reg) =>
        0.5 * Sum(Square(U.T * V - R)) + reg / 2 * (Sum(Square(U)) + Sum(Square(V)));

    [Loss]
    public static double Filled([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R, double reg) =>
        0.5 * Sum(Square(U * V.T - FillMissing(R, ColumnMeans(R)))) + reg / 2 * (Sum(Square(U)) + Sum(Square(V)));

    [Loss]
    public static double FilledTurned([Factor] Matrix<double> U, [Factor, Shape("k", "n")] Matrix<double> V, SparseMatrix<double> R, double reg) =>
        0.5 * Sum(Square(U * V - FillMissing(R, ColumnMeans(R)))) + reg / 2 * (Sum(Square(U)) + Sum(Square(V)));

    [Loss]
    public static double Dense([Factor] Matrix<double> U, [Factor] Matrix<double> V, Matrix<double> R) => 0.5 * Sum(Square(U * V.T - R));

    [Loss]
    public static double DenseTurned([Factor] Matrix<double> U, [Factor, Shape("k", "n")] Matrix<double> V, Matrix<double> R) => 0.5 * Sum(Square(U * V - R));

    [Loss]
    public static double Masked([Factor] Matrix<double> U, [Factor] Matrix<double> V, [Factor] ColumnVector<double> b, SparseMatrix<double> R, double reg) =>
        0.5 * Sum(Observed(R) % Square(U * V.T + b - R)) + reg / 2 * (Sum(Square(U)) + Sum(Square(V)) + Sum(Square(b)));

    [Loss]
    public static double MaskedTurned([Factor] Matrix<double> U, [Factor, Shape("k", "n")] Matrix<double> V, [Factor] ColumnVector<double> b, SparseMatrix<double> R, double reg) =>
        0.5 * Sum(Observed(R) % Square(U * V + b - R)) + reg / 2 * (Sum(Square(U)) + Sum(Square(V)) + Sum(Square(b)));

    [Loss]
    public static double MaskedBothTurned(
        [Factor, Shape("k", "m")] Matrix<double> U, [Factor, Shape("k", "n")] Matrix<double> V, [Factor] ColumnVector<double> b, SparseMatrix<double> R, double reg) =>
        0.5 * Sum(Observed(R) % Square(U.T * V + b - R)) + reg / 2 * (Sum(Square(U)) + Sum(Square(V)) + Sum(Square(b)));

    [Loss]
    public static double ThreeFactors([Factor] Matrix<double> U, [Factor, Shape("k", "k")] Matrix<double> S, [Factor] Matrix<double> V, SparseMatrix<double> R, double reg) =>
        0.5 * Sum(Observed(R) % Square(U * S * V.T - R)) + reg / 2 * (Sum(Square(U)) + Sum(Square(V)));

    [Loss]
    public static double ThreeFactorsTurned([Factor] Matrix<double> U, [Factor, Shape("k", "k")] Matrix<double> S, [Factor, Shape("k", "n")] Matrix<double> V, SparseMatrix<double> R, double reg) =>
        0.5 * Sum(Observed(R) % Square(U * S * V - R)) + reg / 2 * (Sum(Square(U)) + Sum(Square(V)));

    [Loss]
    public static double ThreeFactorsBothTurned(
        [Factor, Shape("k", "m")] Matrix<double> U, [Factor, Shape("k", "k")] Matrix<double> S, [Factor, Shape("k", "n")] Matrix<double> V, SparseMatrix<double> R, double reg) =>
        0.5 * Sum(Observed(R) % Square(U.T * S * V - R)) + reg / 2 * (Sum(Square(U)) + Sum(Square(V)));

    [Loss]
    public static double Implicit([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R, double alpha, double reg) =>
        0.5 * Sum((1 + alpha * R) % Square(U * V.T - Observed(R))) + reg / 2 * (Sum(Square(U)) + Sum(Square(V)));

    [Loss]
    public static double ImplicitTurned([Factor] Matrix<double> U, [Factor, Shape("k", "n")] Matrix<double> V, SparseMatrix<double> R, double alpha, double reg) =>
        0.5 * Sum((1 + alpha * R) % Square(U * V - Observed(R))) + reg / 2 * (Sum(Square(U)) + Sum(Square(V)));

#pragma warning disable AGMF0017 // Meant over all pairs.
    [Loss]
    public static double Poisson([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R, double reg) =>
        Sum(Exp(U * V.T)) - Sum(R % (U * V.T)) + reg / 2 * (Sum(Square(U)) + Sum(Square(V)));

    [Loss]
    public static double PoissonTurned([Factor] Matrix<double> U, [Factor, Shape("k", "n")] Matrix<double> V, SparseMatrix<double> R, double reg) =>
        Sum(Exp(U * V)) - Sum(R % (U * V)) + reg / 2 * (Sum(Square(U)) + Sum(Square(V)));
#pragma warning restore AGMF0017

    [Loss]
    public static double Weighted([Factor] Matrix<double> U, [Factor] Matrix<double> V, Matrix<double> W, SparseMatrix<double> R, double reg) =>
        Sum(W % Softplus(-U * V.T)) + Sum(Observed(R) % Softplus(U * V.T)) + reg / 2 * (Sum(Square(U)) + Sum(Square(V)));

    [Loss]
    public static double WeightedTurned([Factor] Matrix<double> U, [Factor, Shape("k", "n")] Matrix<double> V, Matrix<double> W, SparseMatrix<double> R, double reg) =>
        Sum(W % Softplus(-U * V)) + Sum(Observed(R) % Softplus(U * V)) + reg / 2 * (Sum(Square(U)) + Sum(Square(V)));

    [Loss]
    public static double Gathered([Factor] Matrix<double> U, [Factor] Matrix<double> V, IndexVector i, IndexVector j, ColumnVector<double> y, double reg) =>
        Sum(Square(RowDots(U[i], V[j]) - y)) + reg / 2 * (Sum(Square(U)) + Sum(Square(V)));

    [Loss]
    public static double GatheredTurned([Factor] Matrix<double> U, [Factor, Shape("k", "n")] Matrix<double> V, IndexVector i, IndexVector j, ColumnVector<double> y, double reg) =>
        Sum(Square(RowDots(U[i], V.T[j]) - y)) + reg / 2 * (Sum(Square(U)) + Sum(Square(V)));

    [Loss]
    public static double NonNegative([Factor(Min = 0)] Matrix<double> U, [Factor(Min = 0)] Matrix<double> V, SparseMatrix<double> R, double reg) =>
        0.5 * Sum(Observed(R) % Square(U * V.T - R)) + reg / 2 * (Sum(Square(U)) + Sum(Square(V)));

    [Loss]
    public static double NonNegativeTurned([Factor(Min = 0)] Matrix<double> U, [Factor(Min = 0), Shape("k", "n")] Matrix<double> V, SparseMatrix<double> R, double reg) =>
        0.5 * Sum(Observed(R) % Square(U * V - R)) + reg / 2 * (Sum(Square(U)) + Sum(Square(V)));

    public static TheoryData<string> Losses =>
    [
        nameof(Squared), nameof(SquaredBothTurned), nameof(Filled), nameof(Dense), nameof(Masked), nameof(Implicit), nameof(Poisson), nameof(Weighted), nameof(Gathered), nameof(NonNegative),
    ];

    [Theory]
    [MemberData(nameof(Losses))]
    public void A_step_in_columns_is_that_in_rows(string loss)
    {
        RequireSameSteps<double>(loss, 1e-11);
        RequireSameSteps<float>(loss, 2e-4f);
    }

    /// <summary>Exact steps and conjugate gradients, line searches, bounds and balances: what leads there does not know of the difference.</summary>
    [Theory]
    [MemberData(nameof(Losses))]
    public void Descents_take_the_same_way(string loss)
    {
        RequireSameDescent<double>(loss, null, 1e-7);
        RequireSameDescent<double>(loss, 3, 1e-7);
        RequireSameDescent<float>(loss, null, 1e-3);
    }

    [Theory]
    [InlineData(nameof(Squared))]
    [InlineData(nameof(SquaredBothTurned))]
    [InlineData(nameof(Masked))]
    [InlineData(nameof(Poisson))]
    public void They_begin_where_the_decomposition_is(string loss)
    {
        var (plain, turned) = Pair<double>(loss);
        Assert.Equal(ValueAtStart(plain), ValueAtStart(turned), 1e-6);

        static double ValueAtStart(IObjective<double> objective) =>
            objective.Value(new TruncatedSvd<double>().Start(objective, 1, Workers.Shared, CancellationToken.None), objective.CreateWorkspace());
    }

    [Theory]
    [InlineData(nameof(Squared))]
    [InlineData(nameof(SquaredBothTurned))]
    [InlineData(nameof(Filled))]
    [InlineData(nameof(Masked))]
    [InlineData(nameof(Weighted))]
    [InlineData(nameof(Gathered))]
    [InlineData(nameof(NonNegative))]
    public void Bounds_of_the_curvature_in_columns_are_those_in_rows(string loss)
    {
        var (plain, turned) = Pair<double>(loss);
        var (start, optimizer, stopping) = (Start(plain), new AlternatingMajorization<double>(), new StoppingCriteria { MaxIterations = 30, RelativeObjectiveTolerance = 0 });
        Assert.Contains(FactorAxis.Columns, ((ICurvatureBound<double>)turned).CurvatureBoundAxes);
        var expected = optimizer.Minimize(plain, start, stopping).Objective;
        Assert.Equal(expected, optimizer.Minimize(turned, Turned(start, turned.Layout), stopping).Objective, 1e-7 * expected);
    }

    /// <summary>The samples are the same and come in the same order: each of their steps is, bit for bit.</summary>
    [Theory]
    [InlineData(nameof(Masked), 0)]
    [InlineData(nameof(Masked), 0.5)]
    [InlineData(nameof(MaskedBothTurned), 0.5)]
    [InlineData(nameof(ThreeFactors), 0)]
    [InlineData(nameof(ThreeFactorsBothTurned), 0)]
    [InlineData(nameof(ThreeFactorsBothTurned), 0.5)]
    [InlineData(nameof(Gathered), 0)]
    [InlineData(nameof(Gathered), 0.5)]
    public void Stochastic_gradients_of_columns_are_those_of_rows(string loss, double momentum)
    {
        RequireSameEpochs<double>(loss, momentum);
        RequireSameEpochs<float>(loss, momentum);
    }

    [Fact]
    public void Room_for_bounds_of_columns_is_as_many_numbers()
    {
        var objective = (ICurvatureBound<double>)Pair<double>(nameof(Squared)).Turned;
        var error = Assert.Throws<ArgumentException>(() => objective.CurvatureBound(1, new(objective.Layout), new(new double[Rank], 0, Rank, 1), objective.CreateWorkspace()));
        Assert.StartsWith("bounds must be 17×1 and is 3×1: V has as many columns.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Training_takes_exact_steps_where_columns_have_systems()
    {
        var objective = (IBlockNewton<double>)Pair<double>(nameof(Squared)).Turned;
        Assert.Equal([new(IsQuadratic: true, BlockSystems.SharedByRows), new(IsQuadratic: true, BlockSystems.SharedByColumns)], objective.Blocks);
        var trainer = new SquaredTurnedTrainer<double>(Ratings<double>(), 0.5, Rank);
        var stopping = new StoppingCriteria { MaxIterations = 5 };
        Assert.Equal(
            trainer.Fit(new() { Stopping = stopping, Optimizer = new AlternatingNewton<double>() }).Objective,
            trainer.Fit(new() { Stopping = stopping }).Objective);
    }

    private static void RequireSameSteps<TElement>(string loss, TElement tolerance)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var (plain, turned) = Pair<TElement>(loss);
        var at = Start(plain);
        var (step, turnedStep) = (new Parameters<TElement>(plain.Layout), new Parameters<TElement>(turned.Layout));
        for (var factor = 0; factor < plain.Layout.Factors.Count; factor++)
        {
            ((IBlockNewton<TElement>)plain).NewtonStep(factor, at, step, plain.CreateWorkspace());
            ((IBlockNewton<TElement>)turned).NewtonStep(factor, Turned(at, turned.Layout), turnedStep, turned.CreateWorkspace());
        }

        foreach (var (expected, found) in Turned(step, turned.Layout).Values.ToArray().Zip(turnedStep.Values.ToArray()))
        {
            Assert.True(TElement.Abs(expected - found) <= tolerance * (TElement.One + TElement.Abs(expected)), $"It is {found} and not {expected}.");
        }
    }

    private static void RequireSameDescent<TElement>(string loss, int? conjugateGradientSteps, double tolerance)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var (plain, turned) = Pair<TElement>(loss);
        var start = Start(plain);
        var optimizer = new AlternatingNewton<TElement> { ConjugateGradientSteps = conjugateGradientSteps };
        var stopping = new StoppingCriteria { MaxIterations = 12, RelativeObjectiveTolerance = 0 };
        var (expected, found) = (optimizer.Minimize(plain, start, stopping), optimizer.Minimize(turned, Turned(start, turned.Layout), stopping));
        Assert.InRange(found.Objective, expected.Objective - (tolerance * Math.Abs(expected.Objective)), expected.Objective + (tolerance * Math.Abs(expected.Objective)));
        Assert.Equal(expected.Evaluations, found.Evaluations);
    }

    private static void RequireSameEpochs<TElement>(string loss, double momentum)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var (plain, turned) = Pair<TElement>(loss);
        var (start, stopping) = (Start(plain), new StoppingCriteria { MaxIterations = 3, RelativeObjectiveTolerance = 0 });
        var optimizer = new StochasticGradient<TElement> { LearningRate = 0.01, Momentum = momentum };
        var (expected, found) = (optimizer.Minimize(plain, start, stopping), optimizer.Minimize(turned, Turned(start, turned.Layout), stopping));
        Assert.NotEqual(start.Values.ToArray(), expected.Parameters.Values.ToArray());
        Assert.Equal(Turned(expected.Parameters, turned.Layout).Values.ToArray(), found.Parameters.Values.ToArray());
    }

    private static (IObjective<TElement> Plain, IObjective<TElement> Turned) Pair<TElement>(string loss)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var ratings = Ratings<TElement>();
        var (i, j) = (new IndexVector([.. ratings.Pattern.Entries.Select(e => e.Row)]), new IndexVector([.. ratings.Pattern.Entries.Select(e => e.Column)]));
        var y = new ColumnVector<TElement>(ratings.Values.ToArray());
        var weights = new Matrix<TElement>(Users, Movies, [.. ratings.ToDense().View.Span.ToArray().Select(r => TElement.One + r)]);
        return loss switch
        {
            nameof(Squared) => (new SquaredObjective<TElement>(ratings, 0.5, Rank), new SquaredTurnedObjective<TElement>(ratings, 0.5, Rank)),
            nameof(SquaredBothTurned) => (new SquaredObjective<TElement>(ratings, 0.5, Rank), new SquaredBothTurnedObjective<TElement>(ratings, 0.5, Rank)),
            nameof(Filled) => (new FilledObjective<TElement>(ratings, 0.5, Rank), new FilledTurnedObjective<TElement>(ratings, 0.5, Rank)),
            nameof(Dense) => (new DenseObjective<TElement>(ratings.ToDense(), Rank), new DenseTurnedObjective<TElement>(ratings.ToDense(), Rank)),
            nameof(Masked) => (new MaskedObjective<TElement>(ratings, 0.5, Rank), new MaskedTurnedObjective<TElement>(ratings, 0.5, Rank)),
            nameof(MaskedBothTurned) => (new MaskedObjective<TElement>(ratings, 0.5, Rank), new MaskedBothTurnedObjective<TElement>(ratings, 0.5, Rank)),
            nameof(ThreeFactors) => (new ThreeFactorsObjective<TElement>(ratings, 0.5, Rank), new ThreeFactorsTurnedObjective<TElement>(ratings, 0.5, Rank)),
            nameof(ThreeFactorsBothTurned) => (new ThreeFactorsObjective<TElement>(ratings, 0.5, Rank), new ThreeFactorsBothTurnedObjective<TElement>(ratings, 0.5, Rank)),
            nameof(Implicit) => (new ImplicitObjective<TElement>(ratings, 2, 0.5, Rank), new ImplicitTurnedObjective<TElement>(ratings, 2, 0.5, Rank)),
            nameof(Poisson) => (new PoissonObjective<TElement>(ratings, 0.5, Rank), new PoissonTurnedObjective<TElement>(ratings, 0.5, Rank)),
            nameof(Weighted) => (new WeightedObjective<TElement>(weights, ratings, 0.5, Rank), new WeightedTurnedObjective<TElement>(weights, ratings, 0.5, Rank)),
            nameof(Gathered) => (new GatheredObjective<TElement>(i, j, y, 0.5, Users, Movies, Rank), new GatheredTurnedObjective<TElement>(i, j, y, 0.5, Users, Movies, Rank)),
            _ => (new NonNegativeObjective<TElement>(ratings, 0.5, Rank), new NonNegativeTurnedObjective<TElement>(ratings, 0.5, Rank)),
        };
    }

    private static SparseMatrix<TElement> Ratings<TElement>()
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var random = new Random(3);
        return SparseMatrix<TElement>.FromCoordinates(Users, Movies, [.. Enumerable.Range(0, Users * Movies)
            .Where(_ => random.Next(3) == 0)
            .Select(place => (place / Movies, place % Movies, TElement.CreateChecked(random.Next(1, 6))))]);
    }

    private static Parameters<TElement> Start<TElement>(IObjective<TElement> objective)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var random = new Random(5);
        var at = new Parameters<TElement>(objective.Layout);
        foreach (ref var value in at.Values)
        {
            value = TElement.CreateChecked(random.NextDouble());
        }

        return at;
    }

    /// <summary>The same factors, transposed where a layout has them so.</summary>
    private static Parameters<TElement> Turned<TElement>(Parameters<TElement> at, ParameterLayout layout)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var turned = new Parameters<TElement>(layout);
        for (var factor = 0; factor < layout.Factors.Count; factor++)
        {
            var matrix = at[factor].ToMatrix();
            (matrix.Rows == layout.Factors[factor].Rows ? matrix : matrix.T).View.Span.CopyTo(turned[factor].Span);
        }

        return turned;
    }
}
