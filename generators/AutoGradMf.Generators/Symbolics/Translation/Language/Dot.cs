namespace AutoGradMf.Generators.Symbolics.Translation.Language;

/// <summary>Σ of the products of corresponding elements.</summary>
internal sealed class Dot() : Reduction(overRows: true, overColumns: true);
