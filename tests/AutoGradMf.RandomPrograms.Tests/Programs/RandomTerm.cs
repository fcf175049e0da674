using CsCheck;
using static AutoGradMf.RandomPrograms.Tests.Programs.Operations;

namespace AutoGradMf.RandomPrograms.Tests.Programs;

/// <summary>Random well-typed expressions of a given type and depth. Arguments are kept where functions are defined and smooth enough.</summary>
internal sealed partial class RandomTerm
{
    private static readonly char[] Sizes = ['m', 'n', 'k', 's'];

    /// <summary>Sizes, the commonest ones of losses more often.</summary>
    private static readonly Gen<char> Size = Gen.OneOf('m', 'm', 'n', 'n', 'k', 'k', 'k', 's');

    private static readonly RandomTerm Shared = new();

    private readonly Dictionary<(TermType, int), Gen<Term>> _known = [];

    /// <summary>Losses of up to that many operations one within another.</summary>
    public static Gen<Term> LossOfDepth(int depth) => Shared.Of(TermType.Scalar, depth);

    private Gen<Term> Of(TermType type, int depth) =>
        _known.TryGetValue((type, depth), out var known) ? known : _known[(type, depth)] = Make(type, depth);

    /// <summary>Made when first drawn: all types of a depth are made of one another.</summary>
    private Gen<Term> Make(TermType type, int depth)
    {
        Gen<Term> leaf = Gen.OneOf(Vocabulary.Leaves(type));
        if (depth == 0)
        {
            return leaf;
        }

        var operation = new Lazy<Gen<Term>>(() => Gen.Frequency(
            (2, leaf),
            (4, Gen.OneOf([.. Elementwise(type, depth - 1)])),
            (6, Gen.OneOf([.. Whole(type, depth - 1)]))));
        return Gen.Const(0).SelectMany(_ => operation.Value);
    }

    /// <summary>What is not elementwise.</summary>
    private IEnumerable<Gen<Term>> Whole(TermType type, int depth) => type switch
    {
        { IsSparse: true } => Sparse(type, depth),
        { IsMatrix: true } => Matrix(type, depth),
        { IsColumn: true } => Column(type, depth),
        { IsRow: true } => Row(type, depth),
        _ => Scalar(depth),
    };

    private IEnumerable<Gen<Term>> Scalar(int depth)
    {
        foreach (var function in (string[])["Sum", "Sum", "Sum", "Mean", "Norm", "Norm1"])
        {
            yield return Tensor(depth).Select(x => Call(TermType.Scalar, function, x));
        }

        yield return Tensor(depth).Select(x => Call(TermType.Scalar, "Sum", Call(x.Type, "Square", x)));
        foreach (var size in Sizes)
        {
            var square = Of(new(size, size), depth);
            var vector = Of(TermType.Column(size), depth);
            yield return square.Select(x => Call(TermType.Scalar, "Trace", x));
            yield return Gen.Select(Of(TermType.Row(size), depth), vector, Product);
            yield return Gen.Select(vector, vector, (x, y) => Call(TermType.Scalar, "Dot", x, y));
        }

        yield return Gen.Select(Size, Size).SelectMany((rows, columns) => Gen.Select(
            AnyMatrix(new(rows, columns), depth), AnyMatrix(new(rows, columns), depth), (x, y) => Call(TermType.Scalar, "Dot", x, y)));
        yield return Size.SelectMany(columns => Gen.Select(Of(TermType.Row(columns), depth), Of(TermType.Row(columns), depth), (x, y) =>
            Call(TermType.Scalar, "Dot", x, y)));
        yield return Gen.OneOf(SparseTypes).SelectMany(type => Gen.OneOf(Vocabulary.SparseData(type))).Select(x => Call(TermType.Scalar, "ObservedMean", x));
        yield return Gen.OneOf(SparseTypes).SelectMany(type => Gen.Select(Of(type, depth), Of(type, depth), (x, y) => Call(TermType.Scalar, "Dot", x, y)));
        yield return Gen.OneOf(SparseTypes).SelectMany(type => Gen.OneOf("Norm", "Norm1", "Mean").SelectMany(f =>
            Of(type, depth).Select(x => Call(TermType.Scalar, f, x))));
        yield return WellConditioned(depth).Select(x => new Term(
            TermType.Scalar, "LogDet({0})", "(Abs(LogDet({0})) + Sum(Abs(Inverse({0}).T) % {0m}))", x));
    }

    private IEnumerable<Gen<Term>> Matrix(TermType type, int depth)
    {
        var x = Of(type, depth);
        var (column, row) = (Of(TermType.Column(type.Rows), depth), Of(TermType.Row(type.Columns), depth));
        for (var repeat = 0; repeat < 3; repeat++)
        {
            yield return Size.SelectMany(inner => Gen.Select(Of(new(type.Rows, inner), depth), Of(new(inner, type.Columns), depth), Product));
        }

        yield return Of(type.T, depth).Select(x => x.Transpose());
        yield return Gen.Select(column, row, Product);
        yield return x.Select(a => Lipschitz(a, "({0}).Bent()"));
        yield return x.Select(a => Lipschitz(a, "Ops.Bent(by: -0.7, x: {0})"));
        yield return x.Select(a => Lipschitz(a, "Ops.Warp({0})"));
        if (type.Rows == type.Columns)
        {
            yield return column.Select(d => Call(type, "Diag", d));
        }

        if (type == new TermType('k', 'k'))
        {
            yield return WellConditioned(depth).Select(a => new Term(type, "Inverse({0})", "(Abs(Inverse({0})) + Abs(Inverse({0})) * {0m} * Abs(Inverse({0})))", a));
        }

        foreach (var data in Vocabulary.SparseData(type))
        {
            var sparse = Of(data.Type, depth);
            yield return Gen.OneOf(column, row, Of(TermType.Scalar, depth), x).Select(fill => new Term(type, "FillMissing({0}, {1})", "FillMissing({0m}, {1m})", data, fill));
            yield return Gen.OneOf(OfSparse).SelectMany(f => sparse.Select(a => Dense(type, f, a)));
        }

        foreach (var sparse in SparseTypes.Where(s => s.Rows == type.Rows))
        {
            yield return Gen.Select(Of(sparse, depth), Of(new(sparse.Columns, type.Columns), depth), Product);
        }

        foreach (var sparse in SparseTypes.Where(s => s.Columns == type.Columns))
        {
            yield return Gen.Select(Of(new(type.Rows, sparse.Rows), depth), Of(sparse, depth), Product);
        }
    }

    private IEnumerable<Gen<Term>> Column(TermType type, int depth)
    {
        foreach (var function in (string[])["RowSums", "RowMeans", "RowNorms", "RowMax", "RowMin", "RowLogSumExp"])
        {
            yield return Size.SelectMany(columns => Of(new(type.Rows, columns), depth)).Select(x => OfRows(type, function, x));
        }

        yield return Size.SelectMany(columns => Gen.Select(
            Of(new(type.Rows, columns), depth), Of(new(type.Rows, columns), depth), (x, y) => Call(type, "RowDots", x, y)));
        yield return Size.SelectMany(inner => Gen.Select(Of(new(type.Rows, inner), depth), Of(TermType.Column(inner), depth), Product));
        yield return Size.SelectMany(columns => Of(new(type.Rows, columns), depth)).Select(x => Call(type, "Ops.Energy", x));
        yield return Of(type.T, depth).Select(x => x.Transpose());
        yield return AnyMatrix(new(type.Rows, type.Rows), depth).Select(x => Call(type, "Diag", x));
        foreach (var sparse in SparseTypes.Where(s => s.Rows == type.Rows))
        {
            yield return Gen.Select(Of(sparse, depth), Of(TermType.Column(sparse.Columns), depth), Product);
            yield return Of(sparse, depth).Select(x => Call(type, "RowSums", x));
            yield return Of(sparse, depth).Select(x => Call(type, "RowMeans", x));
        }
    }

    private IEnumerable<Gen<Term>> Row(TermType type, int depth)
    {
        yield return Size.SelectMany(rows => Of(new(rows, type.Columns), depth)).Select(x => Call(type, "ColumnSums", x));
        yield return Size.SelectMany(rows => Of(new(rows, type.Columns), depth)).Select(x => Call(type, "ColumnMeans", x));
        yield return Size.SelectMany(inner => Gen.Select(Of(TermType.Row(inner), depth), Of(new(inner, type.Columns), depth), Product));
        yield return Of(type.T, depth).Select(x => x.Transpose());
        foreach (var sparse in SparseTypes.Where(s => s.Columns == type.Columns))
        {
            yield return Gen.Select(Of(TermType.Row(sparse.Rows), depth), Of(sparse, depth), Product);
            yield return Of(sparse, depth).Select(x => Call(type, "ColumnSums", x));
            yield return Of(sparse, depth).Select(x => Call(type, "ColumnMeans", x));
        }
    }

    /// <summary>A function of each row; of no more than the row's largest magnitude, or with a slope of at most 1.</summary>
    private static Term OfRows(TermType type, string function, Term x) => function switch
    {
        "RowMin" => new(type, "RowMin({0})", "RowMax({0m})", x),
        "RowLogSumExp" => new(type, "RowLogSumExp({0})", "(Abs(RowLogSumExp({0})) + RowMax({0m}))", x),
        _ => Call(type, function, x),
    };

    private Gen<Term> Tensor(int depth) => Gen.Frequency(
        (3, Gen.Select(Size, Size).SelectMany((rows, columns) => Of(new(rows, columns), depth))),
        (3, Of(new('m', 'n'), depth)),
        (3, Gen.OneOf(SparseTypes).SelectMany(type => Of(type, depth))),
        (2, Size.SelectMany(rows => Of(TermType.Column(rows), depth))),
        (1, Size.SelectMany(columns => Of(TermType.Row(columns), depth))));

    private Gen<Term> AnyMatrix(TermType type, int depth) =>
        SparseTypes.Contains(type with { IsSparse = true }) ? Gen.OneOf(Of(type, depth), Of(type with { IsSparse = true }, depth)) : Of(type, depth);

    /// <summary>XᵀX + 1, whose eigenvalues are at least 1.</summary>
    private Gen<Term> WellConditioned(int depth) => Gen.OneOf('m', 'n', 'k').SelectMany(rows => Of(new(rows, 'k'), Math.Max(0, depth - 1)))
        .Select(x => new Term(
            new('k', 'k'),
            "({0}.T * {0} + Identity({1}.Columns))",
            "({0m}.T * {0m} + Identity({1}.Columns))",
            x,
            Term.Of(Vocabulary.U)));
}
