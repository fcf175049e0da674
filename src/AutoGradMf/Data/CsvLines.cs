using System.Text;

namespace AutoGradMf.Data;

/// <summary>
/// A comma-separated file, one record per line: UTF-8 with or without a byte order mark, lines ended by CR LF or LF, fields
/// optionally within double quotes (RFC 4180, without line breaks inside quotes). Read line by line, never held as a whole.
/// </summary>
internal static class CsvLines
{
    /// <summary>What the decoder puts in place of bytes that are no UTF-8.</summary>
    private const char UnicodeReplacement = '\uFFFD';

    /// <summary>The records below a header line that names exactly <paramref name="columns"/>; empty lines are passed over.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DataFormatException">The header is another, or a line has another number of fields.</exception>
    public static IEnumerable<CsvRecord> Read(string path, string[] columns, CancellationToken cancellationToken)
    {
        RequireFile(path, columns);
        return ReadExisting(path, columns, cancellationToken);
    }

    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static void RequireFile(string path, string[] columns)
    {
        if (!File.Exists(path))
        {
            throw new FileNotFoundException(
                $"There is no file '{path}'; expected a comma-separated file with the header {string.Join(',', columns)}.", path);
        }
    }

    private static IEnumerable<CsvRecord> ReadExisting(string path, string[] columns, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(path, Encoding.UTF8);
        var header = reader.ReadLine();
        if (header != string.Join(',', columns))
        {
            throw new DataFormatException(
                path, 1, 1, $"expected the header '{string.Join(',', columns)}' and found {(header is null ? "an empty file" : $"'{header}'")}.");
        }

        for (var line = 2; reader.ReadLine() is { } text; line++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            RequireText(text, path, line);
            if (text.Length > 0)
            {
                yield return CsvRecord.Parse(path, line, text, columns);
            }
        }
    }

    /// <summary>A line that was decoded from UTF-8 without faults.</summary>
    /// <exception cref="DataFormatException">It was not.</exception>
    public static void RequireText(string text, string path, int line)
    {
        if (text.Contains(UnicodeReplacement))
        {
            throw new DataFormatException(path, line, text.IndexOf(UnicodeReplacement) + 1, "expected UTF-8 and found bytes that are not.");
        }
    }
}
