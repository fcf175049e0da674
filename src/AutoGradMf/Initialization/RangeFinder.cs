using System.Numerics;
using AutoGradMf.Kernels;
using AutoGradMf.Objectives;

namespace AutoGradMf.Initialization;

/// <summary>What a randomized range finder asks of a matrix A, m × n: products with thin matrices, in blocks of k columns.</summary>
internal interface IThinProducts<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    int Rows { get; }

    int Columns { get; }

    /// <summary>The number of columns of a block.</summary>
    int Width { get; }

    /// <summary>A·right, for n × k.</summary>
    MatrixView<TElement> Multiply(MatrixView<TElement> right);

    /// <summary>Aᵀ·left, for m × k.</summary>
    MatrixView<TElement> MultiplyTransposed(MatrixView<TElement> left);
}

/// <summary>
/// The k largest singular triplets of a matrix that is known by its products: subspace iteration from a random subspace of at least k + 10
/// dimensions (Halko, Martinsson &amp; Tropp, SIAM Review 53, 2011, algorithm 4.4), until the triplets hold still.
/// </summary>
internal sealed class RangeFinder<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    /// <summary>More dimensions than wanted, by which the subspace turns to the wanted ones fast.</summary>
    private const int Oversampling = 10;

    /// <summary>Eigenvalues of a Gram matrix below this part of the largest are rounding.</summary>
    private const double Rounding = 1e-14;

    private readonly IThinProducts<TElement> _matrix;
    private readonly Workers _workers;
    private readonly int _dimensions;
    private readonly int[] _order;
    private readonly double[] _basis;
    private MatrixView<TElement> _left, _right, _leftScratch, _rightScratch;

    public RangeFinder(IThinProducts<TElement> matrix, int seed, Workers workers)
    {
        (_matrix, _workers) = (matrix, workers);
        _dimensions = matrix.Width * ((matrix.Width + Oversampling + matrix.Width - 1) / matrix.Width);
        (_left, _leftScratch) = (New(matrix.Rows), New(matrix.Rows));
        (_right, _rightScratch) = (New(matrix.Columns), New(matrix.Columns));
        _order = new int[_dimensions];
        _basis = new double[_dimensions * _dimensions];
        Values = new double[_dimensions];
        var random = Parameters<TElement>.Normal(new(new FactorShape("Q", FactorKind.Matrix, matrix.Columns, _dimensions)), 1, seed);
        random.Values.CopyTo(_right.Span);
        Orthonormalize(ref _right, ref _rightScratch);
    }

    /// <summary>The singular values, the largest first.</summary>
    public double[] Values { get; }

    /// <summary>Left singular vectors in columns, in the order of <see cref="Values"/>.</summary>
    public MatrixView<TElement> Left => _left;

    /// <summary>Right singular vectors in columns.</summary>
    public MatrixView<TElement> Right => _right;

    /// <summary>Iterates until an iteration adds no more than <paramref name="tolerance"/> of it to the sum of the k largest squares.</summary>
    /// <returns>Whether there are triplets; not if it was cancelled within the first iteration.</returns>
    public bool Find(double tolerance, int mostIterations, CancellationToken cancellationToken)
    {
        var before = 0.0;
        for (var i = 0; i < mostIterations; i++)
        {
            // An iteration that is broken off leaves no basis: the first need not be waited for, and later ones are ended.
            if (cancellationToken.IsCancellationRequested || !TryIterate(i == 0 ? cancellationToken : CancellationToken.None))
            {
                return i > 0;
            }

            var energy = Values.Take(_matrix.Width).Sum(static value => value * value);
            if (energy - before <= tolerance * energy)
            {
                break;
            }

            before = energy;
        }

        return true;
    }

    private MatrixView<TElement> New(int rows) => new(new TElement[rows * _dimensions], 0, rows, _dimensions);

    /// <summary>Y = orth(A·Q), Z = Aᵀ·Y; with Z = V·S·Wᵀ, A ≈ (Y·W)·S·Vᵀ.</summary>
    private bool TryIterate(CancellationToken cancellationToken)
    {
        InBlocks(_right, _left, static (matrix, block) => matrix.Multiply(block), cancellationToken);
        if (cancellationToken.IsCancellationRequested)
        {
            return false;
        }

        Orthonormalize(ref _left, ref _leftScratch);
        InBlocks(_left, _right, static (matrix, block) => matrix.MultiplyTransposed(block), cancellationToken);
        if (cancellationToken.IsCancellationRequested)
        {
            return false;
        }

        Orthonormalize(ref _right, ref _rightScratch);
        Transform(ref _left, ref _leftScratch, static _ => 1);
        return true;
    }

    private void InBlocks(
        MatrixView<TElement> from,
        MatrixView<TElement> to,
        Func<IThinProducts<TElement>, MatrixView<TElement>, MatrixView<TElement>> product,
        CancellationToken cancellationToken)
    {
        var block = new MatrixView<TElement>(new TElement[from.Rows * _matrix.Width], 0, from.Rows, _matrix.Width);
        for (var begin = 0; begin < _dimensions && !cancellationToken.IsCancellationRequested; begin += _matrix.Width)
        {
            for (var i = 0; i < from.Rows; i++)
            {
                from.Row(i).Slice(begin, _matrix.Width).CopyTo(block.Row(i));
            }

            var result = product(_matrix, block);
            for (var i = 0; i < to.Rows; i++)
            {
                result.Row(i).CopyTo(to.Row(i)[begin..]);
            }
        }
    }

    /// <summary>With the Gram matrix W·S²·Wᵀ: values = values·W·S⁻¹, the largest of S first; columns that are rounding become zero.</summary>
    private void Orthonormalize(ref MatrixView<TElement> values, ref MatrixView<TElement> scratch)
    {
        var gram = new MatrixView<double>(new double[_basis.Length], 0, _dimensions, _dimensions);
        var squares = new double[_dimensions];
        ThinProduct.Gram(values, values, gram, _workers);
        JacobiSvd.Decompose(gram.Span, _basis, squares, _dimensions);
        for (var place = 0; place < _dimensions; place++)
        {
            _order[place] = place;
        }

        Array.Sort(_order, (a, b) => squares[b].CompareTo(squares[a]));
        for (var place = 0; place < _dimensions; place++)
        {
            var square = squares[_order[place]];
            Values[place] = square > Rounding * squares[_order[0]] ? Math.Sqrt(square) : 0;
        }

        Transform(ref values, ref scratch, place => Values[place] > 0 ? 1 / Values[place] : 0);
    }

    /// <summary>values = values·W·diag(scale).</summary>
    private void Transform(ref MatrixView<TElement> values, ref MatrixView<TElement> scratch, Func<int, double> scale)
    {
        var transform = new MatrixView<double>(new double[_basis.Length], 0, _dimensions, _dimensions);
        for (var place = 0; place < _dimensions; place++)
        {
            for (var d = 0; d < _dimensions; d++)
            {
                transform[d, place] = _basis[(_order[place] * _dimensions) + d] * scale(place);
            }
        }

        ThinProduct.Multiply(values, transform, scratch, _workers);
        (values, scratch) = (scratch, values);
    }
}
