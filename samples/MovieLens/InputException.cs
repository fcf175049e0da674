namespace AutoGradMf.Samples.MovieLens;

/// <summary>What the command line asks for does not fit the ratings; the message says what would.</summary>
internal sealed class InputException(string message) : Exception(message);
