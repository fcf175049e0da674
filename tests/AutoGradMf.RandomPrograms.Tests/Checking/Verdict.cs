using AutoGradMf.RandomPrograms.Tests.Compiling;

namespace AutoGradMf.RandomPrograms.Tests.Checking;

/// <summary>What was found about a loss.</summary>
/// <param name="Failure">What is wrong; null if nothing is.</param>
internal sealed record Verdict(Failure? Failure)
{
    /// <summary>What of the language it is written with.</summary>
    public IReadOnlyCollection<string> Used { get; init; } = [];

    /// <summary>Numbers were too large to compare, or not finite.</summary>
    public bool IsOutOfRange { get; init; }

    /// <summary>Along how many directions the gradient was compared, and is not near zero.</summary>
    public int Directions { get; init; }

    /// <summary>Along how many there was a kink between the points of the difference.</summary>
    public int Kinks { get; init; }

    /// <summary>Whether a Hessian-vector product was compared.</summary>
    public bool HasHessian { get; init; }
}
