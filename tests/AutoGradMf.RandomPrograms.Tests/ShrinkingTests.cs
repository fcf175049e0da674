using AutoGradMf.RandomPrograms.Tests.Programs;
using Xunit;

namespace AutoGradMf.RandomPrograms.Tests;

/// <summary>What failing programs are made smaller by.</summary>
public class ShrinkingTests
{
    [Fact]
    public void Smaller_expressions_are_of_the_same_type_and_of_less()
    {
        var leaf = Vocabulary.Leaves(new('m', 'k'))[0];
        var term = Operations.Call(leaf.Type, "Square", Operations.Binary(leaf.Type, "+", leaf, Operations.Call(leaf.Type, "Abs", leaf)));
        var smaller = Shrinking.Smaller(term).ToList();

        Assert.All(smaller, s => Assert.Equal(term.Type, s.Type));
        Assert.All(smaller, s => Assert.True(s.Size < term.Size, $"{s.Write(_ => "x")} is as large as what it is made of."));
        Assert.Contains(smaller, s => s == leaf);
        Assert.Contains(smaller, s => s.Text == "Square({0})" && s.Parts[0] == leaf);
    }

    [Fact]
    public void No_index_takes_the_place_of_numbers_and_no_numbers_that_of_an_index()
    {
        var chosen = Vocabulary.Leaves(TermType.Column('s')).Where(t => t.Parts is [_, { Parameter.RowsInto: not null }]).ToList();
        Assert.NotEmpty(chosen);
        foreach (var smaller in chosen.SelectMany(c => Shrinking.Smaller(Operations.Call(c.Type, "Abs", Operations.Binary(c.Type, "%", c, c)))))
        {
            Assert.Null(smaller.Parameter?.RowsInto);
            foreach (var term in smaller.All)
            {
                Assert.All(term.Parts.Index(), part => Assert.Equal(
                    term.Text.Contains($"[{{{part.Index}}}]", StringComparison.Ordinal), part.Item.Parameter?.RowsInto is not null));
            }
        }
    }
}
