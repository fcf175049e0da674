using System.Numerics;
using AutoGradMf.Models;

namespace AutoGradMf.Evaluation;

/// <summary>The differences that error metrics are means of.</summary>
internal static class PredictionErrors
{
    /// <summary>Prediction − rating for each stored rating, row after row.</summary>
    public static IEnumerable<double> Of<TElement>(IRatingModel model, SparseMatrix<TElement> test, RatingRange? range)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(test);
        if (model.Rows != test.Rows || model.Columns != test.Columns)
        {
            throw new ArgumentException(
                $"The model predicts {model.Rows}×{model.Columns} ratings, and the test ratings are {test.Rows}×{test.Columns}.", nameof(test));
        }

        if (test.Count == 0)
        {
            throw new ArgumentException("There are no test ratings, so there is no mean of their errors.", nameof(test));
        }

        return Enumerate();

        IEnumerable<double> Enumerate()
        {
            for (var row = 0; row < test.Rows; row++)
            {
                for (var entry = (int)test.Pattern.RowPointers[row]; entry < test.Pattern.RowPointers[row + 1]; entry++)
                {
                    var prediction = model.Predict(row, test.Pattern.ColumnIndices[entry]);
                    yield return (range?.Clip(prediction) ?? prediction) - double.CreateChecked(test.Values[entry]);
                }
            }
        }
    }
}
