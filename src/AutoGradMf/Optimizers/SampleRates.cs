using System.Numerics;
using System.Numerics.Tensors;
using AutoGradMf.Kernels;
using AutoGradMf.Objectives;

namespace AutoGradMf.Optimizers;

/// <summary>The rates of stochastic gradient: how far it goes along the gradients of samples, and which of these count as large.</summary>
/// <param name="Rate">In rows.</param>
/// <param name="NumberScale">How many times as far in numbers.</param>
/// <param name="FirstSquare">Where rates are by row, the mean square of gradients that a row begins with, in gradient units.</param>
/// <param name="FirstNumberSquare">The same of a number.</param>
/// <param name="GradientUnit">What gradients are squared in, a power of two.</param>
internal readonly record struct SampleRates(
    double Rate, double NumberScale, double FirstSquare, double FirstNumberSquare, double GradientUnit)
{
    /// <summary>
    /// The share of a sample's objective that its first step, in one row or number alone and of the rate's length, takes away as far as
    /// the gradient tells. Rates by row are then about 0.1 for preferences, as Chin, Zhuang, Juan &amp; Lin (PAKDD 2015) have it, and 0.3
    /// for ratings from 0.5 to 5; such steps are longer by the root of the features, over which the mean of squares is.
    /// </summary>
    private const double FirstDecrease = 0.04;

    /// <summary>
    /// The least step of an element of a row, as a share of what elements are at the start: of use where the objective is next to zero
    /// there. At a model that is trained on it may be too long, and epochs are repeated with shorter ones.
    /// </summary>
    private const double LeastStep = 0.1;

    /// <summary>The rate where no sample has a gradient that tells of one.</summary>
    private const double AnyRate = 0.1;

    /// <summary>
    /// The binary exponent up to which gradients of whole rows may go: squares of floats have four times as many, and are added up.
    /// </summary>
    private const int LargestExponent = 32;

    /// <summary>A rate that was chosen, in rows and numbers alike.</summary>
    public static SampleRates Chosen<TElement>(double rate, ReadOnlySpan<TElement> gradient)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var unit = Math.ScaleB(1, Math.Max(0, ExponentOf(gradient) - LargestExponent));
        return new(rate, 1, 1 / (unit * unit), 1 / (unit * unit), unit);
    }

    /// <summary>
    /// Rates that suit a start, whatever the unit of the loss and of the data: steps by the decrease that they promise, and gradients
    /// as large as those of samples are there. Leaves the factors as they are and forgets past gradients.
    /// </summary>
    /// <param name="epochs">At the start.</param>
    /// <param name="start">The same.</param>
    /// <param name="objective">The objective there.</param>
    /// <param name="gradient">Its gradient.</param>
    /// <param name="isAdaptive">Whether steps are divided by the sizes of gradients.</param>
    public static SampleRates Suited<TElement>(
        SampleEpochs<TElement> epochs, Parameters<TElement> start, double objective, Parameters<TElement> gradient, bool isAdaptive)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var unit = Math.ScaleB(1, ExponentOf<TElement>(gradient.Values));
        var sizes = epochs.Measure(unit);
        epochs.Factors.Load(start);
        var rows = epochs.Changed.Where(changed => changed.IsRow).Select(changed => start[changed.Factor]);
        var decrease = Math.Max(FirstDecrease * Math.Abs(objective) / epochs.Count, LeastStep * SizeOf(rows) * sizes.Row);
        var (row, number) = (StepOf(decrease, sizes.Row), StepOf(decrease, sizes.Number));
        if (!isAdaptive)
        {
            (row, number) = (StepOf(row, sizes.Element), StepOf(number, sizes.Number));
        }

        return new(row, number / row, Square(sizes.Element / unit), Square(sizes.Number / unit), unit);
    }

    /// <summary>Makes these the squares that are remembered.</summary>
    public void Begin<TElement>(SampleEpochs<TElement> epochs)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        foreach (var (factor, isRow) in epochs.Changed)
        {
            epochs.Factors.BeginSquares(factor, isRow ? FirstSquare : FirstNumberSquare);
        }
    }

    private static double SizeOf<TElement>(IEnumerable<MatrixView<TElement>> rows)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var mean = default(MeanSquare);
        foreach (var view in rows)
        {
            var sum = 0.0;
            foreach (var element in view.Span)
            {
                var value = double.CreateChecked(element);
                sum += value * value;
            }

            mean = mean.With(sum, view.Count);
        }

        return mean.Root;
    }

    /// <summary>What is divided by what has a size; any rate where neither has one, as where no sample has a gradient.</summary>
    private static double StepOf(double decrease, double gradient) =>
        decrease / gradient is var step && double.IsFinite(step) && step > 0 ? step : AnyRate;

    private static double Square(double size) => double.IsFinite(size) && size > 0 ? size * size : 1;

    private static int ExponentOf<TElement>(ReadOnlySpan<TElement> gradient)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var largest = double.CreateChecked(TensorPrimitives.MaxMagnitude(gradient));
        return double.IsFinite(largest) && largest != 0 ? Math.ILogB(largest) : 0;
    }
}
