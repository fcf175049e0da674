using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Structure;
using AutoGradMf.Generators.Symbolics.Translation.Language;
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

    private static (SampleRow Left, SampleRow Right)? Sides(Product product)
    {
        if (product is not { Summed.Count: 1, Free.Count: 1 } || product.Summed.First() is not { Dimension.IsLatent: true } feature)
        {
            return null;
        }

        var sample = product.Free.First();
        var chosen = product.Operands.FirstOrDefault(o => HasGather(o, sample));
        var (left, right) = product.Operands is [Power { Exponent: 2, Base: var @base }]
            ? (@base, @base)
            : (chosen, Build.Multiply(product.Operands.Where(o => !ReferenceEquals(o, chosen))));
        return chosen is not null && RowOf(left!, sample, feature) is { } leftRow && RowOf(right, sample, feature) is { } rightRow
            ? (leftRow, rightRow)
            : null;
    }

    /// <summary>Σ_s of an index's entries, weights and rows of samples of which one is chosen; null if it is not that.</summary>
    private Placement? LowerScatter(Product product, WideProduct wide, Placement? target)
    {
        var sample = product.Summed.First();
        if (wide.Support is not { Patterns.Count: 1 } support || support.Row != sample || !Translation.Language.Gather.IsOneHot(support.Name)
            || wide.Rest[0].Free.FirstOrDefault(i => i != sample) is not { Dimension.IsLatent: true } feature
            || !HasGather(wide.Rest[0], sample) || RowOf(wide.Rest[0], sample, feature) is not { } row)
        {
            return null;
        }

        var into = target is not null && target.Indices.SequenceEqual([wide.Column, feature])
            ? target
            : new(Temporary(product, [wide.Column, feature], "scattered"), [wide.Column, feature]);
        var weights = SampleWeights(wide, support, sample);
        var rows = Lowered(row, sample);
        _patterns[support.Name] = support.Name;
        return Gather(new ScatterStep(Math.Max(LevelOf(weights.Key), LevelOf(rows)), support.Name, weights, rows, into.Storage, product), into);
    }

    /// <summary>What stands beside an index at its entries: a number for each sample, which has one entry.</summary>
    private Storage SampleWeights(WideProduct wide, Support support, Index sample)
    {
        var factors = wide.Pointwise is Product { Summed.Count: 0 } product ? [Build.Number(product.Coefficient), .. product.Operands] : new[] { wide.Pointwise };
        var beside = Build.Multiply(factors.Where(f => f is not Leaf { Tensor.IsOneHot: true }));
        return beside.Free.Count == 1 && beside.Free.Contains(sample)
            ? LowerArray(beside).Storage
            : EntryWeights(wide.Pointwise, support);
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
    private static bool HasGather(Expression expression, Index sample) => IndexOf(expression, sample) is not null
        || (expression is Addition or Product { Summed.Count: 0 } or Power { Exponent: > 0 } && expression.Operands.Any(o => HasGather(o, sample)));

    /// <summary>The index by which rows are chosen; null of what is no chosen row.</summary>
    private static Leaf? IndexOf(Expression expression, Index sample) => expression is Product { Summed.Count: 1 } gather
        ? gather.Operands.OfType<Leaf>().FirstOrDefault(l => l.Tensor.IsOneHot && l.Indices[0] == sample && gather.Summed.Contains(l.Indices[1]))
        : null;

    /// <summary>A sample's row as a sum of products of rows; null if it has another form, or more terms than are worth to be read each time.</summary>
    private static SampleRow? RowOf(Expression expression, Index sample, Index feature)
    {
        var row = TermsOf(expression).Take(MostRowTerms + 1).ToList();
        return row.Count <= MostRowTerms && row.TrueForAll(t => t.Factors.Exists(f => f.Free.Contains(feature)) && t.Factors.TrueForAll(f => IsRow(f, sample, feature)))
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
        if (IndexOf(factor, sample) is not { } index)
        {
            return new(factor.Free.Contains(sample) ? RowTermKind.Own : RowTermKind.Same, null, RowsFirst(factor, factor.Free.Contains(sample) ? sample : null), Build.One, false);
        }

        // Also where nothing else asks for it.
        StorageOf(index.Tensor);
        var matrix = Build.Multiply(((Product)factor).Operands.Where(o => !ReferenceEquals(o, index)));
        return new(RowTermKind.Gathered, index.Tensor.Pattern, RowsFirst(matrix, index.Indices[1]), Build.One, false);
    }

    /// <summary>The row of a sample: a sum of products of rows.</summary>
    private sealed record SampleRow(IReadOnlyList<(Expression Scale, List<Expression> Factors)> Terms);
}
