using AutoGradMf.Generators.Tests.Driver;
using Microsoft.CodeAnalysis;
using Xunit;

namespace AutoGradMf.Generators.Tests;

/// <summary>What an edit costs. That unrelated edits cost nothing, every test asserts that generates.</summary>
public class IncrementalityTests
{
    private const string Loss = """
        using AutoGradMf;
        using static AutoGradMf.LossMath;

        public static partial class Losses
        {
            [Loss]
            public static double First([Factor] Matrix<double> U, [Factor] Matrix<double> M, Matrix<double> R) =>
                Helpers.Squared(U * M.T - R);

            [Loss]
            public static double Second([Factor] Matrix<double> U) => Sum(Square(U));

            public static double Other(double x) => x;
        }
        """;

    private const string Helper = """
        using AutoGradMf;
        using static AutoGradMf.LossMath;

        internal static class Helpers
        {
            public static double Squared(Matrix<double> x) => Sum(Square(x));
        }
        """;

    [Fact]
    public void An_edit_of_a_helper_in_another_file_compiles_the_losses_that_call_it_again()
    {
        var (before, after) = Edit(helper => helper.Replace("Sum(", "3 * Sum(", StringComparison.Ordinal));

        Assert.Equal([IncrementalStepRunReason.Modified, IncrementalStepRunReason.Unchanged], Steps.Reasons(after, LossGenerator.ModelStep).Order());
        Assert.Equal([IncrementalStepRunReason.Modified, IncrementalStepRunReason.Cached], Steps.Reasons(after, LossGenerator.SourceStep).Order());
        Assert.NotEqual(Text(before, "Losses.First.g.cs"), Text(after, "Losses.First.g.cs"));
        Assert.Contains("3 Σ (U M' - R)²", Text(after, "Losses.First.g.cs"), StringComparison.Ordinal);
        Assert.Equal(Text(before, "Losses.Second.g.cs"), Text(after, "Losses.Second.g.cs"));
    }

    [Fact]
    public void Layout_and_comments_of_a_helper_do_not_matter()
    {
        var (before, after) = Edit(helper => helper.Replace("Sum(Square(x))", "/* all of it */ Sum(\n    (Square(x)))", StringComparison.Ordinal));
        Steps.AssertCached(before, after);
    }

    [Theory]
    [InlineData("Sum(Square(U))", "/* the ridge */ Sum(\n    Square(U))")]
    [InlineData("=> x;", "=> 2 * x + 1;")]
    [InlineData("=> x;", "=> x;\n\n    private const double More = 3;")]
    public void Comments_within_a_loss_and_edits_of_what_stands_beside_it_do_not_matter(string part, string other)
    {
        var project = new UserProject(Loss, Helper);
        project.Run();
        var edited = Loss.Replace(part, other, StringComparison.Ordinal);
        Assert.NotEqual(Loss, edited);
        var (before, after) = project.Edit(p => p with { Files = [edited, Helper] });
        Steps.AssertCached(before, after);
    }

    [Fact]
    public void A_helper_that_stops_compiling_turns_the_loss_into_a_stand_in()
    {
        var (_, after) = Edit(helper => helper.Replace("Square(x)", "Squar(x)", StringComparison.Ordinal));

        Assert.Contains("First has errors", Text(after, "Losses.First.g.cs"), StringComparison.Ordinal);
        Assert.DoesNotContain("has errors", Text(after, "Losses.Second.g.cs"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_neighbour_of_a_librarys_name_qualifies_that_name()
    {
        var (before, after) = Edit(helper => helper + "\ninternal static class Operand;");

        Assert.Contains(" Operand.Dot(", Text(before, "Losses.First.g.cs").Replace('[', ' '), StringComparison.Ordinal);
        Assert.Equal(
            OnOneLine(Text(before, "Losses.First.g.cs")).Replace("Operand.", "global::AutoGradMf.Kernels.Operand.", StringComparison.Ordinal),
            OnOneLine(Text(after, "Losses.First.g.cs")));

        // Longer names break lines elsewhere, which ends lists with a comma.
        static string OnOneLine(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c))).Replace(",]", "]", StringComparison.Ordinal);
    }

    private static (GeneratorRunResult Before, GeneratorRunResult After) Edit(Func<string, string> edit)
    {
        var project = new UserProject(Loss, Helper);
        project.Run();
        return project.Edit(p => p with { Files = [Loss, edit(Helper)] });
    }

    private static string Text(GeneratorRunResult result, string file) =>
        result.GeneratedSources.Single(s => s.HintName == file).SourceText.ToString();
}
