namespace AutoGradMf.Generators.Symbolics.Translation.Language;

/// <summary>Σ of all elements.</summary>
internal sealed class Sum() : Reduction(overRows: true, overColumns: true);
