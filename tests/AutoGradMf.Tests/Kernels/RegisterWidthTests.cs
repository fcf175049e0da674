using System.Globalization;
using System.Runtime.Intrinsics;
using Xunit;

namespace AutoGradMf.Tests.Kernels;

/// <summary>Kernels equal their references at every width of the hardware's registers, and run in those that the runtime's switches leave.</summary>
public sealed class RegisterWidthTests
{
    private static int OfHardware =>
        Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 0;

    [Fact]
    public void Kernels_run_in_the_widest_registers() =>
        Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"{OfHardware} {OfHardware}"), KernelChild.Bits());

    [Theory]
    [InlineData("DOTNET_EnableAVX512", 256)]
    [InlineData("DOTNET_EnableAVX2", 128)]
    [InlineData("DOTNET_EnableHWIntrinsic", 0)]
    public void Kernels_pass_their_tests_in_the_registers_that_are_left(string switchedOff, int widest)
    {
        var bits = Math.Min(widest, OfHardware);
        using var child = ChildProcess.Start([nameof(KernelChild)], (switchedOff, "0"));
        var lines = child.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        child.WaitForExit();
        Assert.DoesNotContain(lines, line => line.StartsWith("failed", StringComparison.Ordinal));
        Assert.Equal(0, child.ExitCode);
        Assert.Equal(
            [string.Create(CultureInfo.InvariantCulture, $"registers {bits} {bits}"), string.Create(CultureInfo.InvariantCulture, $"passed {KernelChild.Tests().Count()}")],
            lines);
    }
}
