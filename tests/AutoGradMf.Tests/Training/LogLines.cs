using Microsoft.Extensions.Logging;

namespace AutoGradMf.Tests.Training;

/// <summary>Remembers what a logger is told.</summary>
internal sealed class LogLines : ILogger
{
    public List<(LogLevel Level, string Text)> Told { get; } = [];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Told.Add((logLevel, formatter(state, exception)));
}
