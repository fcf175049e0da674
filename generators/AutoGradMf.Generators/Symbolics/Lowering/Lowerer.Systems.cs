using AutoGradMf.Generators.Symbolics.Analysis;
using AutoGradMf.Generators.Symbolics.Differentiation;
using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Structure;

namespace AutoGradMf.Generators.Symbolics.Lowering;

/// <summary>Newton steps in single factors: the gradient of the factor alone, and the systems that it is the right side of.</summary>
internal sealed partial class Lowerer
{
    /// <summary>The steps; null if weights of all pairs are streamed for several sums, or for rows that choose others.</summary>
    private Evaluation? LowerNewtonStep(FactorGradient gradient, IReadOnlyList<BlockTerm> terms)
    {
        var streamed = terms.OfType<BlockTerm.Dense>().Where(term => !HasDenseSizes(term.Row.Dimension, term.Other.Dimension)).ToList();
        if (terms.OfType<BlockTerm.Scattered>().Any(s => s.Term is BlockTerm.Dense dense && !HasDenseSizes(dense.Row.Dimension, dense.Other.Dimension))
            || streamed.Any(term => !RowsAs(term, streamed[0].Other).Equals(streamed[0].Rows)))
        {
            return null;
        }

        _scope = new LoweringScope(_construction);
        var right = streamed.Count == 0 ? RightSideOf(gradient, terms) : RightSide.Of(gradient);
        var hasGradient = right.Slopes.Count == 0 || right.Gradient.Value is not Constant { Value: 0 };
        var isByColumn = gradient.Indices is [{ Dimension.IsLatent: true }, _];
        var step = Part(gradient, StorageKind.Gradient);
        var rows = isByColumn ? OfColumns(step) : step;
        if (hasGradient)
        {
            LowerGradient(right.Gradient.Value, rows);
        }

        var lowered = terms.Except(streamed).Select(term => WithSlopes(LowerTerm(term, keepsRows: streamed.Count > 0), term, right)).ToList();
        var weights = streamed.Count == 0 ? null : LowerWeights(streamed);
        lowered.AddRange(streamed.Take(1).Select(term => new SystemsTerm(SystemsTermKind.Streamed, Build.One, null, SingleRowsFirst(term), null)));
        var last = _scope.Steps.Select(s => s.Level).DefaultIfEmpty().Max();
        var isOne = gradient.Indices is [{ Dimension.IsLatent: true }];
        var at = right.IsAtZero ? new Placement(StorageOf(gradient.Factor), gradient.Indices) : null;
        _scope.Add(new SystemsStep(last + 1, rows.Storage, lowered, isOne, weights, (isByColumn && at is not null ? Transposed(at) : at)?.Storage)
        {
            HasGradient = hasGradient,
            Turned = isByColumn ? step.Storage : null,
        });
        return new(_scope.Steps, null);
    }

    /// <summary>An array with the columns of a factor's step as its rows, for kernels that solve in rows.</summary>
    private Placement OfColumns(Placement step)
    {
        var key = (default(Fingerprint), $"step in columns of {step.Storage.Name}");
        if (!_nameOf.TryGetValue(key, out var name))
        {
            _nameOf[key] = name = names.Take($"{step.Storage.Name}StepTransposed");
        }

        return new(Stored(new(name, TemporaryKind, new(step.Storage.Dimensions.Reverse()))), [.. step.Indices.Reverse()]);
    }

    /// <summary>A bound for each row, in the place of the gradient.</summary>
    private Evaluation LowerBound(Tensor factor, Expressions.Index? row, Expression bound) => row is null
        ? Evaluate(null, [new(factor, [], bound)])
        : Evaluate(null, [new(factor with { Dimensions = new([row.Dimension]) }, [row], bound)]);

    /// <param name="term">The term.</param>
    /// <param name="keepsRows">Whether rows that samples choose are kept, for kernels that stream weights read no others.</param>
    private SystemsTerm LowerTerm(BlockTerm term, bool keepsRows) => term switch
    {
        BlockTerm.Ridge ridge => new(SystemsTermKind.Ridge, LowerScalar(ridge.Scale), null, null, null),
        BlockTerm.Shared shared => new(SystemsTermKind.Shared, Build.One, null, Widened(LowerSquare(shared)).Storage, null),
        BlockTerm.Weighted weighted => LowerWeightedTerm(weighted),
        BlockTerm.Diagonal diagonal => new(SystemsTermKind.Diagonal, Build.One, null, RowsFirst(diagonal.Elements, null), null),
        BlockTerm.Outer outer => new(
            SystemsTermKind.Outer, LowerScalar(outer.Scale), outer.Weights is null ? null : LowerArray(outer.Weights).Storage, RowsFirst(outer.Rows, outer.Row), null),
        BlockTerm.Sampled sampled => (keepsRows ? null : LowerGatheredTerm(sampled)) ?? LowerSampledTerm(sampled),
        BlockTerm.Dense dense => LowerDenseTerm(dense),
        BlockTerm.Scattered scattered => LowerScatteredTerm(scattered, keepsRows),
        _ => throw new InvalidOperationException($"No kernel adds {term.GetType().Name}."),
    };

    private SystemsTerm LowerWeightedTerm(BlockTerm.Weighted term)
    {
        var (weights, squares) = (LowerArray(term.Weights), Widened(LowerArray(term.Square)));
        if (weights.Indices.FirstOrDefault(squares.Indices.Contains) is not { } shared)
        {
            return new(SystemsTermKind.Weighted, Build.One, weights.Storage, Arranged(squares, term.Square, [term.Column, term.Other]).Storage, null);
        }

        weights = weights.Indices[1] == shared ? weights : Transposed(weights);
        squares = Arranged(squares, term.Square, [shared, term.Column, term.Other]);
        return new(SystemsTermKind.Weighted, Build.One, weights.Storage, squares.Storage, null);
    }

    private SystemsTerm LowerScatteredTerm(BlockTerm.Scattered term, bool keepsRows)
    {
        var index = term.Chosen.Tensor;
        StorageOf(index);
        _patterns[index.Pattern!] = index.Pattern!;
        return LowerTerm(term.Term, keepsRows) with { Chosen = index };
    }

    private Placement LowerSquare(BlockTerm.Shared shared)
    {
        if (shared.Square.Free.Count == 2)
        {
            return LowerArray(shared.Square);
        }

        var square = new Placement(Temporary(shared.Square, [shared.Column, shared.Other], "square"), [shared.Column, shared.Other]);
        Store(shared.Square, square, null);
        return square;
    }

    private SystemsTerm LowerSampledTerm(BlockTerm.Sampled term)
    {
        var pattern = term.Support.Name;
        _patterns[pattern] = pattern;
        return new(
            term.Support.Row == term.Row ? SystemsTermKind.Sampled : SystemsTermKind.SampledTransposed,
            LowerScalar(term.Scale),
            term.Weights is Leaf { Tensor.IsIndicator: true } ? null : EntryWeights(term.Weights, term.Support),
            RowsFirst(term.Rows, term.Other),
            pattern);
    }

    private static Expression RowsAs(BlockTerm.Dense term, Expressions.Index other) => term.Rows.Rename(term.Other, other);

    /// <summary>The weights of pairs, where no data is as large: a function that is evaluated for some rows at a time, and no array.</summary>
    private LoopStep LowerWeights(List<BlockTerm.Dense> terms)
    {
        var (row, other) = (terms[0].Row, terms[0].Other);
        var sum = Build.Add(terms.Select(term => Build.Multiply(term.Scale, term.Weights.Rename(term.Other, other))));
        var (inputs, lowered, space) = LowerPoint(sum, row, other, null, isDouble: false);
        var loop = new LoopStep(0, space, row, other);
        loop.Slots.Add(Joined(loop, inputs, lowered));
        return loop;
    }

    /// <summary>Rows in the element type: what is over features alone is kept in double, also beside factors in float.</summary>
    private Storage SingleRowsFirst(BlockTerm.Dense term) =>
        RowsFirst(term.Rows, term.Other) is { IsDouble: false } rows ? rows : throw Unsupported(term.Rows);

    private SystemsTerm LowerDenseTerm(BlockTerm.Dense term)
    {
        var (weights, rows) = (LowerArray(term.Weights), SingleRowsFirst(term));
        if (weights.Storage.IsDouble)
        {
            throw Unsupported(term.Weights);
        }

        return new(
            weights.Indices[0] == term.Row ? SystemsTermKind.Dense : SystemsTermKind.DenseTransposed, LowerScalar(term.Scale), weights.Storage, rows, null);
    }

    private bool HasDenseSizes(Dimension rows, Dimension columns) => whole.SelfAndDescendants().OfType<Leaf>().Select(l => l.Tensor).Any(t =>
        t is { Role: TensorRole.Data, Pattern: null, IsIdentity: false } && t.Dimensions.Count == 2 && t.Dimensions.Contains(rows) && t.Dimensions.Contains(columns));

    private Storage EntryWeights(Expression weights, Support support)
    {
        var (row, column) = (support.Row, support.Column);
        if (IsFixed(weights))
        {
            return LowerSparse(new(weights, [], row, column, support));
        }

        var storage = Temporary(weights, [row, column], "W", support.Name);
        Store(weights, new(storage, [row, column]), support);
        return storage;
    }

    private Storage RowsFirst(Expression expression, Expressions.Index? row)
    {
        var array = LowerArray(expression);
        var first = row ?? array.Indices.FirstOrDefault(i => !i.Dimension.IsLatent) ?? array.Indices[0];
        return (array.Indices[0] == first ? array : Transposed(array)).Storage;
    }
}
