namespace AutoGradMf.Kernels;

/// <summary>Which rows of a matrix a kernel visits, one after the other.</summary>
internal interface IRowNumbers
{
    /// <summary>The row visited at place <paramref name="place"/>.</summary>
    int this[int place] { get; }
}

/// <summary>The rows of a list: the columns of a row's stored entries, or the rows of a column's.</summary>
internal readonly unsafe struct ListedRows(int* list) : IRowNumbers
{
    public int this[int place] => list[place];
}

/// <summary>One row after the other.</summary>
internal readonly struct ConsecutiveRows(int first) : IRowNumbers
{
    public int this[int place] => first + place;
}
