namespace AutoGradMf.RandomPrograms.Tests.Programs;

/// <summary>The type of an expression: the letters of its sizes ('1' for one), and whether it is a sparse matrix.</summary>
internal readonly record struct TermType(char Rows, char Columns, bool IsSparse = false)
{
    public static TermType Scalar { get; } = new('1', '1');

    public bool IsMatrix => Rows != '1' && Columns != '1';

    public bool IsColumn => Rows != '1' && Columns == '1';

    public bool IsRow => Rows == '1' && Columns != '1';

    public TermType T => new(Columns, Rows, IsSparse);

    public static TermType Column(char rows) => new(rows, '1');

    public static TermType Row(char columns) => new('1', columns);
}
