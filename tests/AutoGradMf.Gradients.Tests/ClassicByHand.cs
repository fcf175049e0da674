using AutoGradMf.TestLosses;

namespace AutoGradMf.Gradients.Tests;

/// <summary>
/// The classic notebook's loss, ½‖U·Mᵀ − R‖² + λ/2‖U‖² + λ/2‖M‖² over a matrix R without gaps, with the gradient that one derives
/// on paper: E = U·Mᵀ − R, dU = E·M + λU, dM = Eᵀ·U + λM. Once with a loop for every index, once with matrix operators.
/// </summary>
internal static class ClassicByHand
{
    /// <summary>Index by index, as sums are written.</summary>
    public static ValueAndGradient Looped(Matrix<double> U, Matrix<double> M, Matrix<double> R, double reg)
    {
        var value = 0.0;
        var gradientU = new Matrix<double>(U.Rows, U.Columns);
        var gradientM = new Matrix<double>(M.Rows, M.Columns);
        for (var i = 0; i < R.Rows; i++)
        {
            for (var j = 0; j < R.Columns; j++)
            {
                var error = -R[i, j];
                for (var k = 0; k < U.Columns; k++)
                {
                    error += U[i, k] * M[j, k];
                }

                value += 0.5 * error * error;
                for (var k = 0; k < U.Columns; k++)
                {
                    gradientU[i, k] += error * M[j, k];
                    gradientM[j, k] += error * U[i, k];
                }
            }
        }

        value += AddRidge(U, gradientU, reg) + AddRidge(M, gradientM, reg);
        return Result(value, gradientU, gradientM);
    }

    /// <summary>Matrix by matrix, as the notebook writes it.</summary>
    public static ValueAndGradient Vectorised(Matrix<double> U, Matrix<double> M, Matrix<double> R, double reg)
    {
        var E = U * M.T - R;
        var value = 0.5 * SumOfSquares(E) + reg / 2 * SumOfSquares(U) + reg / 2 * SumOfSquares(M);
        return Result(value, E * M + reg * U, E.T * U + reg * M);
    }

    /// <summary>R with the mean of its column's observed entries where nothing is observed; in an empty column the mean of all.</summary>
    public static Matrix<double> FilledByColumnMeans(SparseMatrix<double> R)
    {
        var overall = R.Count == 0 ? 0 : R.Values.ToArray().Sum() / R.Count;
        var filled = new Matrix<double>(R.Rows, R.Columns);
        for (var j = 0; j < R.Columns; j++)
        {
            var sum = 0.0;
            var count = 0;
            for (var i = 0; i < R.Rows; i++)
            {
                if (Observed(R, i, j) is { } rating)
                {
                    sum += rating;
                    count++;
                }
            }

            for (var i = 0; i < R.Rows; i++)
            {
                filled[i, j] = Observed(R, i, j) ?? (count == 0 ? overall : sum / count);
            }
        }

        return filled;
    }

    private static double AddRidge(Matrix<double> factor, Matrix<double> gradient, double reg)
    {
        var value = 0.0;
        for (var i = 0; i < factor.Rows; i++)
        {
            for (var k = 0; k < factor.Columns; k++)
            {
                value += reg / 2 * factor[i, k] * factor[i, k];
                gradient[i, k] += reg * factor[i, k];
            }
        }

        return value;
    }

    private static double? Observed(SparseMatrix<double> R, int i, int j)
    {
        for (var e = (int)R.Pattern.RowPointers[i]; e < R.Pattern.RowPointers[i + 1]; e++)
        {
            if (R.Pattern.ColumnIndices[e] == j)
            {
                return R.Values[e];
            }
        }

        return null;
    }

    private static double SumOfSquares(Matrix<double> matrix) => matrix.Span.ToArray().Sum(x => x * x);

    private static ValueAndGradient Result(double value, Matrix<double> gradientU, Matrix<double> gradientM) =>
        new(value, new Dictionary<string, double[]> { ["U"] = gradientU.Span.ToArray(), ["M"] = gradientM.Span.ToArray() });
}
