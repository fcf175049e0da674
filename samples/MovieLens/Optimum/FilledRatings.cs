using static AutoGradMf.LossMath;

namespace AutoGradMf.Samples.MovieLens.Optimum;

/// <summary>
/// The m × n matrix of the classic loss, each missing rating filled by its movie's mean, kept as what it is: S + 1·μᵀ, with S
/// sparse (the ratings less their movie's mean). Products cost O(ratings + m + n).
/// </summary>
internal sealed class FilledRatings
{
    private readonly SparsePattern _pattern;
    private readonly double[] _deviations;
    private readonly double[] _means;

    public FilledRatings(SparseMatrix<double> ratings)
    {
        _pattern = ratings.Pattern;
        _means = ColumnMeans(ratings).Span.ToArray();
        _deviations = new double[ratings.Count];
        for (var e = 0; e < _deviations.Length; e++)
        {
            _deviations[e] = ratings.Values[e] - _means[_pattern.ColumnIndices[e]];
        }
    }

    /// <summary>m.</summary>
    public int Rows => _pattern.Rows;

    /// <summary>n.</summary>
    public int Columns => _pattern.Columns;

    /// <summary>
    /// ‖(I − P)·(S + 1·μᵀ)‖² with P the projection on the given orthonormal vectors of m numbers: what a best approximation by
    /// left singular vectors leaves. As ‖S + 1·μᵀ‖² − Σ s² it would lose some five digits, because 1·μᵀ is nearly all of the norm
    /// and is nearly all in the first vector; so 1 is projected before it is squared.
    /// </summary>
    public double SquaredDistanceFrom(IReadOnlyList<double[]> basis)
    {
        var sparse = DenseVectors.Dot(_deviations, _deviations);
        var rest = new double[Rows];
        Array.Fill(rest, 1);
        foreach (var vector in basis)
        {
            var product = MultiplySparseTransposed(vector);
            sparse -= DenseVectors.Dot(product, product);
            DenseVectors.Add(-vector.Sum(), vector, rest);
        }

        var cross = DenseVectors.Dot(_means, MultiplySparseTransposed(rest));
        return sparse + (2 * cross) + (DenseVectors.Dot(rest, rest) * DenseVectors.Dot(_means, _means));
    }

    /// <summary>(S + 1·μᵀ)·x.</summary>
    public double[] Multiply(double[] x)
    {
        var common = DenseVectors.Dot(_means, x);
        var product = new double[Rows];
        for (var i = 0; i < Rows; i++)
        {
            var sum = common;
            for (var e = (int)_pattern.RowPointers[i]; e < _pattern.RowPointers[i + 1]; e++)
            {
                sum += _deviations[e] * x[_pattern.ColumnIndices[e]];
            }

            product[i] = sum;
        }

        return product;
    }

    /// <summary>(S + 1·μᵀ)ᵀ·y.</summary>
    public double[] MultiplyTransposed(double[] y)
    {
        var product = MultiplySparseTransposed(y);
        DenseVectors.Add(y.Sum(), _means, product);
        return product;
    }

    private double[] MultiplySparseTransposed(double[] y)
    {
        var product = new double[Columns];
        for (var i = 0; i < Rows; i++)
        {
            for (var e = (int)_pattern.RowPointers[i]; e < _pattern.RowPointers[i + 1]; e++)
            {
                product[_pattern.ColumnIndices[e]] += _deviations[e] * y[i];
            }
        }

        return product;
    }
}
