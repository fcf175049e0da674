using AutoGradMf.Data;
using Xunit;

namespace AutoGradMf.Tests.Data;

public sealed class IdMapTests
{
    [Fact]
    public void Indices_follow_ascending_ids_whatever_the_order_they_came_in()
    {
        var map = new IdMap([30, -5, 7, 30, 7]);

        Assert.Equal([-5, 7, 30], map.Ids);
        Assert.Equal(3, map.Count);
        Assert.All(Enumerable.Range(0, 3), index => Assert.Equal(index, map.IndexOf(map[index])));
    }

    [Fact]
    public void An_unknown_id_is_refused_and_the_range_named()
    {
        var map = new IdMap([2, 9]);

        Assert.False(map.TryGetIndex(5, out _));
        var error = Assert.Throws<KeyNotFoundException>(() => map.IndexOf(5));
        Assert.Equal("There is no id 5 among 2 ids from 2 to 9.", error.Message);
    }

    [Fact]
    public void An_empty_map_refuses_every_id() =>
        Assert.Equal("There is no id 5 among 0 ids.", Assert.Throws<KeyNotFoundException>(() => new IdMap([]).IndexOf(5)).Message);
}
