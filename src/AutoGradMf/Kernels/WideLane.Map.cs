using System.Runtime.Intrinsics;

namespace AutoGradMf.Kernels;

internal readonly partial struct WideLane<TElement>
{
    /// <inheritdoc/>
    public static WideLane<TElement> Map(WideLane<TElement> x, Func<double, double> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        var results = Vector512<TElement>.Zero;
        for (var i = 0; i < Width; i++)
        {
            results = results.WithElement(i, TElement.CreateTruncating(function(x[i])));
        }

        return new(results);
    }

    /// <inheritdoc/>
    public static WideLane<TElement> Map(WideLane<TElement> x, WideLane<TElement> y, Func<double, double, double> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        var results = Vector512<TElement>.Zero;
        for (var i = 0; i < Width; i++)
        {
            results = results.WithElement(i, TElement.CreateTruncating(function(x[i], y[i])));
        }

        return new(results);
    }

    /// <inheritdoc/>
    public static WideLane<TElement> Map(
        WideLane<TElement> x, WideLane<TElement> y, WideLane<TElement> z, Func<double, double, double, double> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        var results = Vector512<TElement>.Zero;
        for (var i = 0; i < Width; i++)
        {
            results = results.WithElement(i, TElement.CreateTruncating(function(x[i], y[i], z[i])));
        }

        return new(results);
    }

    private double this[int i] => double.CreateTruncating(Value[i]);
}
