using System.Numerics;
using AutoGradMf.Models;

namespace AutoGradMf.Evaluation;

/// <summary>Mean of |prediction − rating|, in the units of the ratings.</summary>
public static class MeanAbsoluteError
{
    /// <inheritdoc cref="RootMeanSquareError.Of{TElement}(IRatingModel, SparseMatrix{TElement}, RatingRange?, ParallelOptions?)"/>
    public static double Of<TElement>(IRatingModel model, SparseMatrix<TElement> test, RatingRange? range = null, ParallelOptions? parallel = null)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> =>
        PredictionErrors.Mean(model, test, range, parallel, Math.Abs);
}
