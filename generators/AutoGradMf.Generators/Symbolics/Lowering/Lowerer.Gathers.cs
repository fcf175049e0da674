using AutoGradMf.Generators.Symbolics.Analysis;
using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Structure;
using Index = AutoGradMf.Generators.Symbolics.Expressions.Index;

namespace AutoGradMf.Generators.Symbolics.Lowering;

/// <summary>
/// Rows that samples choose, U[i]: products over features read them where they are, so that no matrix of samples × features is made. A sample's
/// row is a sum of products of such rows, v_j − v_l or b_j ∘ c_l, of rows of its own, and of numbers.
/// </summary>
internal sealed partial class Lowerer
{
    private const int MostRowTerms = 16;

    /// <summary>Σ_k over two rows of each sample, at least one of which is chosen; null if none is, or they have other forms.</summary>
    private Placement? LowerRowDots(Product product, Placement? target)
    {
        if (Sides(product) is not { } sides)
        {
            return null;
        }

        var sample = product.Free.First();
        var into = target ?? new(Temporary(product, [sample], "dots"), [sample]);
        var (left, right) = (Lowered(sides.Left, sample), Lowered(sides.Right, sample));
        return Gather(new RowDotsStep(LevelOf(left.Concat(right)), left, right, into.Storage, product), into);
    }

    /// <summary>The two rows of a sample of which a product is the dot product; null if no row is chosen, or they have other forms.</summary>
    private static (SampleRow Left, SampleRow Right)? Sides(Product product)
    {
        if (product is not { Summed.Count: 1, Free.Count: 1 } || product.Summed.First() is not { Dimension.IsLatent: true } feature)
        {
            return null;
        }

        var sample = product.Free.First();
        var chosen = product.Operands.FirstOrDefault(o => HasGather(o, sample));
        return chosen is null ? null
            : product.Operands is [Power { Exponent: 2, Base: var @base }] ? Rows(@base, @base, sample, feature, feature)
            : Rows(chosen, Build.Multiply(product.Operands.Where(o => !ReferenceEquals(o, chosen))), sample, feature, feature);
    }

    /// <summary>Σ_s over elements of rows of samples, one of which is chosen; null if none is, or they have other forms.</summary>
    private Placement? LowerRowGram(Product product)
    {
        if (product is not { Summed.Count: 1, Free.Count: 1 or 2 } || product.Summed.First() is not { Dimension.IsLatent: false } sample
            || product.Free.Any(i => !i.Dimension.IsLatent) || !product.Operands.Any(o => HasGather(o, sample)))
        {
            return null;
        }

        var (feature, other) = (product.Free.First(), product.Free.Last());
        var right = product.Operands.Where(o => feature != other && o.Free.Contains(other)).ToList();
        if (Rows(Build.Multiply(product.Operands.Except(right)), Build.Multiply(right), sample, feature, other) is not { } sides)
        {
            return null;
        }

        var into = new Placement(Temporary(product, [.. product.Free], "gram"), [.. product.Free]);
        var (a, b) = (Lowered(sides.Left, sample), Lowered(sides.Right, sample));
        return Gather(new RowGramStep(LevelOf(a.Concat(b)), sample.Dimension, a, b, into.Storage, product), into);
    }

    private static (SampleRow Left, SampleRow Right)? Rows(Expression left, Expression right, Index sample, Index feature, Index other) =>
        RowOf(left, sample, feature) is { } leftRow && (right is Constant { Value: 1 } ? new SampleRow([]) : RowOf(right, sample, other)) is { } rightRow
            ? (leftRow, rightRow)
            : null;

    /// <summary>Σ_s of an index's entries, times weights, and rows of samples if there are any of which one is chosen; null if it is not that.</summary>
    private Placement? LowerScatter(Product product, WideProduct wide, Placement? target)
    {
        var sample = product.Summed.First();
        if (product.Summed.Count > 1 || wide.Support is not { } support || !IsIndex(support, sample) || ScatteredRow(wide, sample) is not { } row)
        {
            return null;
        }

        List<Index> indices = [wide.Column, .. product.Free.Where(i => i != wide.Column)];
        var into = target is not null && target.Indices.SequenceEqual(indices) ? target : new(Temporary(product, indices, "scattered"), indices);
        var weights = SampleWeights(wide.Pointwise, support, sample);
        var rows = Lowered(row, sample);
        _patterns[support.Name] = support.Name;

        // Also where nothing else asks for it.
        StorageOf(support.Indicators(wide.Pointwise).Single().Tensor);
        return Gather(new ScatterStep(rows.Select(r => LevelOf([r])).Append(LevelOf(weights.Key)).Max(), support.Name, weights, rows, into.Storage, product), into);
    }

    /// <summary>What is added up of a sample: a row with one that is chosen, or nothing but its weight.</summary>
    private static SampleRow? ScatteredRow(WideProduct wide, Index sample) => wide.Rest switch
    {
        [] => new SampleRow([]),
        [var rest] when rest.Free.FirstOrDefault(i => i != sample) is { Dimension.IsLatent: true } feature && HasGather(rest, sample) => RowOf(rest, sample, feature),
        _ => null,
    };

    /// <summary>A sum over the samples that chose a row, of rows of which one is chosen; null if it is not that.</summary>
    private SystemsTerm? LowerGatheredTerm(BlockTerm.Sampled term)
    {
        if (!IsIndex(term.Support, term.Other) || !HasGather(term.Rows, term.Other)
            || term.Rows.Free.FirstOrDefault(i => i != term.Other) is not { Dimension.IsLatent: true } feature || RowOf(term.Rows, term.Other, feature) is not { } row)
        {
            return null;
        }

        var weights = SampleWeights(term.Weights, term.Support, term.Other);
        _patterns[term.Support.Name] = term.Support.Name;
        return new(SystemsTermKind.Gathered, LowerScalar(term.Scale), weights, null, term.Support.Name, Lowered(row, term.Other));
    }

    /// <summary>Whether a pattern has one entry for each sample.</summary>
    private static bool IsIndex(Support support, Index sample) => support.Row == sample && support.Patterns.Count == 1 && Translation.Language.OneHot.IsPattern(support.Name);

    /// <summary>What stands beside an index at its entries: a number for each sample, which has one entry.</summary>
    private Storage SampleWeights(Expression pointwise, Support support, Index sample)
    {
        var factors = pointwise is Product { Summed.Count: 0 } product ? [Build.Number(product.Coefficient), .. product.Operands] : new[] { pointwise };
        var beside = Build.Multiply(factors.Where(f => f is not Leaf { Tensor.IsOneHot: true }));
        return beside.Free.Count == 1 && beside.Free.Contains(sample)
            ? LowerArray(beside).Storage
            : EntryWeights(pointwise, support);
    }

    private Placement Gather(GatherStep step, Placement into)
    {
        foreach (var pattern in step.Terms.Select(t => t.Pattern).OfType<string>())
        {
            _patterns[pattern] = pattern;
        }

        _scope.Add(step);
        _scope.SetLevel(into.Storage.Key, step.Level);
        return into;
    }

    private int LevelOf(IEnumerable<RowTerm> terms) => terms.Select(t => Math.Max(LevelOf(t.Matrix.Key), LevelOf(t.Scale))).Max();

    /// <summary>Whether rows are chosen for samples in an expression, as such or in a sum or product of them.</summary>
    private static bool HasGather(Expression expression, Index sample) => ChosenIn(expression, sample) is not null
        || (expression is Addition or Product { Summed.Count: 0 } or Power { Exponent: > 0 } && expression.Operands.Any(o => HasGather(o, sample)));

    /// <summary>The matrix of which rows are chosen, and the index that chooses them: of U[i] C, those of U C. Null of what is no chosen row.</summary>
    private static (Leaf Index, Expression Matrix)? ChosenIn(Expression expression, Index sample)
    {
        if (expression is not Product { Summed.Count: > 0 } product)
        {
            return null;
        }

        if (product.Operands.OfType<Leaf>().FirstOrDefault(l => l.Tensor.IsOneHot && l.Indices[0] == sample && product.Summed.Contains(l.Indices[1])) is { } index)
        {
            return product.Summed.Count == 1 ? (index, Build.Multiply(product.Operands.Where(o => !ReferenceEquals(o, index)))) : null;
        }

        var chosen = product.Operands.Where(o => o.Free.Contains(sample)).ToList();
        return chosen is [Product row] && product.Summed.All(i => i.Dimension.IsLatent) && ChosenIn(row.WithFreshSummed(), sample) is { } inner
            ? (inner.Index, Build.Contract([inner.Matrix, .. product.Operands.Where(o => !ReferenceEquals(o, row))], product.Summed))
            : null;
    }

    /// <summary>A sample's row as a sum of products of rows; null if it has another form, or more terms than are worth to be read each time.</summary>
    private static SampleRow? RowOf(Expression expression, Index sample, Index feature)
    {
        var row = TermsOf(expression).Take(MostRowTerms + 1).ToList();
        return row.Count <= MostRowTerms && row.Exists(t => t.Factors.Exists(f => f.Free.Contains(feature)))
            && row.TrueForAll(t => t.Factors.Count > 0 && t.Factors.TrueForAll(f => IsRow(f, sample, feature)))
            ? new(row)
            : null;
    }

    private static IEnumerable<(Expression Scale, List<Expression> Factors)> TermsOf(Expression expression) => expression switch
    {
        Addition addition => addition.Operands.SelectMany(TermsOf),
        Product { Summed.Count: 0 } product => Expanded(product.Coefficient, product.Operands),
        Power { Exponent: > 0 and <= MostRowTerms } power => Expanded(1, Enumerable.Repeat(power.Base, power.Exponent)),
        { Free.Count: 0 } => [(expression, [])],
        _ => [(Build.One, [expression])],
    };

    private static IEnumerable<(Expression Scale, List<Expression> Factors)> Expanded(double coefficient, IEnumerable<Expression> factors) => factors.Select(TermsOf).Aggregate(
        new[] { (Scale: Build.Number(coefficient), Factors: new List<Expression>()) }.AsEnumerable(),
        (terms, factor) => terms.SelectMany(_ => factor, (t, f) => (Build.Multiply(t.Scale, f.Scale), new List<Expression>([.. t.Factors, .. f.Factors]))));

    /// <summary>Whether a kernel reads it as a row: what is over features alone is kept in double, unless it is the user's.</summary>
    private static bool IsRow(Expression factor, Index sample, Index feature) =>
        (factor.Free.Contains(sample) || factor is Leaf { Tensor.IsIdentity: false }) && factor.Free.All(i => i == sample || i == feature);

    private List<RowTerm> Lowered(SampleRow row, Index sample) => [.. row.Terms.SelectMany(term => term.Factors.Select((factor, place) =>
        Lowered(factor, sample) with { Scale = place == 0 ? LowerScalar(term.Scale) : Build.One, IsFactor = place > 0 }))];

    private RowTerm Lowered(Expression factor, Index sample)
    {
        if (ChosenIn(factor, sample) is not { } chosen)
        {
            var isOwn = factor.Free.Contains(sample);
            return new(isOwn ? RowTermKind.Own : RowTermKind.Same, null, RowsFirst(factor, isOwn ? sample : null), Build.One, false);
        }

        // Also where nothing else asks for it.
        StorageOf(chosen.Index.Tensor);
        return new(RowTermKind.Gathered, chosen.Index.Tensor.Pattern, RowsFirst(chosen.Matrix, chosen.Index.Indices[1]), Build.One, false);
    }

    /// <summary>The row of a sample: a sum of products of rows.</summary>
    private sealed record SampleRow(IReadOnlyList<(Expression Scale, List<Expression> Factors)> Terms);
}
