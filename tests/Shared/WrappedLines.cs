using System.Text.RegularExpressions;

namespace AutoGradMf.TestLosses;

/// <summary>Reads generated files, whose long comments are broken at spaces.</summary>
internal static partial class WrappedLines
{
    /// <summary>The text as if no comment were broken.</summary>
    public static string Join(string text) => Continuation().Replace(text, " ");

    /// <summary>What a broken comment goes on with: in the head, and above a step.</summary>
    [GeneratedRegex("\n *//(     |             )(?! )")]
    private static partial Regex Continuation();
}
