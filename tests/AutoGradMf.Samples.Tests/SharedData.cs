using System.Reflection;

namespace AutoGradMf.Samples.Tests;

/// <summary>The real ratings that may lie beside the repository; no file of them is part of it.</summary>
internal static class SharedData
{
    private static readonly string Folder = typeof(SharedData).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "SharedDataFolder").Value!;

    public static string? MovieLens => Directory.Exists(Folder) ? Folder : null;

    public static string Absent => $"There is no MovieLens folder at {Folder}.";
}
