using System.Text.Json;

namespace AutoGradMf.Samples.MovieLens.Report;

/// <summary>
/// The file of <c>--json</c>. It is opened before the work, under a temporary name beside its own, so that a path that cannot be
/// written is known at once; it takes its name when the figures are in it, so that there is never half a file.
/// </summary>
internal sealed class FiguresFile : IDisposable
{
    private readonly string _path;
    private readonly string _temporaryPath;
    private readonly FileStream _stream;

    /// <exception cref="IOException">The file cannot be written.</exception>
    public FiguresFile(string path)
    {
        if (path.Length == 0 || Directory.Exists(path))
        {
            throw new IOException($"The figures cannot be written to '{path}': expected the path of a file.");
        }

        _path = Path.GetFullPath(path);
        _temporaryPath = $"{_path}.{Environment.ProcessId}.tmp";
        try
        {
            _stream = new FileStream(_temporaryPath, FileMode.Create, FileAccess.Write);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"The figures cannot be written to '{path}': {fault.Message}", fault);
        }
    }

    public void Write(Figures figures)
    {
        JsonSerializer.Serialize(_stream, figures, FiguresJson.Default.Figures);
        _stream.Dispose();
        File.Move(_temporaryPath, _path, overwrite: true);
    }

    public void Dispose()
    {
        _stream.Dispose();
        File.Delete(_temporaryPath);
    }
}
