using Xunit;
using Xunit.Sdk;

namespace AutoGradMf.TestLosses;

/// <summary>The comparison that stands in for Verify.Xunit.</summary>
public sealed class SnapshotTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("autogradmf-").FullName;

    private string Verified => Path.Combine(_folder, "Tests.Case.verified.cs");

    private string Received => Path.Combine(_folder, "Tests.Case.received.cs");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task An_equal_text_passes_and_clears_what_was_received_before()
    {
        File.WriteAllText(Verified, "\ufeffa\r\nb\r\n");
        File.WriteAllText(Received, "old");

        await Snapshot.Compare(_folder, "Tests.Case", "cs", "a\nb\n");

        Assert.False(File.Exists(Received));
    }

    [Theory]
    [InlineData("a\nc\n", "Line 2 differs", "c")]
    [InlineData("a\n", "Line 2 differs", "")]
    [InlineData("a\nb\n\nd", "Line 4 differs", "d")]
    public async Task The_first_different_line_is_named_and_the_text_kept(string text, string message, string line)
    {
        File.WriteAllText(Verified, "a\nb\n\n");

        var failure = await Assert.ThrowsAsync<FailException>(() => Snapshot.Compare(_folder, "Tests.Case", "cs", text));

        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
        Assert.Contains($"received: {line}", failure.Message, StringComparison.Ordinal);
        Assert.Equal(text, File.ReadAllText(Received));
    }

    [Fact]
    public async Task A_text_that_was_never_verified_fails()
    {
        var failure = await Assert.ThrowsAsync<FailException>(() => Snapshot.Compare(_folder, "Tests.Case", "cs", "a"));

        Assert.Contains("Nothing was verified yet", failure.Message, StringComparison.Ordinal);
        Assert.Equal("a", File.ReadAllText(Received));
    }
}
