using AutoGradMf.Kernels;
using AutoGradMf.Objectives;
using Xunit;

namespace AutoGradMf.Tests.Kernels;

/// <summary>How samples are cut into blocks that run at once.</summary>
public sealed class SampleGridTests
{
    private const int Samples = 300_000;
    private const int Rows = 100;

    [Theory]
    [InlineData(2, 256)]
    [InlineData(3, 4096)]
    [InlineData(4, 4096)]
    [InlineData(5, 1024)]
    public void More_entities_have_no_more_blocks(int entities, int most)
    {
        var random = new Random(1);
        var places = Enumerable.Range(0, entities)
            .Select(entity => SamplePlace.Listed([.. Enumerable.Range(0, Samples).Select(_ => random.Next(Rows))], Rows, entity));
        var grid = new SampleGrid<float>(new SampleSet<float>([.. places]), seed: 1);
        Assert.InRange(grid.BlockCount, most / 2, most);
        Assert.Equal(Samples, Enumerable.Range(0, grid.BlockCount).Sum(grid.Samples));
    }
}
