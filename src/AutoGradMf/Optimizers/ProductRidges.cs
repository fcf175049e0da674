using System.Numerics;
using AutoGradMf.Kernels;
using AutoGradMf.Objectives;

namespace AutoGradMf.Optimizers;

/// <summary>
/// The ridges 2a and 2b of a pair over the curvature c of a loss that is c/2 ‖U·Mᵀ‖² − ⟨A, U·Mᵀ⟩ + a‖U‖² + b‖M‖² in it, which it is where all rows of each
/// factor have one system.
/// </summary>
/// <param name="Left">2a / c.</param>
/// <param name="Right">2b / c.</param>
/// <param name="Curvature">c.</param>
internal readonly record struct ProductRidges(double Left, double Right, double Curvature)
{
    /// <summary>How much shorter than the singular values of A / c those of the best product are (Cai, Candès &amp; Shen, SIAM Journal on Optimization 20, 2010).</summary>
    public double Threshold => Math.Sqrt(Left * Right);

    /// <summary>
    /// Of the slopes of the loss along U and M at (U, M) and at (U, M / 2): with G the derivative in the product, they are ⟨G(X), X⟩ + 2a‖U‖²,
    /// ⟨G(X), X⟩ + 2b‖M‖², ½⟨G(X/2), X⟩ + 2a‖U‖² and ⟨G(X/2), X⟩ + b‖M‖², and G is linear. Zero where they do not tell.
    /// </summary>
    /// <param name="at">Where, evaluated.</param>
    /// <param name="pair">The factors.</param>
    /// <param name="workers">The threads that work on it.</param>
    public static ProductRidges Of<TElement>(BlockPoint<TElement> at, AxisPair pair, Workers workers)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var (half, halfGradient) = (at.Point.Copy(), new Parameters<TElement>(at.Point.Layout));
        System.Numerics.Tensors.TensorPrimitives.Multiply(half[pair.Right].Span, TElement.CreateChecked(0.5), half[pair.Right].Span);
        at.EvaluateAt(half, halfGradient);
        var (left, right) = (Slope(at.Gradient, pair.Left), Slope(at.Gradient, pair.Right));
        var fallLeft = left - Slope(halfGradient, pair.Left);
        var ridge = ((2 * right) - Slope(halfGradient, pair.Right) - (2 * fallLeft)) * 2 / 3;
        var slope = right - ridge;
        var slopeAtHalf = 2 * (slope - fallLeft);
        var curvature = 2 * (slope - slopeAtHalf) / ProductSquare(Columns(pair.Left, pair.LeftAxis), Columns(pair.Right, pair.RightAxis), workers);

        // The larger ridge tells the other, which may be nothing.
        var ratio = double.IsNaN(pair.RidgeRatio) ? 1 : pair.RidgeRatio;
        var largest = ratio > 1 ? Ridge(ridge, pair.Right) : Ridge(left - slope, pair.Left);
        return !(curvature > 0 && double.IsFinite(largest)) ? default
            : ratio > 1 ? new(largest / ratio, largest, curvature)
            : new(largest, largest * ratio, curvature);

        MatrixView<TElement> Columns(int factor, FactorAxis axis) => axis switch
        {
            FactorAxis.Whole => at.Point[factor].AsColumn,
            FactorAxis.Rows => at.Point[factor].ToMatrix().T.View,
            _ => at.Point[factor],
        };

        double Slope(Parameters<TElement> gradient, int factor) => WideDot.Of<TElement>(gradient[factor].Span, at.Point[factor].Span);

        double Ridge(double slope, int factor) => Math.Max(0, slope / WideDot.Of<TElement>(at.Point[factor].Span, at.Point[factor].Span) / curvature);
    }

    /// <summary>‖U·Mᵀ‖².</summary>
    private static double ProductSquare<TElement>(MatrixView<TElement> left, MatrixView<TElement> right, Workers workers)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var k = left.Columns;
        var (gram, other) = (new MatrixView<double>(new double[k * k], 0, k, k), new MatrixView<double>(new double[k * k], 0, k, k));
        ThinProduct.Gram(left, left, gram, workers);
        ThinProduct.Gram(right, right, other, workers);
        return System.Numerics.Tensors.TensorPrimitives.Dot<double>(gram.Span, other.Span);
    }
}
