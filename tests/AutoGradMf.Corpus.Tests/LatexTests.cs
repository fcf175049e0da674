using System.Text.RegularExpressions;
using AutoGradMf.Objectives;
using Xunit;

namespace AutoGradMf.Corpus.Tests;

/// <summary>The derivation that every objective carries as LaTeX is one that LaTeX can set: its groups, delimiters and environments are closed in their order.</summary>
public class LatexTests
{
    public static TheoryData<string> Losses => [.. GeneratedLoss.All, .. GeneratedLoss.Endless];

    [Theory]
    [MemberData(nameof(Losses))]
    public void Holds_the_loss_and_a_line_for_each_factor(string loss)
    {
        var lines = GeneratedLoss.Latex(loss).Split('\n');
        Assert.Equal(@"\begin{align*}", lines[0]);
        Assert.StartsWith("  L &= ", lines[1], StringComparison.Ordinal);
        Assert.Equal(GeneratedLoss.Factors(loss).Count() + 3, lines.Length);
        Assert.All(lines[2..^1], line => Assert.StartsWith(@"  \frac{\partial L}{\partial ", line, StringComparison.Ordinal));
        Assert.All(lines[1..^2], line => Assert.EndsWith(@" \\", line, StringComparison.Ordinal));
        Assert.Equal(@"\end{align*}", lines[^1]);
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void Closes_what_it_opens(string loss)
    {
        var open = new Stack<string>();
        foreach (Match mark in Regex.Matches(GeneratedLoss.Latex(loss), @"\\(?<mark>left|right)\W|\\(?<mark>begin|end)\{(?<of>[^}]*)\}|(?<mark>[{}])"))
        {
            switch (mark.Groups["mark"].Value)
            {
                case "left" or "{":
                    open.Push(mark.Groups["mark"].Value);
                    break;
                case "begin":
                    open.Push(mark.Groups["of"].Value);
                    break;
                case "right":
                    Assert.Equal("left", open.Pop());
                    break;
                case "}":
                    Assert.Equal("{", open.Pop());
                    break;
                case "end":
                    Assert.Equal(mark.Groups["of"].Value, open.Pop());
                    break;
            }
        }

        Assert.Empty(open);
    }

    /// <summary>What plain notation writes in letters that LaTeX does not set.</summary>
    [Theory]
    [MemberData(nameof(Losses))]
    public void Is_written_in_characters_that_LaTeX_reads(string loss)
    {
        var latex = GeneratedLoss.Latex(loss);
        Assert.All(latex, c => Assert.True(char.IsAscii(c), $"{c} in {latex}"));
        Assert.DoesNotContain('\'', latex);
    }
}
