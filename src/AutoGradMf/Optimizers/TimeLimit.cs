namespace AutoGradMf.Optimizers;

/// <summary>
/// A token that is cancelled when the time is over, or with another one. By a thread of its own: timers of the runtime wait for one of the pool, all of which may
/// be kept by others.
/// </summary>
internal sealed class TimeLimit : IDisposable
{
    /// <summary>What threads wait; who gives more time is not waiting.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(int.MaxValue);

    private readonly CancellationTokenSource _source;
    private readonly ManualResetEvent _isDisposed = new(initialState: false);
    private readonly Thread? _clock;

    /// <param name="left">The time that is left; without end if null.</param>
    /// <param name="cancellationToken">Cancels it, too.</param>
    public TimeLimit(TimeSpan? left, CancellationToken cancellationToken)
    {
        _source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (left <= TimeSpan.Zero)
        {
            _source.Cancel();
        }
        else if (left <= Longest)
        {
            _clock = new(() => CancelAfter(left.Value)) { IsBackground = true, Name = "AutoGradMf time limit" };
            _clock.Start();
        }
    }

    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        _isDisposed.Set();
        _clock?.Join();
        _isDisposed.Dispose();
        _source.Dispose();
    }

    private void CancelAfter(TimeSpan left)
    {
        // Whole milliseconds are waited, and not less than the time that is left.
        if (!_isDisposed.WaitOne((int)Math.Ceiling(left.TotalMilliseconds)))
        {
            _source.Cancel();
        }
    }
}
