using AutoGradMf.Generators.Symbolics.Differentiation;
using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Structure;
using Index = AutoGradMf.Generators.Symbolics.Expressions.Index;

namespace AutoGradMf.Generators.Symbolics.Analysis;

/// <summary>
/// Takes the second derivative in one row of a factor apart into what kernels gather: what all rows share, what is on the diagonal, and
/// sums of outer products.
/// </summary>
internal sealed class BlockTerms
{
    private readonly Curvature _curvature;
    private readonly List<BlockTerm> _terms = [];
    private readonly List<Expression> _ridge = [];
    private readonly List<Expression> _shared = [];
    private readonly List<Expression> _diagonal = [];

    private BlockTerms(Curvature curvature) => _curvature = curvature;

    /// <summary>
    /// The terms; null if there is no such block, if it is zero, if a part of it has another form, or if its rows are features of the
    /// factor, or not over them.
    /// </summary>
    public static IReadOnlyList<BlockTerm>? Of(Curvature curvature)
    {
        if (curvature.Block is not { } block || block is Constant { Value: 0 }
            || curvature.Column is { Dimension.IsLatent: false }
            || curvature.Row is { Dimension.IsLatent: true })
        {
            return null;
        }

        var terms = new BlockTerms(curvature);
        block = SelectedFactors.Outside(block, i => i == curvature.Column || i == curvature.OtherColumn);
        return (block is Addition addition ? addition.Operands : [block]).All(terms.Add) ? terms.Collected() : null;
    }

    private Index? Row => _curvature.Row;

    private IReadOnlyList<BlockTerm> Collected() =>
    [
        .. _ridge.Count == 0 ? Array.Empty<BlockTerm>() : [new BlockTerm.Ridge(Build.Add(_ridge))],
        .. _shared.Count == 0 ? Array.Empty<BlockTerm>() : [new BlockTerm.Shared(Build.Add(_shared), _curvature.Column!, _curvature.OtherColumn!)],
        .. _diagonal.GroupBy(d => d.Free.Count).Select(d => new BlockTerm.Diagonal(Build.Add(d))),
        .. _terms.OfType<BlockTerm.Sampled>().GroupBy(t => (t.Support with { Row = Row!, Column = Row! }, t.Support.Row == Row, t.Rows.Rename(t.Other, Row!).Key)).Select(Together),
        .. _terms.Where(t => t is not BlockTerm.Sampled),
    ];

    /// <summary>Sums over the same entries, of the same outer products, as one.</summary>
    private static BlockTerm.Sampled Together(IEnumerable<BlockTerm.Sampled> terms)
    {
        var first = terms.First();
        return terms.Count() == 1 ? first : first with
        {
            Scale = Build.One,
            Weights = Build.Add(terms.Select(t => Build.Multiply(t.Scale, t.Weights.Rename(t.Other, first.Other)))),
        };
    }

    private bool Add(Expression term)
    {
        var depends = Row is not null && term.Free.Contains(Row);
        if (_curvature.Column is not { } column)
        {
            (depends ? _diagonal : _ridge).Add(term);
            return true;
        }

        var other = _curvature.OtherColumn!;
        var (operands, summed) = depends ? Flattened(term, column, other) : Flattened(term);
        if (operands.OfType<Leaf>().FirstOrDefault(l => l.Tensor.IsIdentity && l.Indices.Contains(column) && l.Indices.Contains(other)) is { } delta)
        {
            var rest = Build.Contract(operands.Where(o => !ReferenceEquals(o, delta)), summed).Rename(other, column);
            (rest.Free.Count == 0 ? _ridge : depends ? _diagonal : _shared).Add(rest.Free.Count == 0 || depends ? rest : term);
            return true;
        }

        if (!depends)
        {
            _shared.Add(term);
            return true;
        }

        if (!term.Free.Contains(column) || !term.Free.Contains(other))
        {
            return false;
        }

        return Found(operands, summed, column, other) is { } found
            ? Append(found)
            : AddScattered(operands, summed)
            || Distributed(operands, summed, column, other) is { } parts && parts.All(Add);
    }

    /// <summary>
    /// Rows of a factor that an index vector chooses: the matrix of a row is the sum of those that the rows which chose it would have,
    /// were they rows of the factor themselves.
    /// </summary>
    private bool AddScattered(List<Expression> operands, List<Index> summed)
    {
        if (operands.OfType<Leaf>().FirstOrDefault(l => l.Tensor.IsOneHot && l.Indices[1] == Row && summed.Contains(l.Indices[0])) is not { } chosen)
        {
            return false;
        }

        var choosing = new BlockTerms(_curvature with { Row = chosen.Indices[0] });
        var term = Build.Contract(operands.Where(o => !ReferenceEquals(o, chosen)), summed.Where(i => i != chosen.Indices[0]));
        if (!choosing.Add(term))
        {
            return false;
        }

        _terms.AddRange(choosing.Collected().Select(t => new BlockTerm.Scattered(chosen, t)));
        return true;
    }

    /// <summary>Outer products, as they are or with the sums over features inside.</summary>
    private BlockTerm? Found(List<Expression> operands, List<Index> summed, Index column, Index other)
    {
        var (inward, over) = LatentSums.Inward(operands, [.. summed], column, other, o => o.Free.Contains(Row!) || (o.Free.Contains(column) && o.Free.Contains(other)));
        return Product(operands, summed, column, other) ?? Weighted(operands, [.. summed], column, other) ?? Summed(operands, summed, column, other) ?? Summed([.. inward], [.. over], column, other);
    }

    /// <summary>The operands of a product and its summed indices, those of a sum within it over both columns among them, of which the row, or what the product sums over, is an index, too.</summary>
    private (List<Expression> Operands, List<Index> Summed) Flattened(Expression term, Index column, Index other)
    {
        var (operands, outer) = Flattened(term);
        if (operands.OfType<Product>().FirstOrDefault(p => p.Free.Contains(column) && p.Free.Contains(other) && p.Free.Any(i => i == Row || outer.Contains(i))) is not { } inner)
        {
            return (operands, outer);
        }

        var (within, summed) = Flattened(inner, column, other);
        return ([.. operands.Where(o => !ReferenceEquals(o, inner)), .. within], [.. outer, .. summed]);
    }

    private static (List<Expression> Operands, List<Index> Summed) Flattened(Expression term) => term is Product product
        ? ([.. product.Operands.Prepend(Build.Number(product.Coefficient))], [.. product.Summed])
        : ([term], []);

    /// <summary>The terms of a product with a sum in it of which a column is an index; null if there is none.</summary>
    private static IEnumerable<Expression>? Distributed(List<Expression> operands, List<Index> summed, Index column, Index other) =>
        operands.OfType<Addition>().FirstOrDefault(a => a.Free.Contains(column) || a.Free.Contains(other)) is { } sum
            ? sum.Operands.Select(part => Build.Contract(operands.Select(o => ReferenceEquals(o, sum) ? part : o), summed))
            : null;

    private bool Append(BlockTerm term)
    {
        _terms.Add(term);
        return true;
    }

    /// <summary>A matrix that all rows share, or the outer product of the row of an array, weighted by row.</summary>
    private BlockTerm? Product(List<Expression> operands, List<Index> summed, Index column, Index other)
    {
        if (summed.Count > 0)
        {
            return null;
        }

        var byRow = operands.Where(o => o.Free.All(i => i == Row)).ToList();
        var rest = operands.Except(byRow).ToList();
        if (rest.All(o => !o.Free.Contains(Row!)))
        {
            return new BlockTerm.Weighted(Build.Multiply(byRow), Build.Multiply(rest), column, other);
        }

        if (Squared(rest, [Row!], column, other) is not { } rows)
        {
            return null;
        }

        var (scale, weights) = Scaled(byRow);
        return new BlockTerm.Outer(scale, weights is Constant { Value: 1 } ? null : weights, rows, Row!);
    }

    /// <summary>A few matrices that all rows share, Σ_r w_ir S_r: weights of low rank have moments for each feature r. Null if they are not over one feature.</summary>
    private BlockTerm.Weighted? Weighted(List<Expression> operands, IndexSet summed, Index column, Index other)
    {
        var byRow = operands.Where(o => o.Free.Contains(Row!)).ToList();
        var rest = operands.Except(byRow).ToList();
        IndexSet ofRow = [.. byRow.SelectMany(o => o.Free)];
        IndexSet ofRest = [.. rest.SelectMany(o => o.Free)];
        var shared = ofRow.Intersect(ofRest);
        if (shared.Count != 1 || !shared.First().Dimension.IsLatent || !summed.Contains(shared.First()))
        {
            return null;
        }

        var weights = Build.Contract(byRow, summed.Intersect(ofRow).Except(shared));
        var squares = ContractionOrder.Optimize(Build.Contract(rest, summed.Intersect(ofRest).Except(shared)));
        return weights.Free.Count == 2 && squares.Free.Count == 3 && squares.Free.Contains(column) && squares.Free.Contains(other) ? new(weights, squares, column, other) : null;
    }

    /// <summary>Outer products summed over the entries of a pattern, or over all pairs.</summary>
    private BlockTerm? Summed(List<Expression> operands, List<Index> summed, Index column, Index other)
    {
        if (summed.Count != 1)
        {
            return null;
        }

        var places = new[] { Row!, summed[0] };
        var pointwise = operands.Where(o => o.Free.All(places.Contains)).ToList();
        var (scale, weights) = Scaled(pointwise);
        return Squared(operands.Except(pointwise).ToList(), [summed[0]], column, other) is not { } rows ? null
            : Support.OfProduct(pointwise) is { } support ? new BlockTerm.Sampled(scale, weights, support, rows, Row!, summed[0])
            : weights.Free.Count == 2 ? new BlockTerm.Dense(scale, weights, rows, Row!, summed[0])
            : null;
    }

    /// <summary>x of operands whose product is x_k x_l, where x has no more than the given indices and the column; null if they are none.</summary>
    private static Expression? Squared(List<Expression> operands, Index[] indices, Index column, Index other)
    {
        var left = Build.Multiply(operands.Where(o => o.Free.Contains(column)));
        var right = Build.Multiply(operands.Where(o => !o.Free.Contains(column)));
        return right.Free.Contains(other) && !left.Free.Contains(other)
            && left.Free.All(i => i == column || indices.Contains(i))
            && left.Free.Any(indices.Contains)
            && left.Rename(column, other).Equals(right)
            ? left
            : null;
    }

    /// <summary>The numbers among the operands of a product, and the others.</summary>
    private static (Expression Scale, Expression Weights) Scaled(List<Expression> operands) =>
        (Build.Multiply(operands.Where(o => o.Free.Count == 0)), Build.Multiply(operands.Where(o => o.Free.Count > 0)));
}
