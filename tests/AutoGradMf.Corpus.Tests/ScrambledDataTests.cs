using Xunit;

namespace AutoGradMf.Corpus.Tests;

/// <summary>Sparse data in any order, and in pieces, makes the same loss.</summary>
public class ScrambledDataTests
{
    public static TheoryData<string, string> Sparse => GeneratedLoss.At(at =>
        at.Point is "4x5x3 random" or "50x40x8 emptyColumn" && at.Arguments.ContainsKey("R"));

    [Theory]
    [MemberData(nameof(Sparse))]
    public void Unsorted_and_duplicate_coordinates_change_no_bit(string loss, string point)
    {
        var at = GeneratedLoss.Case(loss, point);
        var scrambled = at with { Arguments = at.Arguments.ToDictionary(a => a.Key, CorpusInput (a) => new ScrambledInput(a.Value)) };
        var (expected, actual) = (GeneratedLoss.Evaluate<double>(loss, at), GeneratedLoss.Evaluate<double>(loss, scrambled));
        Assert.Equal(expected.Value, actual.Value);
        Assert.All(expected.Gradient, part => Assert.Equal(part.Value, actual.Gradient[part.Key]));
    }
}
