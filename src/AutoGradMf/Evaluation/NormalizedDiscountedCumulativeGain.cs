using AutoGradMf.Models;

namespace AutoGradMf.Evaluation;

/// <summary>
/// NDCG@k: what a user likes counts 1/log₂(place + 1) in the list of the k best for the user, relative to a list that has all of it
/// first (Järvelin &amp; Kekäläinen, ACM Transactions on Information Systems 20, 2002), averaged over the users.
/// </summary>
public static class NormalizedDiscountedCumulativeGain
{
    /// <inheritdoc cref="Recall.Of"/>
    public static double Of(IRatingModel model, SparsePattern relevant, SparsePattern seen, int count, ParallelOptions? parallel = null) =>
        Rankings.Mean(model, relevant, seen, count, parallel, ranking => Gain(ranking.Places) / Gain(Enumerable.Range(0, Math.Min(count, ranking.Relevant))));

    private static double Gain(IEnumerable<int> places) => places.Sum(place => 1 / Math.Log2(place + 2));
}
