using System.Diagnostics;
using AutoGradMf.Tests.Kernels;
using AutoGradMf.Tests.Training;

namespace AutoGradMf.Tests;

/// <summary>This assembly, started as a program by tests that need a process of their own.</summary>
internal static class ChildProcess
{
    /// <summary>The entry point; test runners load the assembly and do not come by it.</summary>
    public static int Main(string[] arguments) => arguments switch
    {
        [nameof(CheckpointChild), var optimizer, var checkpoint] => CheckpointChild.Run(optimizer, checkpoint),
        [nameof(KernelChild)] => KernelChild.Run(),
        _ => throw new ArgumentException($"A child is {nameof(CheckpointChild)} OPTIMIZER FILE or {nameof(KernelChild)}, and not '{string.Join(' ', arguments)}'.", nameof(arguments)),
    };

    /// <summary>Starts a child, with environment variables if given; what it writes is redirected.</summary>
    public static Process Start(string[] arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(ChildProcess).Assembly.Location, .. arguments]) { RedirectStandardOutput = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }
}
