using System.Numerics;

namespace AutoGradMf.Kernels;

public readonly partial struct VectorLane<TElement>
{
    /// <inheritdoc/>
    public static VectorLane<TElement> Map(VectorLane<TElement> x, Func<double, double> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        var results = Vector<TElement>.Zero;
        for (var i = 0; i < Width; i++)
        {
            results = results.WithElement(i, TElement.CreateTruncating(function(x[i])));
        }

        return new(results);
    }

    /// <inheritdoc/>
    public static VectorLane<TElement> Map(VectorLane<TElement> x, VectorLane<TElement> y, Func<double, double, double> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        var results = Vector<TElement>.Zero;
        for (var i = 0; i < Width; i++)
        {
            results = results.WithElement(i, TElement.CreateTruncating(function(x[i], y[i])));
        }

        return new(results);
    }

    /// <inheritdoc/>
    public static VectorLane<TElement> Map(
        VectorLane<TElement> x, VectorLane<TElement> y, VectorLane<TElement> z, Func<double, double, double, double> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        var results = Vector<TElement>.Zero;
        for (var i = 0; i < Width; i++)
        {
            results = results.WithElement(i, TElement.CreateTruncating(function(x[i], y[i], z[i])));
        }

        return new(results);
    }

    private double this[int i] => double.CreateTruncating(Value[i]);
}
