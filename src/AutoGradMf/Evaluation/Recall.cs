using AutoGradMf.Models;

namespace AutoGradMf.Evaluation;

/// <summary>Recall@k: the share of what a user likes that is in the list of the k best for the user, averaged over the users.</summary>
public static class Recall
{
    /// <summary>The mean over all rows that have relevant columns.</summary>
    /// <remarks>Lists are those of <see cref="TopN"/>. O(m·n) predictions.</remarks>
    /// <param name="model">m users × n movies.</param>
    /// <param name="relevant">m × n: which movies each user likes, and should find.</param>
    /// <param name="seen">m × n: which movies are not ranked for a user, such as those that the model was trained on.</param>
    /// <param name="count">k, the length of the lists, at least 1.</param>
    /// <param name="parallel">The most threads, and what cancels it; all processors if null. The number does not depend on them.</param>
    /// <exception cref="ArgumentException">The sizes differ, nothing is relevant, or something is both relevant and seen.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static double Of(IRatingModel model, SparsePattern relevant, SparsePattern seen, int count, ParallelOptions? parallel = null) =>
        Rankings.Mean(model, relevant, seen, count, parallel, static ranking => ranking.Places.Count / (double)ranking.Relevant);
}
