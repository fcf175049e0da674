using System.Numerics;
using AutoGradMf.Kernels;
using AutoGradMf.Objectives;

namespace AutoGradMf.Optimizers;

/// <summary>
/// Replaces a pair of factors by the balanced pair of the same product: with U = Q_U S_U Z_Uᵀ, M alike and the k × k core
/// S_U Z_Uᵀ Z_M S_M = A Σ Bᵀ, the pair Q_U A √Σ, Q_M B √Σ, scaled where the ridges differ. What is below rounding in U or M is dropped. Where one
/// factor was just solved for, and all rows of each factor have one system, by the best pair of its span instead.
/// </summary>
internal sealed class FactorBalance<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    /// <summary>The part of the product that may be lost.</summary>
    private const double MostLoss = 1e-13;

    /// <summary>How much smaller than the factors allow the product may be.</summary>
    private const double MostCancellation = 1e-6;

    /// <summary>Features that are to vanish keep this part of the longest, which says nothing in the loss, so that their directions are not lost.</summary>
    private const double Shortest = 1e-12;

    /// <summary>For how many more steps singular values of the core are expected to rise as they did in the last.</summary>
    private const double Horizon = 300;

    private readonly AxisPair _pair;
    private readonly double _leftScale;
    private readonly Workers _workers;
    private readonly int _k;
    private readonly BalancedFactor<TElement> _left, _right;
    private readonly double[] _core, _rotation;
    private readonly double[] _values, _sorted, _before;
    private readonly TElement[] _kept;
    private double _expected;

    /// <summary>Of the factors at a point, scaled as <see cref="RidgeScale"/> says.</summary>
    public FactorBalance(Parameters<TElement> point, AxisPair pair, double leftScale, Workers workers)
    {
        (_pair, _leftScale, _workers) = (pair, leftScale, workers);
        (_left, _right) = (new(point[pair.Left], pair.LeftAxis), new(point[pair.Right], pair.RightAxis));
        _k = _left.Values.Length;
        (_core, _rotation) = (new double[_k * _k], new double[_k * _k]);
        (_values, _sorted, _before) = (new double[_k], new double[_k], new double[_k]);
        _kept = pair.Between is null ? [] : new TElement[point.Values.Length];
    }

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
    public bool ApplyBest(Parameters<TElement> at, int solved, ProductRidges ridges)
    {
        _expected = 0;
        var isBalanced = Apply(at, solved == _pair.Left ? (0, ridges.Left) : (ridges.Right, 0), ridges.Threshold);
        if (isBalanced)
        {
            Expect(ridges.Threshold);
        }

        return isBalanced;
    }

    /// <summary>
    /// Balances a pair across the vector between them, U·diag(c)·Mᵀ: goes on from c = 1, for all to be scaled then. Among all sums of products that are equal, a ridge of three or more is least in
    /// the singular value decomposition: sums of powers p ≤ 1 of norms are no less than that of the singular values (McCarthy, Israel Journal of Mathematics 5, 1967).
    /// </summary>
    /// <param name="at">Where.</param>
    /// <param name="between">The number of c.</param>
    public bool ApplyAcross(Parameters<TElement> at, int between)
    {
        at.Values.CopyTo(_kept);
        var weights = at[between].Span;
        AxisScaling<TElement>.Multiply(at[_pair.Left], _pair.LeftAxis, weights);
        if (!Apply(at))
        {
            _kept.CopyTo(at.Values);
            return false;
        }

        for (var f = 0; f < _k; f++)
        {
            weights[f] = _values[f] > 0 ? TElement.One : TElement.Zero;
        }

        return true;
    }

    private bool Apply(Parameters<TElement> at, (double Left, double Right) ridges, double threshold)
    {
        _left.Decompose(at[_pair.Left], _workers);
        _right.Decompose(at[_pair.Right], _workers);
        MakeCore();
        if (!IsPreserved())
        {
            return false;
        }

        Extend(ridges.Left, ridges.Right);
        JacobiSvd.Decompose(_core, _rotation, _values, _k);
        var shortest = Shortest * System.Numerics.Tensors.TensorPrimitives.Max<double>(_values);
        for (var f = 0; f < _k; f++)
        {
            // Row f of the core is now Σ_f times column f of A, and of the rotation column f of B.
            var root = Math.Sqrt(Math.Max(_values[f] - threshold, Math.Min(_values[f], shortest)));
            for (var d = 0; d < _k; d++)
            {
                _left.Weights[(f * _k) + d] = root > 0 ? _core[(f * _k) + d] / _values[f] * root * _leftScale : 0;
                _right.Weights[(f * _k) + d] = _rotation[(f * _k) + d] * root / _leftScale;
            }
        }

        _left.Transform(at[_pair.Left], _workers);
        _right.Transform(at[_pair.Right], _workers);
        return true;
    }

    /// <summary>
    /// By how much an objective of some value is expected to fall by the pair while its span turns on, where <see cref="ApplyBest"/> said how singular values rise; 0 where
    /// that is rounding.
    /// </summary>
    public double ExpectedDecrease(double value, ProductRidges ridges) =>
        ridges.Curvature * _expected is var decrease && decrease > Horizon * ValueRounding<TElement>.Part * Math.Abs(value) ? decrease : 0;

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
    public static bool IsHighest(BlockPoint<TElement> at, AxisPair pair)
    {
        var (gradient, two) = (new Parameters<TElement>(at.Point.Layout), TElement.CreateChecked(2));
        var (larger, smaller) = (ValueAt(two, TElement.One / two), ValueAt(TElement.One / two, two));
        return larger + smaller - (2 * at.Value) < -ValueRounding<TElement>.Part * (Math.Abs(larger) + Math.Abs(smaller) + (2 * Math.Abs(at.Value)));

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
    /// threshold τ, and does not show those that rise below it. What rises by rounding is at rest.
    /// </summary>
    private void Expect(double threshold)
    {
        _values.CopyTo(_sorted, 0);
        Array.Sort(_sorted);
        for (var f = 0; f < _k; f++)
        {
            var rise = _sorted[f] - _before[f] is var step && step > ValueRounding<TElement>.Part * _sorted[f] ? Horizon * step : 0;
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
}
