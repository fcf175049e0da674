using Xunit;

namespace AutoGradMf.TorchSharp.Tests;

/// <summary>Loads TorchSharp's native library, or knows why it cannot be had.</summary>
internal static class TorchRuntime
{
    /// <summary>Shows the running test as skipped, with the reason, when TorchSharp is missing or cannot be loaded.</summary>
    public static void Require() => Skip.If(TorchLibrary.Obstacle is not null, TorchLibrary.Obstacle);
}
