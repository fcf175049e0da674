namespace AutoGradMf.Kernels;

/// <summary>Work for which each thread has memory of its own, whether it takes part the first time or later.</summary>
internal interface IPreparedWork : IChunkedWork
{
    /// <summary>How much memory it takes, in any unit: a thread that was prepared for as much or more need not be again.</summary>
    long Room { get; }

    /// <summary>Makes the memory of the thread that calls this.</summary>
    void Prepare();
}
