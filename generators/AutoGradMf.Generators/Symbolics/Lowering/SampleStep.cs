using AutoGradMf.Generators.Symbolics.Analysis;
using AutoGradMf.Generators.Symbolics.Expressions;

namespace AutoGradMf.Generators.Symbolics.Lowering;

/// <summary>Where a number that the function of a sample reads comes from: the kinds of the library's SampleNumber.</summary>
internal enum SampleNumberKind
{
    Scalar,
    Factor,
    Shared,
    Data,
    Own,
    Share,
}

/// <summary>A number that the function of a sample reads.</summary>
/// <param name="Kind">Where it comes from.</param>
/// <param name="Factor">The factor; null if it is none.</param>
/// <param name="Storage">The data; null if it is none.</param>
/// <param name="Scalar">The same number for all samples; null for the share of a sample in all.</param>
/// <param name="Place">The number of the place; −1 if it has none.</param>
internal sealed record SampleNumber(SampleNumberKind Kind, string? Factor, Storage? Storage, Expression? Scalar, int Place);

/// <summary>A row that a sample reads.</summary>
/// <param name="Row">Where it comes from.</param>
/// <param name="Storage">The data; null if it is none.</param>
/// <param name="Place">The number of the place; −1 if it has none.</param>
internal sealed record PlacedRow(SampleRow Row, Storage? Storage, int Place);

/// <summary>A sum over samples, as the library's kernels evaluate it: the parts of a sample's term, and the functions between them.</summary>
/// <param name="Sum">The sum.</param>
/// <param name="Rows">The rows that a sample reads.</param>
/// <param name="Products">The inner products that the function reads first.</param>
/// <param name="Numbers">The numbers that it reads after them.</param>
/// <param name="Gradients">What the gradient is; coefficients are the results of the functions.</param>
/// <param name="Own">The columns of numbers, one for each sample.</param>
/// <param name="Function">From products and numbers to coefficients.</param>
/// <param name="Penalty">From elements of the rows that have one, and the numbers, to the derivatives; null if no row has one.</param>
/// <param name="Penalized">The rows that have one.</param>
internal sealed record SampleStep(
    SampleSum Sum,
    IReadOnlyList<PlacedRow> Rows,
    IReadOnlyList<(int Left, int Right)> Products,
    IReadOnlyList<SampleNumber> Numbers,
    IReadOnlyList<(SampleGradient Part, int Coefficient)> Gradients,
    IReadOnlyList<Storage> Own,
    LoopStep Function,
    LoopStep? Penalty,
    IReadOnlyList<int> Penalized);
