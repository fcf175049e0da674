using System.Numerics;
using AutoGradMf.Kernels;
using AutoGradMf.Objectives;

namespace AutoGradMf.Optimizers;

/// <summary>
/// Replaces a pair of factors by the balanced pair of the same product: with U = Q_U S_U Z_Uᵀ, M alike and the k × k core
/// S_U Z_Uᵀ Z_M S_M = A Σ Bᵀ, the pair Q_U A √Σ, Q_M B √Σ, scaled where the ridges differ. What is below rounding in U or M is dropped.
/// </summary>
internal sealed class FactorBalance<TElement>(Parameters<TElement> point, FactorPair pair, double leftScale, Workers workers)
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    /// <summary>Eigenvalues of a Gram matrix are squares, of which rounding hides those below this part of the largest.</summary>
    private const double Rounding = 1e-15;

    /// <summary>The part of the product that may be lost.</summary>
    private const double MostLoss = 1e-13;

    /// <summary>How much smaller than the factors allow the product may be.</summary>
    private const double MostCancellation = 1e-6;

    /// <summary>Differences of values up to this part of them say nothing.</summary>
    private static readonly double ValueRounding = 64 * double.CreateChecked(TElement.BitIncrement(TElement.One) - TElement.One);

    private readonly int _k = point.OfPair(pair.Left).Columns;
    private readonly Side _left = new(point.OfPair(pair.Left).Rows, point.OfPair(pair.Left).Columns);
    private readonly Side _right = new(point.OfPair(pair.Right).Rows, point.OfPair(pair.Right).Columns);
    private readonly double[] _core = new double[point.OfPair(pair.Left).Columns * point.OfPair(pair.Left).Columns];
    private readonly double[] _rotation = new double[point.OfPair(pair.Left).Columns * point.OfPair(pair.Left).Columns];
    private readonly double[] _values = new double[point.OfPair(pair.Left).Columns];

    /// <summary>
    /// Balances the pair in <paramref name="at"/>; where the factors are so far apart in scale that rounding would change the product, it
    /// leaves them as they are. O((m + n) k² + k³).
    /// </summary>
    /// <returns>Whether the pair was balanced.</returns>
    public bool Apply(Parameters<TElement> at)
    {
        var (u, m) = (at.OfPair(pair.Left), at.OfPair(pair.Right));
        _left.Decompose(u, workers);
        _right.Decompose(m, workers);
        MakeCore();
        if (!IsPreserved())
        {
            return false;
        }

        JacobiSvd.Decompose(_core, _rotation, _values, _k);
        for (var f = 0; f < _k; f++)
        {
            // Row f of the core is now Σ_f times column f of A, and of the rotation column f of B: √Σ_f is left of each.
            var root = Math.Sqrt(_values[f]);
            for (var d = 0; d < _k; d++)
            {
                _left.Weights[(f * _k) + d] = root > 0 ? _core[(f * _k) + d] / root * leftScale : 0;
                _right.Weights[(f * _k) + d] = _rotation[(f * _k) + d] * root / leftScale;
            }
        }

        _left.Transform(u, workers);
        _right.Transform(m, workers);
        return true;
    }

    /// <summary>
    /// Whether the balanced pair is the highest of its product, and not the least, since the ridges are negative: with c·U and M/c, a ridge r has the second
    /// difference 9/4 r between c = ½, 1 and 2, and the rest of the objective none. Two evaluations.
    /// </summary>
    public bool IsHighest(BlockPoint<TElement> at)
    {
        var (gradient, two) = (new Parameters<TElement>(at.Point.Layout), TElement.CreateChecked(2));
        var (larger, smaller) = (ValueAt(two, TElement.One / two), ValueAt(TElement.One / two, two));
        return larger + smaller - (2 * at.Value) < -ValueRounding * (Math.Abs(larger) + Math.Abs(smaller) + (2 * Math.Abs(at.Value)));

        double ValueAt(TElement left, TElement right)
        {
            var scaled = at.Point.Copy();
            System.Numerics.Tensors.TensorPrimitives.Multiply(scaled[pair.Left].Span, left, scaled[pair.Left].Span);
            System.Numerics.Tensors.TensorPrimitives.Multiply(scaled[pair.Right].Span, right, scaled[pair.Right].Span);
            return at.EvaluateAt(scaled, gradient);
        }
    }

    /// <summary>Drops what is below rounding in a factor; whether the product does not show it.</summary>
    private bool IsPreserved()
    {
        var total = System.Numerics.Tensors.TensorPrimitives.Norm<double>(_core);
        if (!(total > MostCancellation * _left.Largest * _right.Largest))
        {
            return false;
        }

        var lost = 0.0;
        for (var j = 0; j < _k; j++)
        {
            for (var i = 0; i < _k; i++)
            {
                ref var element = ref _core[(j * _k) + i];
                if (_left.IsHidden(i) || _right.IsHidden(j))
                {
                    (lost, element) = (double.Hypot(lost, element), 0);
                }
            }
        }

        return lost <= MostLoss * total;
    }

    /// <summary>The columns of S_U Z_Uᵀ Z_M S_M, one after the other.</summary>
    private void MakeCore()
    {
        for (var j = 0; j < _k; j++)
        {
            for (var i = 0; i < _k; i++)
            {
                var dot = System.Numerics.Tensors.TensorPrimitives.Dot<double>(
                    _left.Basis.AsSpan(i * _k, _k), _right.Basis.AsSpan(j * _k, _k));
                _core[(j * _k) + i] = _left.Values[i] * dot * _right.Values[j];
            }
        }
    }

    /// <summary>A factor's singular values and right singular vectors, from its Gram matrix.</summary>
    private sealed class Side(int rows, int k)
    {
        private readonly MatrixView<double> _gram = new(new double[k * k], 0, k, k);
        private readonly MatrixView<double> _transform = new(new double[k * k], 0, k, k);
        private readonly MatrixView<TElement> _moved = new(new TElement[rows * k], 0, rows, k);

        /// <summary>S.</summary>
        public double[] Values { get; } = new double[k];

        /// <summary>Rows of Zᵀ.</summary>
        public double[] Basis { get; } = new double[k * k];

        /// <summary>Row f: of each singular direction, what the new column f takes.</summary>
        public double[] Weights { get; } = new double[k * k];

        /// <summary>The largest of S.</summary>
        public double Largest { get; private set; }

        public void Decompose(MatrixView<TElement> factor, Workers workers)
        {
            ThinProduct.Gram(factor, factor, _gram, workers);
            JacobiSvd.Decompose(_gram.Span, Basis, Values, k);
            System.Numerics.Tensors.TensorPrimitives.Sqrt(Values, Values);
            Largest = System.Numerics.Tensors.TensorPrimitives.Max<double>(Values);
        }

        /// <summary>Whether rounding hides a singular value.</summary>
        public bool IsHidden(int place) => Values[place] * Values[place] <= Rounding * Largest * Largest;

        /// <summary>factor = factor · Z S⁻¹ · weightsᵀ.</summary>
        public void Transform(MatrixView<TElement> factor, Workers workers)
        {
            for (var c = 0; c < k; c++)
            {
                for (var f = 0; f < k; f++)
                {
                    var sum = 0.0;
                    for (var d = 0; d < k; d++)
                    {
                        sum += !IsHidden(d) ? Basis[(d * k) + c] / Values[d] * Weights[(f * k) + d] : 0;
                    }

                    _transform[c, f] = sum;
                }
            }

            ThinProduct.Multiply(factor, _transform, _moved, workers);
            _moved.Span.CopyTo(factor.Span);
        }
    }
}
