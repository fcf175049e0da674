using AutoGradMf.Objectives;
using Xunit;
using static AutoGradMf.LossMath;

namespace AutoGradMf.Gradients.Tests;

/// <summary>A loss whose prediction reads every kind of factor.</summary>
public static partial class ModelLosses
{
    /// <summary>A product, biases of both kinds, a mean, data and a hyperparameter.</summary>
    [Loss]
    public static double Everything(
        [Factor] Matrix<double> U,
        [Factor] Matrix<double> V,
        [Factor] ColumnVector<double> b,
        [Factor] RowVector<double> d,
        [Factor] double mu,
        SparseMatrix<double> R,
        Matrix<double> offsets,
        double scale) => Sum(Observed(R) % Square(Rating(U, V, b, d, mu, offsets, scale) - R));

    [Prediction]
    private static Matrix<double> Rating(
        Matrix<double> U, Matrix<double> V, ColumnVector<double> b, RowVector<double> d, double mu, Matrix<double> offsets, double scale) =>
        mu + (scale * (U * V.T)) + offsets + b + d;
}

/// <summary>The generated model.</summary>
public class ModelTests
{
    private const int Users = 300;
    private const int Movies = 200;

    [Fact]
    public void Predicts_from_the_parameters_it_was_made_of()
    {
        var (objective, point) = Problem();
        var model = new ModelLosses.EverythingModel<double>(objective, point);

        for (var i = 0; i < Users; i += 7)
        {
            for (var j = 0; j < Movies; j += 11)
            {
                var expected = model.mu + (0.5 * Dot(model.U, i, model.V, j)) + Offsets()[i, j] + model.b[i] + model.d[j];
                Assert.Equal(expected, model.Predict(i, j), 1e-12);
            }
        }
    }

    [Fact]
    public void Copies_a_factor_once_and_when_it_is_asked_for()
    {
        var (objective, point) = Problem();
        _ = Allocated(objective, point);

        // The least of some, since the runtime may allocate on any thread where it loads code.
        Assert.InRange(Enumerable.Range(0, 5).Min(_ => Allocated(objective, point)), 0, Movies * sizeof(double) / 2);

        var model = new ModelLosses.EverythingModel<double>(objective, point);
        Assert.Same(model.U, model.U);
        Assert.Equal(point["U"].Span.ToArray(), model.U.Span.ToArray());
        Assert.Equal(point["d"].Span.ToArray(), model.d.Span.ToArray());
        Assert.NotEqual(0, model.mu);
    }

    /// <summary>The bytes that a model and some predictions take.</summary>
    private static long Allocated(ModelLosses.EverythingObjective<double> objective, Parameters<double> point)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var model = new ModelLosses.EverythingModel<double>(objective, point);
        var sum = 0.0;
        for (var j = 0; j < Movies; j++)
        {
            sum += model.Predict(3, j);
        }

        Assert.NotEqual(0, sum);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static (ModelLosses.EverythingObjective<double> Objective, Parameters<double> Point) Problem()
    {
        var ratings = SparseMatrix<double>.FromCoordinates(Users, Movies, [(0, 0, 5.0), (Users - 1, Movies - 1, 1.0)]);
        var objective = new ModelLosses.EverythingObjective<double>(ratings, Offsets(), scale: 0.5, rank: 4);
        return (objective, RandomLoss.Point(objective));
    }

    private static Matrix<double> Offsets() => new(Users, Movies, [.. Enumerable.Range(0, Users * Movies).Select(e => Math.Sin(e))]);

    private static double Dot(Matrix<double> left, int i, Matrix<double> right, int j) =>
        Enumerable.Range(0, left.Columns).Sum(f => left[i, f] * right[j, f]);
}
