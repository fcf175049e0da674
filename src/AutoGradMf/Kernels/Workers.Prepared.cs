using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AutoGradMf.Kernels;

/// <summary>
/// Memory of each thread, made in the first run of a kind of work: a thread that first takes part in a later one would make it then.
/// </summary>
public sealed unsafe partial class Workers
{
    private readonly Lock _preparing = new();
    private readonly Dictionary<nint, long> _rooms = [];

    /// <summary>As <see cref="Run"/>, after every thread was prepared for the work, if it was not before.</summary>
    internal void RunPrepared<TWork>(ref TWork work, int chunkCount)
        where TWork : struct, IPreparedWork, allows ref struct
    {
        if (_threads.Length > 0 && chunkCount > 1 && Grows<TWork>(work.Room))
        {
            var arrived = 0;
            var preparing = new Preparing<TWork>(Unsafe.AsPointer(ref work), &arrived, Count);
            Run(ref preparing, Count);
        }

        // The threads of the pool are prepared once, and those that call it are others.
        work.Prepare();
        Run(ref work, chunkCount);
    }

    private bool Grows<TWork>(long room)
        where TWork : struct, IPreparedWork, allows ref struct
    {
        lock (_preparing)
        {
            ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(_rooms, typeof(TWork).TypeHandle.Value, out _);
            var grows = room > known;
            known = Math.Max(known, room);
            return grows;
        }
    }

    /// <summary>As many chunks as threads; none ends before all have begun, so that each thread takes one.</summary>
    private readonly struct Preparing<TWork>(void* work, int* arrived, int threads) : IChunkedWork
        where TWork : struct, IPreparedWork, allows ref struct
    {
        public void Run(int chunk)
        {
            try
            {
                Unsafe.AsRef<TWork>(work).Prepare();
                FlopCount.Prepare();
            }
            finally
            {
                // Also where it throws: then no thread takes a chunk that has not yet, and the others would wait for it.
                Interlocked.Increment(ref *arrived);
                var wait = default(SpinWait);
                while (Volatile.Read(ref *arrived) < threads)
                {
                    wait.SpinOnce();
                }
            }
        }
    }
}
