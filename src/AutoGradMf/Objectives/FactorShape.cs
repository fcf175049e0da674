namespace AutoGradMf.Objectives;

/// <summary>A factor of an objective: its name in the loss, its kind and its size.</summary>
/// <param name="Name">The parameter's name in the loss.</param>
/// <param name="Kind">Matrix, vector or scalar.</param>
/// <param name="Rows">Number of rows; 1 for a row vector and a scalar.</param>
/// <param name="Columns">Number of columns; 1 for a column vector and a scalar.</param>
public sealed record FactorShape(string Name, FactorKind Kind, int Rows, int Columns)
{
    /// <summary>The least that an element may be; −∞, the default, for no bound. Optimizers keep it, and evaluations do not look at it.</summary>
    public double Min { get; init; } = double.NegativeInfinity;

    /// <summary>The most that an element may be; ∞, the default, for no bound.</summary>
    public double Max { get; init; } = double.PositiveInfinity;

    /// <summary>Whether an element is bounded.</summary>
    public bool IsBounded => !double.IsNegativeInfinity(Min) || !double.IsPositiveInfinity(Max);

    /// <summary>The number of its rows if it is a matrix, else of its elements.</summary>
    public int BlockCount => Kind == FactorKind.Matrix ? Rows : Count;

    /// <summary>Number of elements, rows × columns.</summary>
    public int Count => checked(Rows * Columns);

    /// <summary>How many slices it has along an axis.</summary>
    public int SliceCount(FactorAxis axis) => axis switch
    {
        FactorAxis.Rows => Rows,
        FactorAxis.Columns => Columns,
        _ => 1,
    };
}
