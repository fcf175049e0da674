namespace AutoGradMf.Objectives;

/// <summary>A factor of an objective: its name in the loss, its kind and its size.</summary>
/// <param name="Name">The parameter's name in the loss.</param>
/// <param name="Kind">Matrix, vector or scalar.</param>
/// <param name="Rows">Number of rows; 1 for a row vector and a scalar.</param>
/// <param name="Columns">Number of columns; 1 for a column vector and a scalar.</param>
public sealed record FactorShape(string Name, FactorKind Kind, int Rows, int Columns)
{
    /// <summary>Number of elements, rows × columns.</summary>
    public int Count => checked(Rows * Columns);
}
