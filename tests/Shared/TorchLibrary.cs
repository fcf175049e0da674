using System.Runtime.InteropServices;

namespace AutoGradMf.TorchSharp.Tests;

/// <summary>TorchSharp's native library.</summary>
internal static class TorchLibrary
{
    /// <summary>
    /// The symbol version of libstdc++ that came with GCC 13. TorchSharp 0.107.0 names it for <c>_ZSt21ios_base_library_initv</c>
    /// alone, a marker that nothing calls, so on an older system (Debian 12) its absence does no harm.
    /// </summary>
    private const string UnusedVersion = "GLIBCXX_3.4.32";

    private static readonly Lazy<string?> Loading = new(Load);

    /// <summary>Why it cannot be used; null once it is loaded.</summary>
    public static string? Obstacle => Loading.Value;

#if HAS_TORCHSHARP
    private static string? Load()
    {
        var library = Path.Combine(
            AppContext.BaseDirectory,
            OperatingSystem.IsWindows() ? "LibTorchSharp.dll" : OperatingSystem.IsMacOS() ? "libLibTorchSharp.dylib" : "libLibTorchSharp.so");
        try
        {
            LoadNative(library);
            return null;
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException or IOException or UnauthorizedAccessException)
        {
            return $"TorchSharp is here but cannot be loaded: {e.Message}";
        }
    }

    private static void LoadNative(string library)
    {
        try
        {
            NativeLibrary.Load(library);
        }
        catch (DllNotFoundException e) when (OperatingSystem.IsLinux() && e.Message.Contains(UnusedVersion, StringComparison.Ordinal))
        {
            SymbolVersionNeed.MakeWeak(library, "libstdc++.so.6", UnusedVersion);
            NativeLibrary.Load(library);
        }
    }
#else
    private static string Load() => "TorchSharp-cpu is not on the configured feeds; this was built without it.";
#endif
}
