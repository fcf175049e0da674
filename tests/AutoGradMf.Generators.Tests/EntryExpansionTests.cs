using System.Text.RegularExpressions;
using AutoGradMf.Generators.Tests.Driver;
using AutoGradMf.TestLosses;
using Xunit;
using static AutoGradMf.Generators.Tests.Driver.DiagnosticAssert;

namespace AutoGradMf.Generators.Tests;

/// <summary>The long form of an entry loss, which the head of its generated file shows, is a loss beside it, and the same one.</summary>
public class EntryExpansionTests
{
    [Theory]
    [InlineData("Robust(double prediction, double rating, double delta)", "LossMath.Huber(prediction - rating, delta)")]
    [InlineData("Robust(double prediction, double rating, double delta = 1.5)", "LossMath.Huber(prediction - rating, delta)", "double delta /* = 1.5 */, double")]
    [InlineData("delta(double prediction, double rating, double delta)", "LossMath.Huber(prediction - rating, delta)")]
    [InlineData("@class(double prediction, double rating, double @class)", "LossMath.Huber(prediction - rating, @class)")]
    [InlineData("U(double prediction, double rating, double V)", "LossMath.Huber(prediction - rating, V)")]
    [InlineData("rating(double x, double r, double prediction)", "LossMath.Huber(x - r, prediction)")]
    [InlineData("Worse(double x, double r, double rating)", "LossMath.Huber(x - r, rating)")]
    [InlineData("Square(double x, double r, double weight)", "weight * (x - r) * (x - r)")]
    [InlineData("Map(double x, double r, double weight)", "weight * (x - r) * (x - r)")]
    public void Compiles_and_is_the_same(string signature, string body, string says = "")
    {
        var entry = $"[EntryLoss] public static double {signature} => {body};";
        var name = signature.Split('(')[0].TrimStart('@');
        var head = WrappedLines.Join(new UserProject(InLosses(entry)).Run().Generated[$"Losses.{name}.g.cs"].Split("</auto-generated>")[0]);
        var longForm = Regex.Match(head, @"\[Loss\].*?;", RegexOptions.Singleline).Value.Replace("\n//", "\n", StringComparison.Ordinal);

        Assert.Contains(says, longForm, StringComparison.Ordinal);
        var both = new UserProject(InLosses(entry + longForm)).Run().Generated;
        static string Derivation(string text) => Regex.Match(text, @"L = .*?\n//\n", RegexOptions.Singleline).Value;
        Assert.NotEmpty(Derivation(head));
        Assert.Equal(Derivation(head), Derivation(both[$"Losses.{name}Loss.g.cs"]));
    }

    [Fact]
    public void Has_the_default_values_of_the_term() => Assert.Contains(
        "SparseMatrix<double> R, double delta = 1.5) =>",
        WrappedLines.Join(new UserProject(InLosses("[EntryLoss(Ridge = false)] public static double Robust(double prediction, double rating, double delta = 1.5) => Huber(prediction - rating, delta);"))
            .Run().Generated["Losses.Robust.g.cs"]),
        StringComparison.Ordinal);
}
