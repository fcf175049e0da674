namespace AutoGradMf.Generators.Symbolics.Model;

/// <summary>What a value of the loss language is.</summary>
internal enum TensorKind
{
    Scalar,
    Matrix,
    SparseMatrix,
    ColumnVector,
    RowVector,

    /// <summary>Row numbers to gather by; data only.</summary>
    IndexVector,
}
