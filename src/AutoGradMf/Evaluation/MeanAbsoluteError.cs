using System.Numerics;
using AutoGradMf.Models;

namespace AutoGradMf.Evaluation;

/// <summary>Mean of |prediction − rating|, in the units of the ratings.</summary>
public static class MeanAbsoluteError
{
    /// <inheritdoc cref="RootMeanSquareError.Of{TElement}(IRatingModel, SparseMatrix{TElement}, RatingRange?)"/>
    public static double Of<TElement>(IRatingModel model, SparseMatrix<TElement> test, RatingRange? range = null)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> =>
        PredictionErrors.Of(model, test, range).Average(Math.Abs);
}
