using System.Numerics;
using AutoGradMf.Kernels;
using AutoGradMf.Objectives;

namespace AutoGradMf.Optimizers;

/// <summary>One factor of a pair that is balanced, with its k features as columns: its singular values and right singular vectors, from its Gram matrix.</summary>
internal sealed class BalancedFactor<TElement>(MatrixView<TElement> like, FactorAxis axis)
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    /// <summary>Eigenvalues of a Gram matrix are squares, of which rounding hides those below this part of the largest.</summary>
    private const double Rounding = 1e-15;

    private readonly int _k = Features(like, axis);
    private readonly MatrixView<double> _gram = Square(Features(like, axis));
    private readonly MatrixView<double> _transform = Square(Features(like, axis));
    private readonly MatrixView<TElement> _moved = Columns(new TElement[like.Count], like, axis);
    private readonly MatrixView<TElement>? _turned = axis == FactorAxis.Rows ? Columns(new TElement[like.Count], like, axis) : null;

    /// <summary>S.</summary>
    public double[] Values { get; } = new double[Features(like, axis)];

    /// <summary>Rows of Zᵀ.</summary>
    public double[] Basis { get; } = new double[Features(like, axis) * Features(like, axis)];

    /// <summary>Row f: of each singular direction, what the new column f takes.</summary>
    public double[] Weights { get; } = new double[Features(like, axis) * Features(like, axis)];

    /// <summary>The largest of S.</summary>
    public double Largest { get; private set; }

    /// <summary>How many features a factor has along an axis.</summary>
    public static int Features(MatrixView<TElement> factor, FactorAxis axis) => axis switch
    {
        FactorAxis.Rows => factor.Rows,
        FactorAxis.Columns => factor.Columns,
        _ => 1,
    };

    public void Decompose(MatrixView<TElement> factor, Workers workers)
    {
        if (_turned is { } turned)
        {
            ThinProduct.Transpose(factor, turned);
        }

        var columns = Source(factor);
        ThinProduct.Gram(columns, columns, _gram, workers);
        JacobiSvd.Decompose(_gram.Span, Basis, Values, _k);
        System.Numerics.Tensors.TensorPrimitives.Sqrt(Values, Values);
        Largest = System.Numerics.Tensors.TensorPrimitives.Max<double>(Values);
    }

    /// <summary>Whether rounding hides a singular value.</summary>
    public bool IsHidden(int place) => Values[place] * Values[place] <= Rounding * Largest * Largest;

    /// <summary>(S + ρ/S) / S.</summary>
    public double Extension(int place, double ridge) => IsHidden(place) ? 1 : 1 + (ridge / (Values[place] * Values[place]));

    /// <summary>factor = factor · Z S⁻¹ · weightsᵀ, for what was decomposed.</summary>
    public void Transform(MatrixView<TElement> factor, Workers workers)
    {
        for (var c = 0; c < _k; c++)
        {
            for (var f = 0; f < _k; f++)
            {
                var sum = 0.0;
                for (var d = 0; d < _k; d++)
                {
                    sum += !IsHidden(d) ? Basis[(d * _k) + c] / Values[d] * Weights[(f * _k) + d] : 0;
                }

                _transform[c, f] = sum;
            }
        }

        ThinProduct.Multiply(Source(factor), _transform, _moved, workers);
        if (_turned is not null)
        {
            ThinProduct.Transpose(_moved, factor);
            return;
        }

        _moved.Span.CopyTo(factor.Span);
    }

    private MatrixView<TElement> Source(MatrixView<TElement> factor) => _turned ?? (axis == FactorAxis.Whole ? factor.AsColumn : factor);

    private static MatrixView<TElement> Columns(TElement[] values, MatrixView<TElement> like, FactorAxis axis) =>
        Features(like, axis) is var k && k == 0 ? new(values, 0, 0, 0) : new(values, 0, like.Count / k, k);

    private static MatrixView<double> Square(int k) => new(new double[k * k], 0, k, k);
}
