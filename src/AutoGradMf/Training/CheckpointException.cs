namespace AutoGradMf.Training;

/// <summary>A file is no complete checkpoint, or not one of this training, or none can be written there.</summary>
public sealed class CheckpointException : Exception
{
    internal CheckpointException(string path, string found, string whatToDo)
        : base($"The checkpoint {path} cannot be resumed: {found}. {whatToDo}") => Path = path;

    internal CheckpointException(string message, string path, Exception cause)
        : base(message, cause) => Path = path;

    /// <summary>The file.</summary>
    public string Path { get; }
}
