namespace AutoGradMf.Kernels;

/// <summary>What a cache reads and keeps as one.</summary>
internal static class CacheLine
{
    /// <summary>Its size, on x86-64 and on most of Arm.</summary>
    public const int Bytes = 64;
}
