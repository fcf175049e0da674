namespace AutoGradMf.Data;

/// <summary>A file is no complete data file of this library, or holds something else than was asked for.</summary>
public sealed class DataFileException : IOException
{
    internal DataFileException(string path, string found)
        : base($"The data file {path} cannot be opened: {found}. Write it anew from what it was made of.") => Path = path;

    /// <summary>The file.</summary>
    public string Path { get; }
}
