using AutoGradMf.Generators.Symbolics.Analysis.Reals;
using AutoGradMf.Generators.Symbolics.Differentiation;
using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Structure;
using Index = AutoGradMf.Generators.Symbolics.Expressions.Index;

namespace AutoGradMf.Generators.Symbolics.Analysis;

/// <summary>
/// Numbers L_i for the rows of a factor that its second derivative stays below wherever the factor is, the others held fixed:
/// f(F + D) ≤ f(F) + ⟨∇f, D⟩ + ½ Σ L_i ‖D_i‖².
/// </summary>
/// <param name="Row">The index of the rows, or of the columns of a factor with its features first; null if the factor is a number.</param>
/// <param name="Bound">The numbers; null if none are known.</param>
/// <param name="Obstacle">The smallest part of the loss that has no such bound; null if there is none, or it is not known.</param>
internal sealed record CurvatureBound(Index? Row, Expression? Bound, Expression? Obstacle)
{
    /// <summary>Whether the loss is linear in the factor: no length of a step is too great.</summary>
    public bool IsLinear => Bound is Constant { Value: 0 };

    /// <summary>Whether there is a number for each column.</summary>
    public bool IsByColumn { get; private init; }

    public static CurvatureBound Of(FactorGradient gradient, FactorAnalysis analysis, SizeBounds sizes)
    {
        using var budget = SymbolicBudget.Open(SymbolicBudget.MostSpareTerms);
        try
        {
            return Continuity.Of(gradient, sizes) switch
            {
                var (jump, _) when jump is not null => new(null, null, jump),
                var (_, conditions) => OfContinuous(gradient, analysis, conditions, sizes),
            };
        }
        catch (Model.LossException)
        {
            return new(null, null, analysis.Obstacle);
        }
    }

    private static CurvatureBound OfContinuous(FactorGradient gradient, FactorAnalysis analysis, IReadOnlyList<Condition> conditions, SizeBounds sizes)
    {
        var places = gradient.Indices.Select(i => new Index(i.Dimension)).ToList();
        var slopes = gradient with { Value = new Rewriting(BoundedSlope.Name).Apply(gradient.Value) };
        var isByColumn = gradient.Indices is [{ Dimension.IsLatent: true }, { Dimension.IsLatent: false }];
        var (rowsFirst, others) = isByColumn ? ([gradient.Indices[1], gradient.Indices[0]], [places[1], places[0]]) : (gradient.Indices, places);
        var majorant = new Majorant(rowsFirst, others, sizes);
        var blocks = majorant.Norm(LikeTerms.Collect(Separation.Separate(Curvature.Second(slopes, places)), majorant.IsBesideFunctions));
        if (majorant.Obstacle is { } obstacle)
        {
            return new(null, null, Majorant.IsFunction(obstacle) ? Curvature.WithOthers(BoundedSlope.Unnamed(obstacle), gradient.Factor) : analysis.Obstacle);
        }

        // Schur's test: a symmetric matrix of blocks is below the diagonal one of its rows' sums of norms.
        var bound = places.Count == 0 ? blocks : Build.Add(Terms(blocks).Select(block => RowSum(block, others[0])));
        var known = Condition.Where([.. conditions, .. majorant.Conditions], Curvature.WithOthers(StructureStage.Cheapest(bound), gradient.Factor));
        return new(rowsFirst.Count == 0 ? null : rowsFirst[0], known, null) { IsByColumn = isByColumn };
    }

    private static Expression RowSum(Expression block, Index other) => OfChosenRow(block, other) ?? Build.Contract([block], [other]);

    /// <summary>The sum over the other row where an index vector chooses it, one for each sample; else null.</summary>
    private static Expression? OfChosenRow(Expression block, Index other)
    {
        if (block is Addition sum)
        {
            var rows = sum.Operands.Select(term => OfChosenRow(term, other)).OfType<Expression>().ToList();
            return rows.Count == sum.Operands.Length ? Build.Add(rows) : null;
        }

        if (block is not Product product || product.Operands.Where(o => o.Free.Contains(other)).ToList() is not [var only])
        {
            return null;
        }

        var rest = product.Operands.Where(o => !ReferenceEquals(o, only)).Prepend(Build.Number(product.Coefficient));
        return only is Leaf { Tensor.IsOneHot: true } ? Build.Contract(rest, product.Summed)
            : product.Summed.Count == 0 && OfChosenRow(only, other) is { } inner ? Build.Multiply([.. rest, inner])
            : null;
    }

    private static Expression[] Terms(Expression sum) => sum is Addition ? sum.Operands : [sum];
}
