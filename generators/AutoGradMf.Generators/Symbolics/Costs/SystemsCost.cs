using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Lowering;

namespace AutoGradMf.Generators.Symbolics.Costs;

/// <summary>
/// What the systems of a Newton step cost: gathering them, without use of their symmetry, as of other products; their factors RᵀR, k³/3 each
/// (Golub &amp; Van Loan, "Matrix Computations", 4th edition, section 4.2); and two triangular solutions for each row. Damping is not in it.
/// </summary>
internal static class SystemsCost
{
    public static Polynomial Of(SystemsStep step)
    {
        var sizes = step.Gradient.Dimensions.Select(d => d.Name).ToList();
        string[] rows = step.IsOneSystem ? [] : [.. sizes.Take(1)];
        string[] features = step.IsOneSystem ? [.. sizes] : [.. sizes.Skip(1)];
        var isShared = step.Terms.All(t => t.Kind is SystemsTermKind.Ridge or SystemsTermKind.Shared);

        // A system of one number is its own factor.
        var ofFactors = features.Length == 0 ? 0 : 1.0 / 3;
        return step.Terms.Select(term => Of(term, term.Chosen is { } chosen ? [chosen.Dimensions[0].Name] : rows, features))
            .Append(Polynomial.Monomial(ofFactors, [.. isShared ? [] : rows, .. features, .. features, .. features]))
            .Append(Polynomial.Monomial(2, [.. rows, .. features, .. features]))
            .Aggregate(Polynomial.Zero, (a, b) => a + b);
    }

    private static Polynomial Of(SystemsTerm term, string[] rows, string[] features)
    {
        Polynomial Squares(params string[] of) => Polynomial.Monomial(2, [.. of, .. features, .. features]);
        Polynomial Scaled(double operations, params string[] of) => Polynomial.Monomial(operations, [.. of, .. features]);
        return term.Kind switch
        {
            SystemsTermKind.Ridge => Scaled(1),
            SystemsTermKind.Diagonal => Scaled(1, rows),
            SystemsTermKind.Shared => Squares(),
            SystemsTermKind.Weighted => Squares([.. rows, .. term.Weights!.Dimensions.Skip(1).Select(d => d.Name)]),
            SystemsTermKind.Outer => Squares(rows) + Scaled(1, rows),
            SystemsTermKind.Gathered => Squares(Samples(term)) + Scaled(1 + CostModel.OfRow(term.Rows!), Samples(term)),
            SystemsTermKind.Sampled or SystemsTermKind.SampledTransposed =>
                Squares(Entries(term, rows)) + Scaled((term.Weights is null && term.Scale is Constant { Value: 1 } ? 0 : 1) + (term.Slopes is null ? 0 : 2), Entries(term, rows)),
            _ => Squares([.. rows, Others(term)]) + Scaled(1, [.. rows, Others(term)]),
        };
    }

    private static string Samples(SystemsTerm term) => term.Weights!.Dimensions[0].Name;

    private static string Entries(SystemsTerm term, string[] rows) =>
        CostModel.Entries(term.Pattern!, term.Kind == SystemsTermKind.Sampled ? rows[0] : Others(term));

    /// <summary>What is summed over, where that is all rows of an array.</summary>
    private static string Others(SystemsTerm term) => term.Array!.Dimensions[0].Name;
}
