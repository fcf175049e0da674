using System.Runtime.CompilerServices;
using System.Text;
using Xunit;

namespace AutoGradMf.TestLosses;

/// <summary>
/// Compares a text with the one that was verified and committed beside the test: <c>Class.Method_parameter.verified.cs</c>, Class
/// being the name of the test's source file. Verify.Xunit does it where the feeds have it; where not, this class does, with the
/// same files: what differs is written as <c>.received.cs</c>, to be looked at and renamed. With UPDATE_SNAPSHOTS=1 in the
/// environment every text is accepted as it comes.
/// </summary>
internal static class Snapshot
{
    /// <summary>Compares <paramref name="text"/> with the verified one.</summary>
    /// <param name="text">What the test made. Line ends do not matter.</param>
    /// <param name="parameter">Tells the cases of a theory apart.</param>
    /// <param name="extension">Of the file, without a dot.</param>
    /// <param name="sourceFile">Given by the compiler.</param>
    /// <param name="method">Given by the compiler.</param>
    /// <exception cref="Xunit.Sdk.FailException">They differ, or nothing was verified yet.</exception>
    public static async Task Verify(
        string text,
        string? parameter = null,
        string extension = "cs",
        [CallerFilePath] string sourceFile = "",
        [CallerMemberName] string method = "")
    {
        var suffix = parameter is null ? "" : "_" + parameter;
        var name = $"{Path.GetFileNameWithoutExtension(sourceFile)}.{method}{suffix}";
        var folder = SourceFolder(sourceFile);
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
        {
            await File.WriteAllTextAsync(Path.Combine(folder, $"{name}.verified.{extension}"), WithLineFeeds(text));
            return;
        }

#if HAS_VERIFY
        await VerifyXunit.Verifier.Verify(text, extension, sourceFile: sourceFile).UseDirectory(folder).UseFileName(name);
#else
        await Compare(folder, name, extension, text);
#endif
    }

    /// <summary>What Verify.Xunit does, for one text.</summary>
    internal static async Task Compare(string folder, string name, string extension, string text)
    {
        var verifiedFile = Path.Combine(folder, $"{name}.verified.{extension}");
        var receivedFile = Path.Combine(folder, $"{name}.received.{extension}");
        var received = WithLineFeeds(text);
        var verified = File.Exists(verifiedFile) ? WithLineFeeds(await File.ReadAllTextAsync(verifiedFile)) : null;
        if (received == verified)
        {
            File.Delete(receivedFile);
            return;
        }

        await File.WriteAllTextAsync(receivedFile, received, Encoding.UTF8);
        var difference = verified is null ? "Nothing was verified yet." : FirstDifference(verified, received);
        Assert.Fail(
            $"{difference}\nCompare {verifiedFile}\n   with {receivedFile}.\n" +
            "If what was received is right, rename it to the former, or run the tests once with UPDATE_SNAPSHOTS=1.");
    }

    private static string FirstDifference(string verified, string received)
    {
        var expected = verified.Split('\n');
        var actual = received.Split('\n');
        var line = expected.Zip(actual).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"Line {line + 1} differs.\n  verified: {LineOrEnd(expected, line)}\n  received: {LineOrEnd(actual, line)}";
    }

    private static string LineOrEnd(string[] lines, int line) => line < lines.Length ? lines[line] : "(end of text)";

    private static string WithLineFeeds(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal);

    /// <summary>The folder of the test's source, also where a deterministic build has written its root as "/_/".</summary>
    private static string SourceFolder(string sourceFile)
    {
        var path = sourceFile;
        if (sourceFile.StartsWith("/_/", StringComparison.Ordinal))
        {
            var root = AppContext.BaseDirectory;
            while (!File.Exists(path) && root is not null)
            {
                path = Path.Combine(root, sourceFile["/_/".Length..]);
                root = Path.GetDirectoryName(root);
            }
        }

        return File.Exists(path)
            ? Path.GetDirectoryName(path)!
            : throw new DirectoryNotFoundException($"The source of the test, {sourceFile}, is not on this machine; its snapshots are beside it.");
    }
}
