using System.Text;
using Microsoft.Win32.SafeHandles;

namespace AutoGradMf.Data;

/// <summary>
/// A <c>ratings.csv</c>, parsed in blocks of bytes that several threads may take at once; a line belongs to the block in which it begins.
/// Which line of a block is malformed, and how, is for <see cref="CsvLines"/> to say.
/// </summary>
internal sealed class RatingFile : IDisposable
{
    public static readonly string[] Columns = ["userId", "movieId", "rating", "timestamp"];

    private const int BlockLength = 1 << 22;
    private const int LongestLine = 1 << 16;
    private readonly SafeFileHandle _file;
    private readonly long _first;

    private RatingFile(SafeFileHandle file, long first) => (_file, _first) = (file, first);

    public int BlockCount => checked((int)((RandomAccess.GetLength(_file) - _first + BlockLength - 1) / BlockLength));

    /// <summary>The file, if it begins with the header and is UTF-8 as far as that goes; otherwise null.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static RatingFile? TryOpen(string path)
    {
        var file = File.OpenHandle(path, options: FileOptions.SequentialScan);
        var head = new byte[128];
        var text = head.AsSpan(0, RandomAccess.Read(file, head, 0));
        var start = text.StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
        var header = Encoding.UTF8.GetBytes(string.Join(',', Columns));
        var rest = text[start..].StartsWith(header) ? text[(start + header.Length)..] : default;
        var end = rest.StartsWith("\n"u8) ? 1 : rest.StartsWith("\r\n"u8) ? 2 : 0;
        if (end == 0)
        {
            file.Dispose();
            return null;
        }

        return new(file, start + header.Length + end);
    }

    /// <summary>Memory to parse blocks in.</summary>
    public static byte[] NewBuffer() => GC.AllocateUninitializedArray<byte>(1 + BlockLength + LongestLine);

    /// <summary>Adds the ratings of a block, up to the first line that is malformed.</summary>
    public void Parse(int block, byte[] buffer, RatingBlock into)
    {
        // The byte before the block tells whether a line begins with it.
        var from = _first - 1 + ((long)block * BlockLength);
        var text = buffer.AsSpan(0, Read(from, buffer));
        var at = text.IndexOf((byte)'\n') + 1;
        if (at == 0 || at > BlockLength)
        {
            // No line begins here, or the one before goes on to a later block, which is longer than any that is well-formed.
            into.IsFaulty |= text.Length > LongestLine;
            return;
        }

        var last = text.Length <= BlockLength ? text.Length : text[BlockLength..].IndexOf((byte)'\n') + 1 + BlockLength;
        if (last == BlockLength)
        {
            into.IsFaulty |= text.Length == buffer.Length;
            last = text.Length;
        }

        Parse(text[at..last], into);
    }

    public void Dispose() => _file.Dispose();

    private static void Parse(ReadOnlySpan<byte> text, RatingBlock into)
    {
        while (!text.IsEmpty && !into.IsFaulty)
        {
            if (RatingLine.TryRead(text, out var rating, out var length))
            {
                into.Add(rating);
            }
            else
            {
                length = text.IndexOf((byte)'\n') is >= 0 and var end ? end + 1 : text.Length;
                into.IsFaulty = !TryParse(Encoding.UTF8.GetString(text[..length]), into);
            }

            text = text[length..];
        }
    }

    /// <summary>Lines that are not plain; a carriage return alone ends one, too.</summary>
    private static bool TryParse(string lines, RatingBlock into)
    {
        try
        {
            using var reader = new StringReader(lines);
            while (reader.ReadLine() is { } line)
            {
                CsvLines.RequireText(line, "", 0);
                if (line.Length > 0)
                {
                    into.Add(Parse(CsvRecord.Parse("", 0, line, Columns)));
                }
            }

            return true;
        }
        catch (DataFormatException)
        {
            return false;
        }
    }

    /// <summary>The rating that a line holds.</summary>
    /// <exception cref="DataFormatException">A field is no number.</exception>
    public static Rating Parse(CsvRecord record) => new(record.Number<int>(0), record.Number<int>(1), record.Number<double>(2), record.Number<long>(3));

    private int Read(long from, Span<byte> into)
    {
        var filled = 0;
        for (int read; filled < into.Length && (read = RandomAccess.Read(_file, into[filled..], from + filled)) > 0; filled += read)
        {
        }

        return filled;
    }
}
