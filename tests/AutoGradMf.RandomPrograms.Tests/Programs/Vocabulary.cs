namespace AutoGradMf.RandomPrograms.Tests.Programs;

/// <summary>The parameters of random losses. Sizes are m users, n movies, k features and s samples.</summary>
internal static class Vocabulary
{
    public static LossParameter U { get; } = new("U", "[Factor] Matrix<double> U", new('m', 'k'), true);

    public static LossParameter V { get; } = new("V", "[Factor] Matrix<double> V", new('n', 'k'), true);

    public static LossParameter B { get; } = new("b", "[Factor] ColumnVector<double> b", TermType.Column('m'), true);

    public static LossParameter D { get; } = new("d", "[Factor] ColumnVector<double> d", TermType.Column('n'), true);

    public static LossParameter Mu { get; } = new("mu", "[Factor] double mu", TermType.Scalar, true);

    public static LossParameter R { get; } = new("R", "SparseMatrix<double> R", new('m', 'n', true), false);

    public static LossParameter Alpha { get; } = new("alpha", "double alpha", TermType.Scalar, false);

    public static LossParameter Reg { get; } = new("reg", "double reg", TermType.Scalar, false);

    public static LossParameter BiasReg { get; } = new("biasReg", "double biasReg", TermType.Scalar, false);

    public static LossParameter I { get; } = new("i", "IndexVector i", TermType.Column('s'), false) { RowsInto = 'm' };

    public static LossParameter J { get; } = new("j", "IndexVector j", TermType.Column('s'), false) { RowsInto = 'n' };

    /// <summary>All of them, factors first.</summary>
    public static IReadOnlyList<LossParameter> Parameters { get; } =
    [
        U,
        V,
        new("P", "[Factor] Matrix<double> P", new('m', 'k'), true),
        new("C", "[Factor, Shape(\"k\", \"k\")] Matrix<double> C", new('k', 'k'), true),
        B,
        D,
        new("e", "[Factor] RowVector<double> e", TermType.Row('n'), true),
        Mu,
        R,
        new("Z", "SparseMatrix<double> Z", new('m', 'n', true), false),
        new("A", "SparseMatrix<double> A", new('m', 'm', true), false),
        new("X", "Matrix<double> X", new('m', 'n'), false),
        new("T", "Matrix<double> T", new('m', 'k'), false),
        new("K", "Matrix<double> K", new('k', 'k'), false),
        new("w", "ColumnVector<double> w", TermType.Column('m'), false),
        new("v", "RowVector<double> v", TermType.Row('n'), false),
        Alpha,
        Reg,
        BiasReg,
        I,
        J,
        new("l", "IndexVector l", TermType.Column('s'), false) { RowsInto = 'm' },
        .. OnlyWritten,
    ];

    /// <summary>Those that only losses written by hand are made of: no random program has them. There are q attributes.</summary>
    private static IReadOnlyList<LossParameter> OnlyWritten =>
    [
        new("c", "[Factor, Shape(\"k\")] ColumnVector<double> c", TermType.Column('k'), true),
        new("h", "[Factor, Shape(\"k\")] RowVector<double> h", TermType.Row('k'), true),
        new("W", "[Factor] Matrix<double> W", new('q', 'k'), true),
        new("g", "ColumnVector<double> g", TermType.Column('k'), false),
        new("F", "SparseMatrix<double> F", new('m', 'q', true), false),
        new("N", "SparseMatrix<double> N", new('n', 'n', true), false),
        new("H", "Matrix<double> H", new('q', 'n'), false),
        new("G", "Matrix<double> G", new('n', 'k'), false),
        new("Y", "Matrix<double> Y", new('k', 'n'), false),
    ];

    /// <summary>Numbers, also by the names of constants.</summary>
    public static Term[] Numbers { get; } =
    [
        .. new[] { "2.0", "0.5", "(-1.5)", "0.0", "3", "Half", "Settings.Slope", "Settings.Shift", "Settings.Rate", "Settings.Read" }.Select(Term.Number),
    ];

    private static readonly Dictionary<TermType, Term[]> ByType = Group();

    /// <summary>The expressions of a type that have no operation but gather and transposition; at least one.</summary>
    public static Term[] Leaves(TermType type) => ByType.TryGetValue(type, out var leaves) ? leaves : [Smallest(type)];

    /// <summary>The sparse data of a type, transposed where that fits; none of a type that is not sparse.</summary>
    public static Term[] SparseData(TermType type) => ByType.TryGetValue(type with { IsSparse = true }, out var data) ? data : [];

    private static Dictionary<TermType, Term[]> Group()
    {
        var written = OnlyWritten.Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
        var plain = Parameters.Where(p => p.RowsInto is null && !written.Contains(p.Name)).Select(Term.Of).ToArray();
        var gathered =
            from index in new[] { I, J }
            from term in plain
            where term.Parameter!.IsFactor && term.Type.Rows == index.RowsInto
            select new Term(term.Type with { Rows = 's' }, "{0}[{1}]", "Abs({0}[{1}])", term, Term.Of(index));
        var chosen =
            from term in plain
            where term.Type == new TermType('m', 'k')
            select new Term(term.Type with { Rows = 's' }, "(OneHot<double>({1}, {0}.Rows) * {0})", "Abs({0}[{1}])", term, Term.Of(I));
        var leaves = plain.Concat(gathered).Concat(chosen).ToArray();
        var sizes = new[] { Size('m', U, "Rows"), Size('n', V, "Rows"), Size('k', U, "Columns") };
        return leaves
            .Concat(leaves.Where(l => l.Type != TermType.Scalar).Select(l => l.Transpose()))
            .Concat(sizes.SelectMany(s => s))
            .Concat(Numbers)
            .GroupBy(l => l.Type)
            .ToDictionary(g => g.Key, g => g.ToArray());
    }

    /// <summary>What is made of one size of a factor.</summary>
    private static Term[] Size(char size, LossParameter factor, string side)
    {
        var of = Term.Of(factor);
        return
        [
            new(TermType.Scalar, $"(1.0 * {{0}}.{side})", $"(1.0 * {{0}}.{side})", of),
            new(TermType.Column(size), $"Ones({{0}}.{side})", $"Ones({{0}}.{side})", of),
            new(TermType.Column(size), $"Ones<double>({{0}}.{side})", $"Ones({{0}}.{side})", of),
            new(TermType.Column(size), $"Numbers<double>({{0}}.{side})", $"Numbers<double>({{0}}.{side})", of),
            new(new(size, size), $"Identity({{0}}.{side})", $"Identity({{0}}.{side})", of),
            new(new(size, size), $"Identity<double>({{0}}.{side})", $"Identity({{0}}.{side})", of),
        ];
    }

    /// <summary>An expression of a type that no parameter has.</summary>
    private static Term Smallest(TermType type) => type switch
    {
        _ when type == TermType.Element => Term.Element("x"),
        { IsSparse: true } => throw new ArgumentException($"There is no sparse matrix of {type}.", nameof(type)),
        { IsMatrix: true } => Operations.Product(Rows(type.Rows), Rows(type.Columns).Transpose()),
        _ => Operations.Call(type, "ColumnSums", Rows('m')),
    };

    private static Term Rows(char rows) => ByType[new(rows, 'k')][0];
}
