using System.Numerics;

namespace AutoGradMf.Objectives;

/// <summary>
/// The factors of an objective, or their gradient, or a direction in their space: one flat buffer that optimizers work on, and
/// matrix views of it that objectives work on.
/// </summary>
/// <typeparam name="TElement"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class Parameters<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    private readonly TElement[] _values;

    /// <summary>All zero.</summary>
    public Parameters(ParameterLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        Layout = layout;
        _values = new TElement[layout.Count];
    }

    /// <summary>Which factors there are and where.</summary>
    public ParameterLayout Layout { get; }

    /// <summary>All parameters, factor after factor, each row after row.</summary>
    public Span<TElement> Values => _values;

    /// <summary>Factor number <paramref name="factor"/>: rows × columns, a view of the flat buffer.</summary>
    public MatrixView<TElement> this[int factor]
    {
        get
        {
            var shape = Layout.Factors[factor];
            return new MatrixView<TElement>(_values, Layout.Offset(factor), shape.Rows, shape.Columns);
        }
    }

    /// <summary>The factor called <paramref name="name"/>, a view of the flat buffer.</summary>
    /// <exception cref="ArgumentException">No factor has that name.</exception>
    public MatrixView<TElement> this[string name] => this[Layout.IndexOf(name)];

    /// <summary>A copy with a buffer of its own.</summary>
    public Parameters<TElement> Copy()
    {
        var copy = new Parameters<TElement>(Layout);
        Values.CopyTo(copy.Values);
        return copy;
    }

    /// <summary>Independent numbers, equally likely anywhere between two bounds, in every factor: such as a start without negative numbers.</summary>
    /// <param name="layout">The factors.</param>
    /// <param name="low">The lower bound.</param>
    /// <param name="high">The upper bound.</param>
    /// <param name="seed">Equal seeds give equal numbers, on every machine.</param>
    public static Parameters<TElement> Uniform(ParameterLayout layout, double low, double high, int seed)
    {
        var parameters = new Parameters<TElement>(layout);
        var random = new Random(seed);
        foreach (ref var value in parameters.Values)
        {
            value = TElement.CreateChecked(low + ((high - low) * random.NextDouble()));
        }

        return parameters;
    }

    /// <summary>Independent normal numbers of mean 0 and the given standard deviation in every matrix factor; zero elsewhere.</summary>
    /// <param name="layout">The factors.</param>
    /// <param name="standardDeviation">Of each element of a matrix factor.</param>
    /// <param name="seed">Equal seeds give equal numbers, on every machine.</param>
    public static Parameters<TElement> Normal(ParameterLayout layout, double standardDeviation, int seed)
    {
        var parameters = new Parameters<TElement>(layout);
        var random = new Random(seed);
        for (var factor = 0; factor < layout.Factors.Count; factor++)
        {
            if (layout.Factors[factor].Kind == FactorKind.Matrix)
            {
                foreach (ref var value in parameters[factor].Span)
                {
                    // Box and Muller (1958); 1 − u lies in (0, 1], so the logarithm is finite.
                    var radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
                    value = TElement.CreateChecked(standardDeviation * radius * Math.Cos(2 * Math.PI * random.NextDouble()));
                }
            }
        }

        return parameters;
    }
}
