using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;
using Index = AutoGradMf.Generators.Symbolics.Expressions.Index;

namespace AutoGradMf.Generators.Symbolics.Analysis;

/// <summary>Which elements of a factor have one norm, as the library names them.</summary>
internal enum PenaltyGroups
{
    Elements,
    Rows,
    Columns,
    Whole,
}

/// <summary>A number times the sum of the Euclidean norms of groups of a factor's elements: it has a proximal step in closed form.</summary>
/// <param name="Factor">The number of the factor.</param>
/// <param name="Groups">The groups.</param>
/// <param name="Weight">The number, of hyperparameters, fields and sizes.</param>
internal sealed record NormPenalty(int Factor, PenaltyGroups Groups, Expression Weight)
{
    /// <summary>Those that a loss adds, one for each factor and kind of groups.</summary>
    public static IReadOnlyList<NormPenalty> Of(Expression loss, IReadOnlyList<Tensor> factors) =>
    [
        .. Terms(loss, Build.One)
            .Select(t => Norms(t.Term, factors) is var (factor, groups) ? new NormPenalty(factor, groups, t.Scale) : null)
            .OfType<NormPenalty>()
            .Where(p => p.Weight.SelfAndDescendants().OfType<Leaf>().All(l => l.Tensor is { Role: TensorRole.Hyperparameter or TensorRole.Size } or { Initializer: FieldNode }))
            .GroupBy(p => (p.Factor, p.Groups))
            .OrderBy(same => same.Key)
            .Select(same => new NormPenalty(same.Key.Factor, same.Key.Groups, Build.Add(same.Select(p => p.Weight)))),
    ];

    /// <summary>What a loss is the sum of, each with the numbers that it is multiplied with.</summary>
    private static IEnumerable<(Expression Term, Expression Scale)> Terms(Expression expression, Expression scale) => expression switch
    {
        Addition sum => sum.Operands.SelectMany(o => Terms(o, scale)),
        Product { Summed.Count: 0 } product when product.Operands.Where(o => o.DependsOnFactors()).ToList() is [var moving] =>
            Terms(moving, Build.Multiply([scale, Build.Number(product.Coefficient), .. product.Operands.Where(o => !ReferenceEquals(o, moving))])),
        Product { Operands: [Addition sum] } product => sum.Operands.SelectMany(o => Terms(Build.Contract([o], product.Summed), scale)),
        _ => [(expression, scale)],
    };

    /// <summary>The factor and groups of a term that is Σ|F|, Σ_i ‖F_i‖ or ‖F‖.</summary>
    private static (int Factor, PenaltyGroups Groups)? Norms(Expression term, IReadOnlyList<Tensor> factors)
    {
        var norm = term is Product { Coefficient: 1, Summed.Count: > 0, Operands: [var summand] } ? summand : term;
        if (term.Free.Count > 0 || GroupOf(norm) is not var (element, within) || element.Indices.Distinct().Count() != element.Indices.Count)
        {
            return null;
        }

        var factor = factors.ToList().IndexOf(element.Tensor);
        return factor < 0 ? null
            : (factor, within.Count == 0 ? PenaltyGroups.Elements
                : within.Count == element.Indices.Count ? PenaltyGroups.Whole
                : within.Contains(element.Indices[1]) ? PenaltyGroups.Rows
                : PenaltyGroups.Columns);
    }

    /// <summary>The element of a factor whose norm it is, and the indices over which squares are added in it.</summary>
    private static (Leaf Element, IndexSet Within)? GroupOf(Expression norm) => norm switch
    {
        Apply { Function: { Name: "Abs", DeclaringType: ElementwiseFunction.Library }, Operands: [Leaf element] } => (element, []),
        Apply { Operands: [Product { Coefficient: 1, Operands: [Power { Exponent: 2, Base: Leaf element }] } squares] } root
            when root.Function == ElementwiseFunction.Norm => (element, squares.Summed),
        _ => null,
    };
}
