using AutoGradMf.Data;
using Xunit;

namespace AutoGradMf.Tests.Data;

/// <summary>Arrays on huge pages, and those too short for one, hold what is written to them and stay where they are.</summary>
public sealed unsafe class LargeArrayTests
{
    private const int HugePage = 1 << 21;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(HugePage)]
    [InlineData((2 * HugePage) - 1)]
    [InlineData(2 * HugePage)]
    [InlineData((9 * HugePage) + 12_345)]
    public void All_elements_are_kept_and_do_not_move(int length)
    {
        var array = LargeArray.Allocate<byte>(length);
        Assert.Equal(length, array.Length);
        var place = AddressOf(array);
        for (var i = 0; i < length; i++)
        {
            array[i] = (byte)(i * 31);
        }

        GC.Collect(2, GCCollectionMode.Forced, blocking: true, compacting: true);
        Assert.Equal(place, AddressOf(array));
        for (var i = 0; i < length; i++)
        {
            Claim.True(array[i] == (byte)(i * 31), $"Element {i} is {array[i]}.");
        }
    }

    private static nint AddressOf(byte[] array)
    {
        fixed (byte* start = array)
        {
            return (nint)start;
        }
    }
}
