namespace AutoGradMf.Objectives;

/// <summary>What the slices of a factor are.</summary>
public enum FactorAxis
{
    /// <summary>All of it is one slice.</summary>
    Whole,

    /// <summary>Each row is a slice; of a column vector each element.</summary>
    Rows,

    /// <summary>Each column is a slice; of a row vector each element.</summary>
    Columns,
}
