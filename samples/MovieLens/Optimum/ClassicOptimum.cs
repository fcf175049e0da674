namespace AutoGradMf.Samples.MovieLens.Optimum;

/// <summary>
/// The least value of the classic loss ½‖U·Mᵀ − R‖² + λ/2·‖U‖² + λ/2·‖M‖² over all m × k and n × k factors, from the singular
/// values s of R: ½·Σ_{i&gt;k} s_i² + Σ_{i≤k} (λ·s_i − λ²/2 if s_i &gt; λ, else s_i²/2). (The ridges are λ times the nuclear
/// norm of the product: Srebro, Rennie and Jaakkola, 2004; whose best product keeps R's singular vectors: Mazumder, Hastie and
/// Tibshirani, 2010.)
/// </summary>
internal static class ClassicOptimum
{
    /// <summary>The optimum for <paramref name="ratings"/>, filled by the movies' means, without forming m × n numbers.</summary>
    public static double Of(SparseMatrix<double> ratings, double reg, int rank, CancellationToken cancellationToken)
    {
        var filled = new FilledRatings(ratings);
        var (values, left) = LanczosBidiagonalization.LargestSingularValues(filled, rank, cancellationToken);
        return (filled.SquaredDistanceFrom(left) / 2) + values.Sum(s => s > reg ? (reg * s) - (reg * reg / 2) : s * s / 2);
    }
}
