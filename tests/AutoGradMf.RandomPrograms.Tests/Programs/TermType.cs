namespace AutoGradMf.RandomPrograms.Tests.Programs;

/// <summary>The type of an expression: the letters of its sizes ('1' for one), and whether it is a sparse matrix.</summary>
internal readonly record struct TermType(char Rows, char Columns, bool IsSparse = false)
{
    public static TermType Scalar { get; } = new('1', '1');

    /// <summary>What is done at one element, in the body of a lambda.</summary>
    public static TermType Element { get; } = new('e', 'e');

    public bool IsMatrix => Rows != '1' && Columns != '1';

    public bool IsColumn => Rows != '1' && Columns == '1';

    public bool IsRow => Rows == '1' && Columns != '1';

    public TermType T => new(Columns, Rows, IsSparse);

    /// <summary>The type in C#.</summary>
    public string CSharp => this switch
    {
        { IsSparse: true } => "SparseMatrix<double>",
        { IsColumn: true } => "ColumnVector<double>",
        { IsRow: true } => "RowVector<double>",
        _ when this == Scalar || this == Element => "double",
        _ => "Matrix<double>",
    };

    public static TermType Column(char rows) => new(rows, '1');

    public static TermType Row(char columns) => new('1', columns);
}
