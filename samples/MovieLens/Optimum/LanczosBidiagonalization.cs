using MathNet.Numerics.LinearAlgebra.Double;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace AutoGradMf.Samples.MovieLens.Optimum;

/// <summary>
/// The largest singular values of a matrix of which only products with vectors are known: A·V = U·B with B upper bidiagonal
/// (Golub and Kahan, 1965), every new vector made orthogonal to all earlier ones, twice, so that none converges again as a ghost.
/// </summary>
internal sealed class LanczosBidiagonalization
{
    private const double Tolerance = 1e-10;
    private const int StepsBetweenTests = 10;

    private readonly FilledRatings _matrix;
    private readonly Random _random = new(1);
    private readonly List<double[]> _left = [];
    private readonly List<double[]> _right = [];
    private readonly List<double> _diagonal = [];
    private readonly List<double> _superdiagonal = [];

    private LanczosBidiagonalization(FilledRatings matrix) => _matrix = matrix;

    /// <summary>
    /// The <paramref name="count"/> largest singular values, descending, and their left vectors, orthonormal; all of them where
    /// the matrix has no more.
    /// </summary>
    public static (double[] Values, double[][] Left) LargestSingularValues(FilledRatings matrix, int count, CancellationToken cancellationToken) =>
        new LanczosBidiagonalization(matrix).Run(count, cancellationToken);

    private (double[] Values, double[][] Left) Run(int count, CancellationToken cancellationToken)
    {
        var size = Math.Min(_matrix.Rows, _matrix.Columns);
        count = Math.Min(count, size);
        Append(_right, new double[_matrix.Columns]);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _diagonal.Add(Append(_left, _matrix.Multiply(_right[^1])));
            var steps = _left.Count;
            var coupling = steps < _matrix.Columns ? Append(_right, _matrix.MultiplyTransposed(_left[^1])) : 0;
            if (steps == size || (steps >= count && steps % StepsBetweenTests == 0 && coupling > 0))
            {
                var small = Project(coupling);
                var values = small.S.Take(count).ToArray();

                // A is as far from a singular value of B as the coupling reaches into its left vector.
                if (steps == size || small.U.Row(steps - 1).Take(count).All(last => Math.Abs(coupling * last) <= Tolerance * values[0]))
                {
                    return (values, [.. Enumerable.Range(0, count).Select(v => LeftVector(small.U.Column(v)))]);
                }
            }

            _superdiagonal.Add(coupling);
        }
    }

    /// <summary>
    /// Appends <paramref name="next"/>, made orthogonal and normal, to <paramref name="basis"/> and returns the length it had; a
    /// vector that lies within the basis to rounding is replaced by a random one, and its length is 0.
    /// </summary>
    private double Append(List<double[]> basis, double[] next)
    {
        var before = DenseVectors.Norm(next);
        var length = Orthogonalize(basis, next);
        if (length > 1e-14 * before)
        {
            basis.Add(Array.ConvertAll(next, x => x / length));
            return length;
        }

        do
        {
            next = [.. next.Select(_ => _random.NextDouble() - 0.5)];
            before = DenseVectors.Norm(next);
            length = Orthogonalize(basis, next);
        }
        while (length < 1e-6 * before);

        basis.Add(Array.ConvertAll(next, x => x / length));
        return 0;
    }

    private static double Orthogonalize(List<double[]> basis, double[] vector)
    {
        for (var pass = 0; pass < 2; pass++)
        {
            foreach (var other in basis)
            {
                DenseVectors.Add(-DenseVectors.Dot(other, vector), other, vector);
            }
        }

        return DenseVectors.Norm(vector);
    }

    /// <summary>
    /// The singular values and vectors of B. When the left vectors span all rows, the coupling is one more column of B, and the
    /// values are A's own.
    /// </summary>
    private Svd<double> Project(double coupling)
    {
        var steps = _diagonal.Count;
        var isComplete = steps == _matrix.Rows;
        var bidiagonal = new DenseMatrix(steps, isComplete ? steps + 1 : steps);
        for (var i = 0; i < steps; i++)
        {
            bidiagonal[i, i] = _diagonal[i];
            if (i + 1 < bidiagonal.ColumnCount)
            {
                bidiagonal[i, i + 1] = i + 1 < steps ? _superdiagonal[i] : coupling;
            }
        }

        return bidiagonal.Svd(computeVectors: true);
    }

    private double[] LeftVector(IEnumerable<double> coordinates)
    {
        var vector = new double[_matrix.Rows];
        foreach (var (basis, coordinate) in _left.Zip(coordinates))
        {
            DenseVectors.Add(coordinate, basis, vector);
        }

        return vector;
    }
}
