namespace AutoGradMf.Generators.Symbolics.Translation.Language;

/// <summary>The dot product of corresponding rows.</summary>
internal sealed class RowDots() : Reduction(overRows: false, overColumns: true);
