using System.Numerics;
using AutoGradMf.Kernels;
using AutoGradMf.Models;

namespace AutoGradMf.Evaluation;

/// <summary>The differences that error metrics are means of.</summary>
internal static class PredictionErrors
{
    /// <summary>A chunk predicts so many ratings at least, which takes some tenth of a millisecond.</summary>
    private const int ChunkEntries = 1 << 13;
    private const int MostChunks = 1 << 12;

    /// <summary>The mean of a function of prediction − rating over the stored ratings.</summary>
    public static double Mean<TElement>(
        IRatingModel model, SparseMatrix<TElement> test, RatingRange? range, ParallelOptions? parallel, Func<double, double> function)
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

        var chunks = Chunks.Count(test.Count, ChunkEntries, MostChunks);
        return ChunkSum.Of(chunks, parallel, Sum) / test.Count;

        double Sum(int chunk)
        {
            var pointers = test.Pattern.RowPointers;
            var columns = test.Pattern.ColumnIndices;
            var ratings = test.Values;
            var sum = 0.0;
            for (var row = Chunks.Start(pointers, chunk, chunks); row < Chunks.Start(pointers, chunk + 1, chunks); row++)
            {
                for (var entry = (int)pointers[row]; entry < pointers[row + 1]; entry++)
                {
                    var prediction = model.Predict(row, columns[entry]);
                    sum += function((range?.Clip(prediction) ?? prediction) - double.CreateChecked(ratings[entry]));
                }
            }

            return sum;
        }
    }
}
