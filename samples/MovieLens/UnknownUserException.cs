namespace AutoGradMf.Samples.MovieLens;

/// <summary>Recommendations are asked for a user who rated nothing.</summary>
internal sealed class UnknownUserException(string message) : Exception(message);
