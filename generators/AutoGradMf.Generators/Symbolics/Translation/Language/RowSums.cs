namespace AutoGradMf.Generators.Symbolics.Translation.Language;

/// <summary>Σ over each row.</summary>
internal sealed class RowSums() : Reduction(overRows: false, overColumns: true);
