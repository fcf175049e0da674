using AutoGradMf.Generators.Symbolics.Analysis;
using AutoGradMf.Generators.Symbolics.Differentiation;
using AutoGradMf.Generators.Symbolics.Expressions;

namespace AutoGradMf.Generators.Symbolics.Lowering;

/// <summary>Newton steps in single factors: the gradient of the factor alone, and the systems that it is the right side of.</summary>
internal sealed partial class Lowerer
{
    /// <summary>The steps; null if weights of all pairs were to be kept, and no data is as large.</summary>
    private Evaluation? LowerNewtonStep(FactorGradient gradient, IReadOnlyList<BlockTerm> terms)
    {
        if (terms.OfType<BlockTerm.Dense>().Any(term => !HasDenseSizes(term.Row.Dimension, term.Other.Dimension)))
        {
            return null;
        }

        _scope = new LoweringScope(_construction);
        LowerGradient(gradient, StorageKind.Gradient);
        var lowered = terms.Select(LowerTerm).ToList();
        var last = _scope.Steps.Select(s => s.Level).DefaultIfEmpty().Max();
        var isOne = gradient.Indices is [{ Dimension.IsLatent: true }];
        _scope.Add(new SystemsStep(last + 1, new(gradient.Factor.Name, StorageKind.Gradient, gradient.Factor.Dimensions), lowered, isOne));
        return new(_scope.Steps, null);
    }

    /// <summary>A bound for each row, in the place of the gradient.</summary>
    private Evaluation LowerBound(Tensor factor, Expressions.Index? row, Expression bound) => row is null
        ? Evaluate(null, [new(factor, [], bound)])
        : Evaluate(null, [new(factor with { Dimensions = new([row.Dimension]) }, [row], bound)]);

    private SystemsTerm LowerTerm(BlockTerm term) => term switch
    {
        BlockTerm.Ridge ridge => new(SystemsTermKind.Ridge, LowerScalar(ridge.Scale), null, null, null),
        BlockTerm.Shared shared => new(SystemsTermKind.Shared, Build.One, null, Widened(LowerArray(shared.Square)).Storage, null),
        BlockTerm.Weighted weighted => new(
            SystemsTermKind.Weighted, Build.One, LowerArray(weighted.Weights).Storage, Widened(LowerArray(weighted.Square)).Storage, null),
        BlockTerm.Diagonal diagonal => new(SystemsTermKind.Diagonal, Build.One, null, RowsFirst(diagonal.Elements, null), null),
        BlockTerm.Outer outer => new(
            SystemsTermKind.Outer, LowerScalar(outer.Scale), outer.Weights is null ? null : LowerArray(outer.Weights).Storage, RowsFirst(outer.Rows, outer.Row), null),
        BlockTerm.Sampled sampled => LowerSampledTerm(sampled),
        BlockTerm.Dense dense => LowerDenseTerm(dense),
        _ => throw new InvalidOperationException($"No kernel adds {term.GetType().Name}."),
    };

    private SystemsTerm LowerSampledTerm(BlockTerm.Sampled term)
    {
        var pattern = term.Support.Name;
        _patterns[pattern] = pattern;
        return new(
            term.Support.Row == term.Row ? SystemsTermKind.Sampled : SystemsTermKind.SampledTransposed,
            LowerScalar(term.Scale),
            term.Weights is Leaf { Tensor.IsIndicator: true } ? null : EntryWeights(term),
            RowsFirst(term.Rows, term.Other),
            pattern);
    }

    private SystemsTerm LowerDenseTerm(BlockTerm.Dense term)
    {
        var (weights, rows) = (LowerArray(term.Weights), RowsFirst(term.Rows, term.Other));
        if (weights.Storage.IsDouble || rows.IsDouble)
        {
            // What is over features alone is kept in double, also beside factors in float.
            throw Unsupported(term.Rows);
        }

        return new(
            weights.Indices[0] == term.Row ? SystemsTermKind.Dense : SystemsTermKind.DenseTransposed, LowerScalar(term.Scale), weights.Storage, rows, null);
    }

    private bool HasDenseSizes(Dimension rows, Dimension columns) => whole.SelfAndDescendants().OfType<Leaf>().Select(l => l.Tensor).Any(t =>
        t is { Role: TensorRole.Data, Pattern: null, IsIdentity: false } && t.Dimensions.Count == 2 && t.Dimensions.Contains(rows) && t.Dimensions.Contains(columns));

    private Storage EntryWeights(BlockTerm.Sampled term)
    {
        var (row, column) = (term.Support.Row, term.Support.Column);
        if (IsFixed(term.Weights))
        {
            return LowerSparse(new(term.Weights, [], row, column, term.Support));
        }

        var storage = Temporary(term.Weights, [row, column], "W", term.Support.Name);
        Store(term.Weights, new(storage, [row, column]), term.Support);
        return storage;
    }

    private Storage RowsFirst(Expression expression, Expressions.Index? row)
    {
        var array = LowerArray(expression);
        var first = row ?? array.Indices.FirstOrDefault(i => !i.Dimension.IsLatent) ?? array.Indices[0];
        return (array.Indices[0] == first ? array : Transposed(array)).Storage;
    }
}
