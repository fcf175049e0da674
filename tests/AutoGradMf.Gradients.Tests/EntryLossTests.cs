using AutoGradMf.Objectives;
using Xunit;
using static AutoGradMf.LossMath;

namespace AutoGradMf.Gradients.Tests;

/// <summary>Losses declared by their term at one entry, and the same losses written out.</summary>
public static partial class EntryLosses
{
    /// <summary>The Huber loss of one rating.</summary>
    [EntryLoss]
    public static double Huber(double prediction, double rating, double delta)
    {
        var error = prediction - rating;
        if (Math.Abs(error) <= delta)
        {
            return 0.5 * error * error;
        }

        return delta * (Math.Abs(error) - delta / 2);
    }

    /// <summary>The logistic loss of one rating in {0, 1}, of factors alone.</summary>
    [EntryLoss(GlobalMean = false, Biases = false, Ridge = false)]
    internal static double Logistic(double prediction, double rating) => Softplus(prediction) - rating * prediction;

    /// <summary>What <see cref="Huber"/> stands for.</summary>
    [Loss]
    public static double HuberWritten(
        [Factor] Matrix<double> U,
        [Factor] Matrix<double> V,
        [Factor] ColumnVector<double> b,
        [Factor] ColumnVector<double> d,
        [Factor] double mu,
        SparseMatrix<double> R,
        double delta,
        double reg,
        double biasReg) =>
        Sum(Observed(R) % LossMath.Huber(U * V.T + b + d.T + mu - R, delta))
        + reg / 2 * (Sum(Square(U)) + Sum(Square(V))) + biasReg / 2 * (Sum(Square(b)) + Sum(Square(d)));
}

/// <summary>The short form [EntryLoss].</summary>
public class EntryLossTests
{
    private static readonly SparseMatrix<double> Ratings = SparseMatrix<double>.FromCoordinates(
        4, 3, [(0, 0, 5.0), (0, 2, 1.0), (1, 1, 3.0), (3, 0, 0.5), (3, 2, 4.0)]);

    [Fact]
    public void Is_the_loss_that_it_expands_to()
    {
        var (entry, written) = (
            new EntryLosses.HuberObjective<double>(Ratings, delta: 0.7, reg: 0.3, biasReg: 0.2, rank: 2),
            new EntryLosses.HuberWrittenObjective<double>(Ratings, delta: 0.7, reg: 0.3, biasReg: 0.2, rank: 2));
        var at = RandomLoss.Point(entry);
        var (ours, theirs) = (new Parameters<double>(entry.Layout), new Parameters<double>(entry.Layout));
        var value = entry.ValueAndGradient(at, ours, entry.CreateWorkspace());

        Assert.Equal(written.ValueAndGradient(at, theirs, written.CreateWorkspace()), value, 1e-13);
        Assert.Equal(written.Reference(at), entry.Reference(at), 1e-13);
        for (var p = 0; p < entry.Layout.Count; p++)
        {
            Assert.Equal(theirs.Values[p], ours.Values[p], 1e-13);
        }
    }

    [Fact]
    public void Leaves_out_what_the_attribute_switches_off()
    {
        var objective = new EntryLosses.LogisticObjective<double>(Ratings, rank: 2);
        Assert.Equal(["U", "V"], objective.Layout.Factors.Select(f => f.Name));

        var at = RandomLoss.Point(objective);
        Assert.All(GradientCheck.Coordinates(objective, at), check => Assert.InRange(check.LargestRelativeError, 0, 1e-8));
        Assert.Equal(objective.Reference(at), objective.Value(at, objective.CreateWorkspace()), 1e-13);
    }

    [Fact]
    public void Trains_a_model_that_predicts()
    {
        var trainer = new EntryLosses.HuberTrainer<double>(Ratings, delta: 1, reg: 0.01, biasReg: 0.01, rank: 2);
        var model = trainer.Fit().Model;
        Assert.All(Ratings.Pattern.Entries, entry =>
            Assert.InRange(model.Predict(entry.Row, entry.Column) - Ratings[entry.Row, entry.Column], -0.2, 0.2));
    }
}
