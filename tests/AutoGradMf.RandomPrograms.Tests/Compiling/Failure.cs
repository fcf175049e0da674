namespace AutoGradMf.RandomPrograms.Tests.Compiling;

/// <summary>What is wrong with a loss, and how it shows.</summary>
internal sealed record Failure(FailureKind Kind, string Message)
{
    /// <summary>Whether another loss fails in the same way: with the same error of the compiler, not with one that a smaller text has of its own.</summary>
    public bool IsLike(Failure other) => Kind == other.Kind && (Kind != FailureKind.DoesNotCompile || Code == other.Code);

    private string Code => Message.Split(':')[0];
}

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
