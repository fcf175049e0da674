using AutoGradMf.Objectives;
using Xunit;
using static AutoGradMf.LossMath;

namespace AutoGradMf.Gradients.Tests;

/// <summary>Bounds of the curvature where each sample chooses several rows of one factor.</summary>
public partial class ChosenPairBoundTests
{
    private const int Users = 7, Movies = 6, Rank = 3, Samples = 25;

    [Loss]
    internal static double SquaredDifference(
        [Factor] Matrix<double> U, [Factor] Matrix<double> V, IndexVector i, IndexVector j, IndexVector l, double reg) =>
        Sum(Square(1 - RowDots(U[i], V[j] - V[l]))) + reg * (Sum(Square(U)) + Sum(Square(V)));

    [Fact]
    public void No_change_of_a_factor_raises_the_loss_above_the_bound()
    {
        var random = new Random(2);
        IndexVector Rows(int count) => new([.. Enumerable.Range(0, Samples).Select(_ => random.Next(count))]);
        var objective = new SquaredDifferenceObjective<double>(Rows(Users), Rows(Movies), Rows(Movies), 0.1, Users, Movies, Rank);
        var at = Parameters<double>.Uniform(objective.Layout, -1, 1, seed: 3);
        var (gradient, workspace) = (new Parameters<double>(objective.Layout), objective.CreateWorkspace());
        var value = objective.ValueAndGradient(at, gradient, workspace);
        for (var factor = 0; factor < 2; factor++)
        {
            Assert.True(objective.HasCurvatureBound[factor]);
            var rows = at[factor].Rows;
            var bounds = new MatrixView<double>(new double[rows], 0, rows, 1);
            objective.CurvatureBound(factor, at, bounds, workspace);
            for (var draw = 0; draw < 50; draw++)
            {
                var moved = at.Copy();
                var above = value;
                for (var e = 0; e < moved[factor].Count; e++)
                {
                    var change = random.NextDouble() - 0.5;
                    moved[factor].Span[e] += change;
                    above += (change * gradient[factor].Span[e]) + (0.5 * change * change * bounds.Span[e / Rank]);
                }

                Assert.InRange(objective.Value(moved, workspace), 0, above);
            }
        }
    }
}
