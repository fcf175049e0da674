using AutoGradMf.Kernels;
using Xunit;

namespace AutoGradMf.Tests.Kernels;

public sealed class RowBandsTests
{
    [Theory]
    [InlineData(0, 3, 0.5)]
    [InlineData(3, 0, 0.5)]
    [InlineData(1, 1, 1.0)]
    [InlineData(5, 4, 0.0)]
    [InlineData(10_000, 5, 0.3)]
    [InlineData(1_000, 400, 1.0)]
    public void Each_entry_is_in_one_band_in_the_order_of_columns_and_rows(int rows, int columns, double density)
    {
        var pattern = KernelData.Pattern(rows, columns, density, 1);
        var bands = pattern.Bands;
        var expected = pattern.Entries.ToArray();
        var seen = new bool[pattern.Count];
        var (place, endOfLast) = (0, 0);
        for (var band = 0; band < bands.Count; band++)
        {
            var pointers = bands.Pointers(band).ToArray();
            Assert.Equal(place, pointers[0]);
            for (var j = 0; j < columns; j++)
            {
                for (; place < pointers[j + 1]; place++)
                {
                    var entry = bands.Entries[place];
                    Assert.Equal((bands.Rows[place], j), (expected[entry].Row, expected[entry].Column));
                    Assert.False(seen[entry]);
                    Assert.True(place == pointers[j] || bands.Rows[place] > bands.Rows[place - 1], "Rows rise within a column.");
                    Assert.True(bands.Rows[place] >= endOfLast, "Bands follow each other.");
                    seen[entry] = true;
                }
            }

            endOfLast = place == 0 ? 0 : bands.Rows.AsSpan(0, place).ToArray().Max() + 1;
        }

        Assert.Equal(pattern.Count, place);
        Assert.True(rows < 10_000 || bands.Count > 1, "Many rows take several bands.");
        Assert.True(rows != 1_000 || bands.Count > 1, "Many entries take several bands.");
    }
}
