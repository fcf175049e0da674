namespace AutoGradMf.Objectives;

/// <summary>What a factor is in the loss that declares it.</summary>
public enum FactorKind
{
    /// <summary>A <see cref="Matrix{TElement}"/>.</summary>
    Matrix,

    /// <summary>A <see cref="ColumnVector{TElement}"/>: rows × 1.</summary>
    ColumnVector,

    /// <summary>A <see cref="RowVector{TElement}"/>: 1 × columns.</summary>
    RowVector,

    /// <summary>A <see cref="double"/>: 1 × 1.</summary>
    Scalar,
}
