using System.Globalization;

namespace AutoGradMf.Data;

/// <summary>A file of data does not hold what its format promises. The message names the file, the line and the column.</summary>
public sealed class DataFormatException : FormatException
{
    /// <summary>A fault in <paramref name="file"/> at <paramref name="line"/> and <paramref name="column"/>.</summary>
    /// <param name="file">Path of the file.</param>
    /// <param name="line">Number of the line, from 1.</param>
    /// <param name="column">Number of the character in the line, from 1.</param>
    /// <param name="problem">What was expected and what was found, a sentence.</param>
    public DataFormatException(string file, int line, int column, string problem)
        : base(string.Create(CultureInfo.InvariantCulture, $"{file}, line {line}, column {column}: {problem}"))
    {
        File = file;
        Line = line;
        Column = column;
    }

    /// <summary>Path of the file.</summary>
    public string File { get; }

    /// <summary>Number of the line, from 1.</summary>
    public int Line { get; }

    /// <summary>Number of the character in the line, from 1.</summary>
    public int Column { get; }
}
