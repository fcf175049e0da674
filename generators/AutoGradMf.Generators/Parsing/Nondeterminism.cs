using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoGradMf.Generators.Parsing;

/// <summary>What of the framework differs from call to call.</summary>
internal static class Nondeterminism
{
    private static readonly string[] Types =
    [
        "System.Random", "System.DateTime", "System.DateTimeOffset", "System.TimeProvider", "System.Guid", "System.Environment",
        "System.Diagnostics.Stopwatch", "System.Security.Cryptography.RandomNumberGenerator",
    ];

    /// <summary>The type whose member an operation uses, if that is not deterministic; null if it is.</summary>
    public static string? SourceOf(IOperation operation)
    {
        var type = operation switch
        {
            IInvocationOperation call => call.TargetMethod.ContainingType,
            IMemberReferenceOperation member => member.Member.ContainingType,
            IObjectCreationOperation creation => creation.Constructor?.ContainingType,
            _ => null,
        };
        return type is not null && Array.Exists(Types, name => type.Is(name)) ? type.Name : null;
    }
}
