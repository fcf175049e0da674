using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace AutoGradMf.Kernels;

/// <summary>
/// A persistent pool of threads that share the chunks of a kernel. The chunks are cut by the data and not by the number of
/// threads, so results do not depend on it, bit for bit. Running work allocates nothing. Several threads may run work on one
/// pool at once; they then take turns. Work must not run other work on the pool that runs it.
/// </summary>
public sealed unsafe partial class Workers : IDisposable
{
    private readonly Lock _turn = new();
    private readonly Thread[] _threads;
    private readonly SemaphoreSlim _start = new(0);
    private readonly SemaphoreSlim _done = new(0);
    private delegate*<void*, int, void> _run;
    private void* _work;
    private int _chunkCount;
    private readonly Share[] _shares;
    private Exception? _failure;
    private volatile bool _disposed;

    /// <summary>A pool of <paramref name="threads"/> threads, the caller of <see cref="Run"/> among them.</summary>
    /// <param name="threads">At least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is below 1.</exception>
    public Workers(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        _threads = new Thread[threads - 1];
        _shares = new Share[threads];
        for (var t = 0; t < _threads.Length; t++)
        {
            var thread = t + 1;
            _threads[t] = new Thread(() => Serve(thread)) { IsBackground = true, Name = "AutoGradMf worker" };
            _threads[t].Start();
        }
    }

    /// <summary>The pool of all processors that is used where none is given. Disposing it is an error.</summary>
    public static Workers Shared { get; } = new(Environment.ProcessorCount);

    /// <summary>Number of threads, the caller's among them.</summary>
    public int Count => _threads.Length + 1;

    /// <summary>
    /// Runs chunks 0 … <paramref name="chunkCount"/> − 1 of <paramref name="work"/> and returns when all are done. What a chunk
    /// throws (a user's own op may) is thrown here, after every thread has left the work; other chunks may then not have run.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The pool has ended.</exception>
    public void Run<TWork>(ref TWork work, int chunkCount)
        where TWork : struct, IChunkedWork, allows ref struct
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_threads.Length == 0 || chunkCount <= 1)
        {
            for (var chunk = 0; chunk < chunkCount; chunk++)
            {
                work.Run(chunk);
            }

            return;
        }

        lock (_turn)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);

            // The work stays on this thread's stack, which outlives the run and does not move.
            _work = System.Runtime.CompilerServices.Unsafe.AsPointer(ref work);
            _run = &RunChunk<TWork>;
            _chunkCount = chunkCount;
            for (var t = 0; t < _shares.Length; t++)
            {
                Volatile.Write(ref _shares[t].Next, Chunks.Start(chunkCount, t, _shares.Length));
            }

            var helpers = Math.Min(_threads.Length, chunkCount - 1);
            _start.Release(helpers);
            TakeChunks(0);
            for (var h = 0; h < helpers; h++)
            {
                _done.Wait();
            }

            if (_failure is { } failure)
            {
                _failure = null;
                ExceptionDispatchInfo.Throw(failure);
            }
        }
    }

    /// <summary>Ends the threads.</summary>
    /// <exception cref="InvalidOperationException">This is the shared pool.</exception>
    public void Dispose()
    {
        if (ReferenceEquals(this, Shared))
        {
            throw new InvalidOperationException("The shared pool of workers serves the whole process and cannot be disposed.");
        }

        lock (_turn)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            if (_threads.Length > 0)
            {
                _start.Release(_threads.Length);
            }
        }

        foreach (var thread in _threads)
        {
            thread.Join();
        }

        _start.Dispose();
        _done.Dispose();
    }

    private static void RunChunk<TWork>(void* work, int chunk)
        where TWork : struct, IChunkedWork, allows ref struct =>
        System.Runtime.CompilerServices.Unsafe.AsRef<TWork>(work).Run(chunk);

    private void Serve(int thread)
    {
        while (true)
        {
            _start.Wait();
            if (_disposed)
            {
                return;
            }

            TakeChunks(thread);
            _done.Release();
        }
    }

    /// <summary>Takes the chunks of a thread's own share, the same ones in every run, whose data are in its cache; then what others have left of theirs.</summary>
    private void TakeChunks(int thread)
    {
        try
        {
            for (var s = 0; s < _shares.Length; s++)
            {
                var share = (thread + s) % _shares.Length;
                var end = Chunks.Start(_chunkCount, share + 1, _shares.Length);
                for (int chunk; (chunk = Interlocked.Increment(ref _shares[share].Next) - 1) < end;)
                {
                    _run(_work, chunk);
                }
            }
        }
        catch (Exception failure)
        {
            // The caller must not leave its stack, where the work lies, before every thread has; so the exception waits.
            Interlocked.CompareExchange(ref _failure, failure, null);
            for (var share = 0; share < _shares.Length; share++)
            {
                Volatile.Write(ref _shares[share].Next, _chunkCount);
            }
        }
    }

    /// <summary>The next chunk of a thread's share, in a cache line of its own.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 2 * CacheLine.Bytes)]
    private struct Share
    {
        [FieldOffset(CacheLine.Bytes)]
        public int Next;
    }
}
