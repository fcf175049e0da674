namespace AutoGradMf.Symbolics.Tests.Generation;

/// <summary>What a random expression is: the letters of its sizes ('1' for one).</summary>
internal readonly record struct LossShape(char Rows, char Columns)
{
    public static LossShape Scalar { get; } = new('1', '1');

    public LossShape T => new(Columns, Rows);

    public bool IsMatrix => Rows != '1' && Columns != '1';

    public bool IsColumn => Rows != '1' && Columns == '1';

    public bool IsRow => Rows == '1' && Columns != '1';
}
