using AutoGradMf.Initialization;
using AutoGradMf.Objectives;
using AutoGradMf.Training;
using Xunit;

namespace AutoGradMf.Corpus.Tests;

/// <summary>A checkpoint knows the data and hyperparameters of its loss, also where the objective does not show them: at factors of zeros, a ridge adds nothing.</summary>
public sealed class CheckpointInputTests : IDisposable
{
    private static readonly (int, int, double)[] Ratings = [(0, 0, 3), (0, 2, 1), (3, 1, 2), (3, 2, 4)];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    private string File => Path.Combine(_folder.FullName, "run.checkpoint");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Another_hyperparameter_is_refused_by_name()
    {
        Train(Ratings, reg: 0.5);

        var refused = Assert.Throws<CheckpointException>(() => Train(Ratings, reg: 0.25));

        Assert.Equal(
            $"The checkpoint {File} cannot be resumed: it was written with reg 0.5, and has reg 0.25 here. Resume it with the same data and hyperparameters, " +
            "or start from its factors with CheckpointStart.",
            refused.Message);
    }

    /// <summary>Their squares are the same, and so is the objective.</summary>
    [Fact]
    public void Other_data_is_refused_by_name()
    {
        Train(Ratings, reg: 0.5);

        var refused = Assert.Throws<CheckpointException>(() => Train([.. Ratings[..3], (3, 2, -4)], reg: 0.5));

        Assert.Matches("it was written with R of 4 entries of 4×3 with hash [0-9a-f]{16}, and has R of 4 entries of 4×3 with hash [0-9a-f]{16} here", refused.Message);
    }

    /// <summary>Where all scores are zero, each triple adds the logarithm of 2.</summary>
    [Fact]
    public void Other_rows_of_samples_are_refused_by_name()
    {
        TrainTriples(new(0, 1, 2));

        var refused = Assert.Throws<CheckpointException>(() => TrainTriples(new(0, 2, 1)));

        Assert.Matches("it was written with i of 3 rows with hash [0-9a-f]{16}, and has i of 3 rows with hash [0-9a-f]{16} here", refused.Message);
        TrainTriples(new(0, 1, 2));
    }

    [Fact]
    public void The_same_are_resumed()
    {
        Train(Ratings, reg: 0.5);

        Train([.. Ratings], reg: 0.5);
    }

    private void Train((int, int, double)[] ratings, double reg) =>
        Train(new SquaredError.MaskedObjective<double>(SparseMatrix<double>.FromCoordinates(4, 3, ratings), reg, 2));

    private void TrainTriples(IndexVector users) =>
        Train(new Ranking.BprObjective<double>(users, new(0, 1, 2), new(1, 2, 0), rowsOfU: 3, rowsOfV: 3, rank: 2));

    private void Train(IObjective<double> objective) => new ObjectiveTrainer<double>(objective).Fit(new()
    {
        Initialization = new WarmStart<double>(new Parameters<double>(objective.Layout)),
        Checkpoints = new(File) { EveryIterations = 1, Resume = true },
        Stopping = new() { MaxIterations = 1 },
    });
}
