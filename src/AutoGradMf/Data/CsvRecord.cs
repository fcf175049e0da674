using System.Globalization;
using System.Numerics;

namespace AutoGradMf.Data;

/// <summary>One line of a comma-separated file, cut into its fields, which know where they stand.</summary>
internal sealed class CsvRecord
{
    private readonly string _path;
    private readonly string[] _columns;
    private readonly string[] _fields;
    private readonly int[] _starts;

    private CsvRecord(string path, int line, string[] columns)
    {
        _path = path;
        Line = line;
        _columns = columns;
        _fields = new string[columns.Length];
        _starts = new int[columns.Length];
    }

    /// <summary>Number of the line in its file, from 1.</summary>
    public int Line { get; }

    /// <summary>Field number <paramref name="field"/> as it is, without its quotes.</summary>
    public string this[int field] => _fields[field];

    /// <exception cref="DataFormatException">There are too many or too few fields, or a quote is misplaced.</exception>
    public static CsvRecord Parse(string path, int line, string text, string[] columns)
    {
        var record = new CsvRecord(path, line, columns);
        var position = 0;
        for (var field = 0; field < columns.Length; field++)
        {
            if (position > text.Length)
            {
                throw new DataFormatException(
                    path, line, text.Length + 1,
                    $"expected {columns.Length} fields ({string.Join(',', columns)}) and found {field}; '{columns[field]}' is missing.");
            }

            record._starts[field] = position;
            record._fields[field] = text.AsSpan(position) is ['"', ..] ? record.Quoted(text, ref position) : Plain(text, ref position);
            position++;
        }

        return position > text.Length
            ? record
            : throw new DataFormatException(
                path, line, position, $"expected {columns.Length} fields ({string.Join(',', columns)}) and found more, from '{text[position..]}' on.");
    }

    /// <summary>Field number <paramref name="field"/> as a number.</summary>
    /// <exception cref="DataFormatException">It is not one.</exception>
    public TNumber Number<TNumber>(int field)
        where TNumber : INumber<TNumber> =>
        TNumber.TryParse(_fields[field], NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
        && TNumber.IsFinite(number)
            ? number
            : throw Fault(field, typeof(TNumber) == typeof(double) ? "a number" : "a whole number");

    private DataFormatException Fault(int field, string expected) =>
        new(_path, Line, _starts[field] + 1, $"expected {expected} as {_columns[field]} and found '{_fields[field]}'.");

    private static string Plain(string text, ref int position)
    {
        var start = position;
        var comma = text.IndexOf(',', start);
        position = comma < 0 ? text.Length : comma;
        return text[start..position];
    }

    private string Quoted(string text, ref int position)
    {
        var open = position;
        for (var i = open + 1; i < text.Length; i++)
        {
            if (text[i] != '"')
            {
                continue;
            }

            if (i + 1 < text.Length && text[i + 1] == '"')
            {
                i++;
            }
            else
            {
                position = i + 1;
                return position == text.Length || text[position] == ','
                    ? text[(open + 1)..i].Replace("\"\"", "\"", StringComparison.Ordinal)
                    : throw new DataFormatException(
                        _path, Line, position + 1, $"expected a comma after the closing quote and found '{text[position]}'; a quote within quotes is doubled.");
            }
        }

        throw new DataFormatException(_path, Line, open + 1, "expected a closing quote before the end of the line and found none.");
    }
}
