using System.Reflection;
using AutoGradMf.RandomPrograms.Tests.Programs;

namespace AutoGradMf.RandomPrograms.Tests.Compiling;

/// <summary>An assembly of losses, and why others are not in it.</summary>
/// <param name="Assembly">The losses that compile.</param>
/// <param name="Failures">Why others do not.</param>
/// <param name="Used">What each is written with.</param>
/// <param name="Language">All that losses can be written with.</param>
/// <param name="Generated">The file generated from each, by the loss's name, without the breaks in long lines of its head.</param>
internal sealed record CompiledPrograms(
    Assembly Assembly,
    IReadOnlyDictionary<LossProgram, Failure> Failures,
    ILookup<LossProgram, string> Used,
    IReadOnlySet<string> Language,
    IReadOnlyDictionary<string, string> Generated)
{
    /// <summary>The class of the losses.</summary>
    public Type Losses => Assembly.GetType("Losses")!;
}
