using System.Reflection;
using AutoGradMf.RandomPrograms.Tests.Programs;

namespace AutoGradMf.RandomPrograms.Tests.Compiling;

/// <summary>An assembly of losses, and why others are not in it.</summary>
internal sealed record CompiledPrograms(Assembly Assembly, IReadOnlyDictionary<LossProgram, Failure> Failures)
{
    /// <summary>The class of the losses.</summary>
    public Type Losses => Assembly.GetType("Losses")!;
}
