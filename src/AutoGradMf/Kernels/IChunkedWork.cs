namespace AutoGradMf.Kernels;

/// <summary>Work cut into numbered chunks that may run in any order, on any thread, at the same time.</summary>
public interface IChunkedWork
{
    /// <summary>Does chunk number <paramref name="chunk"/>.</summary>
    void Run(int chunk);
}
