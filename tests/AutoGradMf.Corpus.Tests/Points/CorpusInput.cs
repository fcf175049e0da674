using System.Text.Json;

namespace AutoGradMf.Corpus.Tests;

/// <summary>
/// What a parameter of a loss is given: rows of numbers, null where nothing is stored. A vector is a column, a number 1 × 1.
/// </summary>
internal class CorpusInput(double?[][] rows)
{
    private readonly double?[][] _rows = rows;

    protected CorpusInput(CorpusInput other)
        : this(other._rows)
    {
    }

    public int Rows => _rows.Length;

    public int Columns => _rows[0].Length;

    /// <summary>All numbers, row after row.</summary>
    public double[] Numbers => [.. _rows.SelectMany(row => row).Select(number => number ?? 0)];

    public double Number => _rows[0][0]!.Value;

    public int[] Indices => [.. Numbers.Select(number => (int)number)];

    public static CorpusInput Read(JsonElement json) => new(json.ValueKind != JsonValueKind.Array
        ? [[json.GetDouble()]]
        : [.. json.EnumerateArray().Select(Row)]);

    public Matrix<double> ToMatrix() => new(Rows, Columns, Numbers);

    public ColumnVector<double> ToColumnVector() => new(Numbers);

    /// <summary>The stored entries, row after row.</summary>
    public IEnumerable<(int Row, int Column, double Value)> Entries() =>
        from row in _rows.Index()
        from entry in row.Item.Index()
        where entry.Item is not null
        select (row.Index, entry.Index, entry.Item!.Value);

    public virtual SparseMatrix<double> ToSparseMatrix() => SparseMatrix<double>.FromCoordinates(Rows, Columns, Entries().ToArray());

    private static double?[] Row(JsonElement json) =>
        json.ValueKind == JsonValueKind.Array ? [.. json.EnumerateArray().Select(Stored)] : [Stored(json)];

    private static double? Stored(JsonElement json) => json.ValueKind == JsonValueKind.Null ? null : json.GetDouble();
}
