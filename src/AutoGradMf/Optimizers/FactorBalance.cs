using System.Numerics;
using AutoGradMf.Kernels;
using AutoGradMf.Objectives;

namespace AutoGradMf.Optimizers;

/// <summary>
/// Replaces a pair of factors by the balanced pair of the same product: with U = Q_U S_U Z_Uᵀ, M alike and the k × k core
/// S_U Z_Uᵀ Z_M S_M = A Σ Bᵀ, the pair Q_U A √Σ, Q_M B √Σ, scaled where the ridges differ. What is below rounding in U or M is dropped. Where one
/// factor was just solved for, and all rows of each factor have one system, by the best pair of its span instead.
/// </summary>
internal sealed class FactorBalance<TElement>(Parameters<TElement> point, FactorPair pair, double leftScale, Workers workers)
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    /// <summary>Differences of values up to this part of them say nothing.</summary>
    public static readonly double ValueRounding = 64 * double.CreateChecked(TElement.BitIncrement(TElement.One) - TElement.One);

    /// <summary>Eigenvalues of a Gram matrix are squares, of which rounding hides those below this part of the largest.</summary>
    private const double Rounding = 1e-15;

    /// <summary>The part of the product that may be lost.</summary>
    private const double MostLoss = 1e-13;

    /// <summary>How much smaller than the factors allow the product may be.</summary>
    private const double MostCancellation = 1e-6;

    /// <summary>Features that are to vanish keep this part of the longest, which says nothing in the loss, so that their directions are not lost.</summary>
    private const double Shortest = 1e-12;

    /// <summary>For how many more steps singular values of the core are expected to rise as they did in the last.</summary>
    private const double Horizon = 300;

    private readonly int _k = point.OfPair(pair.Left).Columns;
    private readonly Side _left = new(point.OfPair(pair.Left).Rows, point.OfPair(pair.Left).Columns);
    private readonly Side _right = new(point.OfPair(pair.Right).Rows, point.OfPair(pair.Right).Columns);
    private readonly double[] _core = new double[point.OfPair(pair.Left).Columns * point.OfPair(pair.Left).Columns];
    private readonly double[] _rotation = new double[point.OfPair(pair.Left).Columns * point.OfPair(pair.Left).Columns];
    private readonly double[] _values = new double[point.OfPair(pair.Left).Columns];
    private readonly double[] _sorted = new double[point.OfPair(pair.Left).Columns];
    private readonly double[] _before = new double[point.OfPair(pair.Left).Columns];
    private double _expected;

    /// <summary>
    /// Balances the pair in <paramref name="at"/>; where the factors are so far apart in scale that rounding would change the product, it
    /// leaves them as they are. O((m + n) k² + k³).
    /// </summary>
    /// <returns>Whether the pair was balanced.</returns>
    public bool Apply(Parameters<TElement> at) => Apply(at, (0, 0), 0);

    /// <summary>
    /// Replaces the pair by the best one with the span of the factor that was not just solved for (of the left factor: of all U·Mᵀ with U = Q_U·C). The other one,
    /// M = Aᵀ U (Uᵀ U + ρ)⁻¹ with ρ = 2b / c, tells Aᵀ Q_U: the core is that above with S_U + ρ/S_U in place of S_U, and the best product is it with singular values
    /// that are 2√(ab) / c shorter (Hastie, Mazumder, Lee &amp; Zadeh, Journal of Machine Learning Research 16, 2015). As <see cref="Apply(Parameters{TElement})"/> otherwise.
    /// </summary>
    /// <param name="at">Where.</param>
    /// <param name="solved">The factor that was just solved for.</param>
    /// <param name="ridges">Of the pair.</param>
    public bool ApplyBest(Parameters<TElement> at, int solved, ProductRidges ridges) =>
        Apply(at, solved == pair.Left ? (0, ridges.Left) : (ridges.Right, 0), ridges.Threshold);

    private bool Apply(Parameters<TElement> at, (double Left, double Right) ridges, double threshold)
    {
        _expected = 0;
        var (u, m) = (at.OfPair(pair.Left), at.OfPair(pair.Right));
        _left.Decompose(u, workers);
        _right.Decompose(m, workers);
        MakeCore();
        if (!IsPreserved())
        {
            return false;
        }

        Extend(ridges.Left, ridges.Right);
        JacobiSvd.Decompose(_core, _rotation, _values, _k);
        var shortest = Shortest * System.Numerics.Tensors.TensorPrimitives.Max<double>(_values);
        Expect(threshold);
        for (var f = 0; f < _k; f++)
        {
            // Row f of the core is now Σ_f times column f of A, and of the rotation column f of B.
            var root = Math.Sqrt(Math.Max(_values[f] - threshold, Math.Min(_values[f], shortest)));
            for (var d = 0; d < _k; d++)
            {
                _left.Weights[(f * _k) + d] = root > 0 ? _core[(f * _k) + d] / _values[f] * root * leftScale : 0;
                _right.Weights[(f * _k) + d] = _rotation[(f * _k) + d] * root / leftScale;
            }
        }

        _left.Transform(u, workers);
        _right.Transform(m, workers);
        return true;
    }

    /// <summary>
    /// By how much an objective of some value is expected to fall by the pair while its span turns on, where <see cref="ApplyBest"/> said how singular values rise; 0 where
    /// that is rounding.
    /// </summary>
    public double ExpectedDecrease(double value, ProductRidges ridges) =>
        ridges.Curvature * _expected is var decrease && decrease > Horizon * ValueRounding * Math.Abs(value) ? decrease : 0;

    /// <summary>Shows what the next step depends on.</summary>
    public void Visit(RunState state)
    {
        state.Visit(_before.AsSpan());
        state.Visit(ref _expected);
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

    /// <summary>
    /// By how much the loss, over its curvature, is expected to fall while the span turns on: it is ½(s − τ)² lower by each singular value s of the core above the
    /// threshold τ, and does not show those that rise below it.
    /// </summary>
    private void Expect(double threshold)
    {
        _values.CopyTo(_sorted, 0);
        Array.Sort(_sorted);
        for (var f = 0; f < _k; f++)
        {
            var rise = Horizon * Math.Max(0, _sorted[f] - _before[f]);
            var (length, later) = (Math.Max(0, _sorted[f] - threshold), Math.Max(0, _sorted[f] + rise - threshold));
            _expected += ((later * later) - (length * length)) / 2;
            _before[f] = _sorted[f];
        }
    }

    /// <summary>Puts S + ρ/S in place of the S of each factor.</summary>
    private void Extend(double left, double right)
    {
        for (var j = 0; j < _k; j++)
        {
            for (var i = 0; i < _k; i++)
            {
                _core[(j * _k) + i] *= _left.Extension(i, left) * _right.Extension(j, right);
            }
        }
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

        /// <summary>(S + ρ/S) / S.</summary>
        public double Extension(int place, double ridge) => IsHidden(place) ? 1 : 1 + (ridge / (Values[place] * Values[place]));

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
