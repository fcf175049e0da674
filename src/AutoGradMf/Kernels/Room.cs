namespace AutoGradMf.Kernels;

/// <summary>Memory that is kept and grows, but seldom.</summary>
internal static class Room
{
    /// <summary>An array of at least so many elements, of unspecified content: the one that is kept, if it is large enough, and else one with a quarter to spare.</summary>
    public static int[] For(int count, int[] kept) => kept.Length >= count ? kept : new int[count + (kept.Length > 0 ? count / 4 : 0)];
}
