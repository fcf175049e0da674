using System.Globalization;
using AutoGradMf.Generators.Tests.Driver;
using Xunit;

namespace AutoGradMf.Generators.Tests;

/// <summary>The same losses give the same text, everywhere and always.</summary>
public class DeterminismTests
{
    [Theory]
    [InlineData("")]
    [InlineData("tr-TR")]
    [InlineData("de-DE")]
    [InlineData("ar-SA")]
    public void The_text_is_the_same_in_every_culture(string culture)
    {
        var expected = ReferenceProject.Run.Value.Generated;
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        try
        {
            Assert.Equal(expected, new UserProject(ReferenceProject.Source).Generate().Generated);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    /// <summary>Also where the runtime has no data of cultures, so that all of them would give the same.</summary>
    [Fact]
    public void No_culture_is_asked_for_an_order_or_a_format()
    {
        var before = CultureInfo.CurrentCulture;
        var watched = new WatchedCulture("AutoGradMf.Generators");
        CultureInfo.CurrentCulture = watched;
        try
        {
            var generated = new UserProject([ReferenceProject.Source, .. ReferenceProject.Corpus]).GenerateOnce().Generated;
            Assert.InRange(generated.Count, 100, 1000);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }

        Assert.True(!watched.Askers.Any(), string.Join("\n", watched.Askers));
    }

    [Fact]
    public void Neither_the_order_of_losses_nor_what_was_compiled_before_matters()
    {
        const string Head = """
            using AutoGradMf;
            using static AutoGradMf.LossMath;
            public static partial class Losses
            {
            """;
        const string Filled = """
            [Loss] public static double Filled([Factor] Matrix<double> U, [Factor] Matrix<double> M, SparseMatrix<double> R, double reg) =>
                Sum(Square(U * M.T - FillMissing(R, ColumnMeans(R)))) + reg * Sum(Square(U));
            """;
        const string Implicit = """
            [Loss] public static double Implicit([Factor] Matrix<double> U, [Factor] Matrix<double> M, SparseMatrix<double> R, double alpha) =>
                Sum((1 + alpha * R) % Square(Observed(R) - U * M.T));
            """;

        var one = new UserProject(Head + Filled + Implicit + "}").Run().Generated;
        var other = new UserProject(Head + Implicit + Filled + "}").Run().Generated;

        Assert.Equal(one.OrderBy(f => f.Key, StringComparer.Ordinal), other.OrderBy(f => f.Key, StringComparer.Ordinal));
    }

    [Fact]
    public void Losses_that_are_compiled_at_the_same_moment_do_not_meet()
    {
        var expected = ReferenceProject.Run.Value.Generated;
        Parallel.For(0, 8, _ => Assert.Equal(expected, new UserProject(ReferenceProject.Source).Generate().Generated));
    }

    [Fact]
    public void Lines_end_in_line_feeds()
    {
        var crlf = ReferenceProject.Source.ReplaceLineEndings("\r\n");
        Assert.Equal(ReferenceProject.Run.Value.Generated, new UserProject(crlf).Run().Generated);
        Assert.All(ReferenceProject.Run.Value.Generated.Values, text => Assert.DoesNotContain('\r', text));
    }
}
