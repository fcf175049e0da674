namespace AutoGradMf.TestLosses;

/// <summary>Reads the heads of generated files, whose long lines are broken at spaces.</summary>
internal static class WrappedLines
{
    /// <summary>What a broken line goes on with.</summary>
    private const string Continuation = "\n//             ";

    /// <summary>The text as if no line were broken.</summary>
    public static string Join(string text) => text.Replace(Continuation, " ", StringComparison.Ordinal);
}
