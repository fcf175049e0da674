namespace AutoGradMf.Generators.Symbolics.Translation.Language;

/// <summary>Σ over each column.</summary>
internal sealed class ColumnSums() : Reduction(overRows: true, overColumns: false);
