namespace AutoGradMf.RandomPrograms.Tests.Programs;

/// <summary>A parameter that losses are made of, as it is declared.</summary>
internal sealed record LossParameter(string Name, string Declaration, TermType Type, bool IsFactor)
{
    /// <summary>Rows are numbers of rows of this size; null for all but an index vector.</summary>
    public char? RowsInto { get; init; }

    /// <summary>The type in C#.</summary>
    public string CSharp => RowsInto is null ? Type.CSharp : "IndexVector";
}
