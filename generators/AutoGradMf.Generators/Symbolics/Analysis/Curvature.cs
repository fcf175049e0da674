using AutoGradMf.Generators.Symbolics.Differentiation;
using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Structure;
using AutoGradMf.Generators.Symbolics.Translation.Language;
using Index = AutoGradMf.Generators.Symbolics.Expressions.Index;

namespace AutoGradMf.Generators.Symbolics.Analysis;

/// <summary>
/// The second derivative of a loss in one factor, the others held fixed. If it is free of the factor, the loss is quadratic in it and one
/// linear system gives its minimum; if it has blocks by one index of the factor, that is one small system for each row.
/// </summary>
/// <param name="Factor">The factor.</param>
/// <param name="IsQuadratic">Whether it does not depend on the factor.</param>
/// <param name="Row">The index of the factor whose values do not mix; null if all mix, or if the factor is a number.</param>
/// <param name="Column">The factor's other index; null if it has none.</param>
/// <param name="OtherColumn">The index that stands for it in the second derivative.</param>
/// <param name="Block">The second derivative in one row, over <paramref name="Row"/>, <paramref name="Column"/> and
/// <paramref name="OtherColumn"/>; of a factor whose values all mix, null.</param>
internal sealed record Curvature(Tensor Factor, bool IsQuadratic, Index? Row, Index? Column, Index? OtherColumn, Expression? Block)
{
    /// <summary>Why it is not known; none if it is.</summary>
    public CurvatureGap Gap { get; private init; }

    private bool IsKnown => Gap == CurvatureGap.None;

    /// <summary>Whether it has no blocks, as values of different rows meet in it.</summary>
    public bool IsMixing => IsKnown && Block is null;

    /// <summary>Whether its rows are the columns of a matrix, as of one that has its features first.</summary>
    public bool IsByColumn { get; private init; }

    /// <summary>Whether all rows have the same system.</summary>
    public bool IsShared => Block is not null && Row is not null && !Block.Free.Contains(Row);

    /// <exception cref="Model.LossException">The gradient itself has no derivative.</exception>
    public static Curvature Of(FactorGradient gradient)
    {
        if (new Degree(gradient.Factor, isStoppedToo: true).Of(gradient.Value) <= 1)
        {
            return Of(gradient, isQuadratic: true);
        }

        using var budget = SymbolicBudget.Open(SymbolicBudget.MostSpareTerms);
        try
        {
            return Of(gradient, isQuadratic: false);
        }
        catch (Model.LossException exception)
        {
            return Unknown(gradient, exception.IsFinal ? CurvatureGap.TooLarge : CurvatureGap.NotDifferentiable);
        }
    }

    /// <summary>Of a factor where nothing is known of it.</summary>
    public static Curvature Unknown(FactorGradient gradient, CurvatureGap gap) => new(gradient.Factor, false, null, null, null, null) { Gap = gap };

    private static Curvature Of(FactorGradient gradient, bool isQuadratic)
    {
        var places = gradient.Indices.Select(i => new Index(i.Dimension)).ToList();
        var second = SelectedFactors.Outside(WithOthers(Second(gradient, places), gradient.Factor), places.Contains);
        if (gradient.Indices.Count == 0)
        {
            return new(gradient.Factor, isQuadratic, null, null, null, second);
        }

        return Enumerable.Range(0, gradient.Indices.Count)
            .OrderBy(place => gradient.Indices[place].Dimension.IsLatent)
            .Select(place => ByRow(gradient, second, places, place, isQuadratic))
            .FirstOrDefault(curvature => curvature is not null)
            ?? AsOne(gradient, second, places, isQuadratic);
    }

    /// <summary>The derivative of a gradient in the factor's element at the given places; all other factors are frozen in it.</summary>
    public static Expression Second(FactorGradient gradient, IReadOnlyList<Index> places) =>
        At(new ForwardMode().Along(OthersHeld(gradient)), places);

    /// <summary>A gradient in which all other factors are held fixed.</summary>
    public static Expression OthersHeld(FactorGradient gradient) => Others(gradient.Value, gradient.Factor, TensorRole.Factor, TensorRole.Frozen);

    /// <summary>What is held fixed is read as other factors are.</summary>
    public static Expression WithOthers(Expression second, Tensor factor) => Others(second, factor, TensorRole.Frozen, TensorRole.Factor);

    /// <summary>All values mix: of a vector over the features, they are one small system.</summary>
    private static Curvature AsOne(FactorGradient gradient, Expression second, List<Index> places, bool isQuadratic) =>
        gradient.Indices is [{ Dimension.IsLatent: true } only]
            ? new(gradient.Factor, isQuadratic, null, only, places[0], ContractionOrder.Optimize(Separation.Separate(second)))
            : new(gradient.Factor, isQuadratic, null, null, null, null);

    private static Curvature? ByRow(FactorGradient gradient, Expression second, List<Index> places, int place, bool isQuadratic)
    {
        var (row, other) = (gradient.Indices[place], places[place]);

        // Rows mix if anything is left where they differ.
        if (Where(second, row, other, areSame: false) is not Constant { Value: 0 })
        {
            return null;
        }

        var block = Where(second, row, other, areSame: true).Rename(other, row);
        return new(
            gradient.Factor,
            isQuadratic,
            row,
            gradient.Indices.FirstOrDefault(i => i != row),
            places.FirstOrDefault(i => i != other),
            ContractionOrder.Optimize(Separation.Separate(block))) { IsByColumn = place == 1 };
    }

    /// <summary>What is left where two indices are the same, or differ: they meet in an identity, or in a sample that has one row.</summary>
    private static Expression Where(Expression expression, Index row, Index other, bool areSame) => expression.Replace(e => e switch
    {
        Leaf { Tensor.IsIdentity: true } delta when delta.Indices.Contains(row) && delta.Indices.Contains(other) => areSame ? Build.One : Build.Zero,
        Product product when OneHotOf(product, row) is { } first && OneHotOf(product, other) is { } second
            && first.Tensor.Pattern == second.Tensor.Pattern && first.Indices[0] == second.Indices[0] => areSame
            ? Where(Build.Multiply(Build.Number(product.Coefficient), Build.Contract(product.Operands.Where(o => !ReferenceEquals(o, second)), product.Summed)), row, other, areSame)
            : Build.Zero,
        _ => null,
    });

    private static Leaf? OneHotOf(Product product, Index row) => product.Operands.OfType<Leaf>()
        .FirstOrDefault(l => l.Tensor.Pattern is { } pattern && OneHot.IsPattern(pattern) && l.Indices[1] == row);

    /// <summary>Whether a factor stands here where its gradient is stopped: then the gradient is of no function of it.</summary>
    public static bool IsStopped(Expression expression, Tensor factor) =>
        expression is Leaf { Tensor: { Role: TensorRole.Frozen, IsShift: false } tensor } && tensor.Name == factor.Name;

    /// <summary>The other factors in another role: frozen, they are held fixed.</summary>
    private static Expression Others(Expression expression, Tensor factor, TensorRole from, TensorRole to) => expression.Replace(e =>
        e is Leaf leaf && leaf.Tensor.Role == from && leaf.Tensor.Name != factor.Name
            ? new Leaf(leaf.Tensor with { Role = to, IsShift = false }, leaf.Indices)
            : null);

    /// <summary>The derivative along the direction that is one at a place of the factor and zero elsewhere.</summary>
    private static Expression At(Expression along, IReadOnlyList<Index> places) => along.Replace(e =>
        e is Leaf { Tensor.Role: TensorRole.Direction } leaf
            ? Build.Multiply(leaf.Indices.Zip(places, (index, place) => (Expression)Identity.Delta(index, place)))
            : null);
}
