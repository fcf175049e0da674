using AutoGradMf.Objectives;
using Xunit;
using static AutoGradMf.LossMath;

namespace AutoGradMf.Gradients.Tests;

/// <summary>Systems of rows that are sums of a few matrices, weighted by row, which are symmetric together and not one by one.</summary>
public partial class WeightedSystemTests
{
    private const int Users = 30, Movies = 20, Rank = 4;

    [Loss]
    public static double WeightedForms([Factor] Matrix<double> U, [Shape("k", "k")] Matrix<double> C, ColumnVector<double> y) =>
        Sum(Square(y) % (RowSums((U * C) % U) + 20 * RowSums(Square(U)))) - Sum(U);

    [Loss]
    public static double WeightedByPrediction([Factor] Matrix<double> U, [Factor] Matrix<double> V, [Shape("k", "k")] Matrix<double> C, double reg) =>
        Sum((U * C * V.T) % Square(U * V.T)) + reg * (Sum(Square(U)) + Sum(Square(V))) + Sum(U) + Sum(V);

    [Loss]
    public static double ProductsOfThree([Factor] Matrix<double> U, [Factor] Matrix<double> V, [Factor] Matrix<double> P, [Factor] Matrix<double> Q, double reg) =>
        Sum((P * Q.T) % (U * V.T) % ((U + P) * Q.T)) + reg * (Sum(Square(U)) + Sum(Square(V)) + Sum(Square(P)) + Sum(Square(Q))) + Sum(U);

    [Fact]
    public void A_step_solves_the_systems_of_the_second_derivative()
    {
        var (C, y) = (Random(Rank, Rank, 1), new ColumnVector<double>([.. Enumerable.Range(1, Users).Select(i => 0.5 + Math.Sin(i))]));
        RequireSolved(new WeightedFormsObjective<double>(C, y));
        RequireSolved(new WeightedByPredictionObjective<double>(C, reg: 500, rowsOfU: Users, rowsOfV: Movies));
        RequireSolved(new ProductsOfThreeObjective<double>(reg: 500, rowsOfU: Users, rowsOfV: Movies, rank: Rank));
    }

    private static void RequireSolved<TObjective>(TObjective objective)
        where TObjective : IBlockNewton<double>, IHessianVectorProduct<double>
    {
        var workspace = objective.CreateWorkspace();
        var at = Parameters<double>.Uniform(objective.Layout, -1, 1, 7);
        var (gradient, step, product) = (new Parameters<double>(objective.Layout), new Parameters<double>(objective.Layout), new Parameters<double>(objective.Layout));
        objective.ValueAndGradient(at, gradient, workspace);
        for (var factor = 0; factor < objective.Blocks.Count; factor++)
        {
            Assert.NotEqual(BlockSystems.None, objective.Blocks[factor].Systems);
            step.Values.Clear();
            objective.NewtonStep(factor, at, step, workspace);
            objective.HessianVectorProduct(at, step, product, workspace);
            var size = Norm(gradient[factor].ToMatrix());
            Assert.InRange(Norm(gradient[factor].ToMatrix() + product[factor].ToMatrix()), 0, 1e-12 * size);
        }
    }

    private static Matrix<double> Random(int rows, int columns, int seed)
    {
        var random = new Random(seed);
        return new(rows, columns, [.. Enumerable.Range(0, rows * columns).Select(_ => (2 * random.NextDouble()) - 1)]);
    }
}
