namespace AutoGradMf.RandomPrograms.Tests.Compiling;

/// <summary>What is wrong with a loss, and how it shows.</summary>
internal sealed record Failure(FailureKind Kind, string Message);

internal enum FailureKind
{
    /// <summary>The analyzer says that no code is generated for it.</summary>
    Refused,

    /// <summary>AGMF9999.</summary>
    GeneratorFailed,

    /// <summary>What was written or generated is not C#.</summary>
    DoesNotCompile,

    /// <summary>Evaluating it throws.</summary>
    Throws,

    WrongValue,

    WrongGradient,

    WrongHessianVectorProduct,

    /// <summary>What the objective says that it can do, it cannot.</summary>
    WrongCapability,

    /// <summary>The objective of float differs from that of double.</summary>
    WrongInFloat,
}
